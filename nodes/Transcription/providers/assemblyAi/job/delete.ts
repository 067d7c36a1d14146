import { undefinedIfNotFound } from '../../../http/errors';
import { safeId } from '../../../http/safeId';
import type { Deletion } from '../../provider';

/**
 * Source: AssemblyAI OpenAPI 1.3.4, `DELETE /v2/transcript/{id}`: the transcript stays as an empty shell, the uploaded
 * file goes with it. Whether a second deletion succeeds again or finds nothing, what was wanted is the case.
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
		'What to delete at AssemblyAI for good once the transcript and the files chosen here are at hand, for example because personal data must not stay there. Nothing of it can be fetched again then.',
	async remove(api, id) {
		const path = `/v2/transcript/${safeId(id)}`;
		await undefinedIfNotFound(api.request({ method: 'DELETE', path, expect: 'nothing', idempotent: true }));
	},
};
