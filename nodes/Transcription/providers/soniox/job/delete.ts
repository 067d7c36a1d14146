import type { ProviderApi } from '../../../http/api';
import { undefinedIfNotFound } from '../../../http/errors';
import { safeId } from '../../../http/safeId';
import type { Deletion } from '../../provider';
import { fetchState } from './fetch';

/** Source: Soniox docs, “Limits & quotas”; OpenAPI 1.0.0, `DELETE /v1/files/{file_id}`, `DELETE /v1/transcriptions/{transcription_id}`. */
export const deletion: Deletion = {
	choices: [
		{ name: 'Uploaded File', value: 'file', description: 'The recording; the transcript stays at Soniox' },
		{ name: 'File and Transcription', value: 'all', description: 'The recording and the transcript' },
	],
	description:
		'What to delete at Soniox once the transcript was fetched. Soniox keeps everything for ever, and takes no more jobs when it holds 1,000 files, 10 GB or 2,000 transcriptions.',
	async remove(api, id, choice) {
		const fileId = await fileOf(api, id);
		// The file first: while the transcription is there, a file that could not be deleted can be found again.
		if (fileId !== undefined) await deleteFile(api, fileId);
		if (choice === 'all') await remove(api, `/v1/transcriptions/${safeId(id)}`);
	},
};

/** Deletes an uploaded file; one that is gone already is no trouble. @throws ServiceRefusal */
export async function deleteFile(api: ProviderApi, fileId: string): Promise<void> {
	await remove(api, `/v1/files/${safeId(fileId)}`);
}

/** Undefined for a job without an upload, and for one that is gone. */
async function fileOf(api: ProviderApi, id: string): Promise<string | undefined> {
	return (await undefinedIfNotFound(fetchState(api, id)))?.given.file_id;
}

async function remove(api: ProviderApi, path: string): Promise<void> {
	await undefinedIfNotFound(api.request({ method: 'DELETE', path, idempotent: true, expect: 'nothing' }));
}
