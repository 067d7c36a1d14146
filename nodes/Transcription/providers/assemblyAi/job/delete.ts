import { undefinedIfNotFound } from '../../../http/errors';
import { safeId } from '../../../http/safeId';
import type { Deletion } from '../../provider';

/**
 * Source: AssemblyAI OpenAPI 1.3.4, `DELETE /v2/transcript/{id}`: the uploaded file is deleted too, and the transcript
 * remains as an empty shell. Deleting it again is treated as success, whether the service accepts it or returns “not found”.
 */
export const deletion: Deletion = {
	choices: [
		{
			name: 'Transcript and Uploaded File',
			value: 'transcript',
			description: 'Delete the text, words, analyses, and the recording that Submit uploaded',
		},
	],
	description:
		'The data to permanently delete from AssemblyAI after the transcript and the files selected here have been fetched, for example to comply with privacy rules. Deleted data can’t be fetched again.',
	async remove(api, id) {
		const path = `/v2/transcript/${safeId(id)}`;
		await undefinedIfNotFound(api.request({ method: 'DELETE', path, expect: 'nothing', idempotent: true }));
	},
};
