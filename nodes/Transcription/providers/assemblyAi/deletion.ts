import { ServiceRefusal } from '../../http/refusal';
import { safeId } from '../../http/safeId';
import type { Deletion } from '../provider';

/**
 * Source: AssemblyAI OpenAPI 1.3.4, `DELETE /v2/transcript/{id}`: the transcript stays as an empty shell, the uploaded
 * file goes with it. A second deletion succeeds like the first.
 */
export const deletion: Deletion = {
	choices: [
		{
			name: 'Transcript and Uploaded File',
			value: 'transcript',
			description: 'Text, words, analyses and the recording that Submit uploaded',
		},
	],
	description:
		'What to delete at AssemblyAI for good once the transcript is at hand, for example because personal data must not stay there. It cannot be fetched again then.',
	async remove(api, id) {
		const path = `/v2/transcript/${safeId(id)}`;
		await api.request({ method: 'DELETE', path, repeat: 'safe' }).catch((error: unknown) => {
			if (!(error instanceof ServiceRefusal && error.gone)) throw error;
		});
	},
};
