import type { ProviderApi } from '../../../http/api';
import { undefinedIfNotFound } from '../../../http/errors';
import { safeId } from '../../../http/safeId';
import type { Deletion } from '../../provider';
import { fetchState } from './fetch';

/** Source: Soniox docs, “Limits & quotas”; OpenAPI 1.0.0, `DELETE /v1/files/{file_id}`, `DELETE /v1/transcriptions/{transcription_id}`. */
export const deletion: Deletion = {
	choices: [
		{ name: 'Uploaded File', value: 'file', description: 'Delete the recording and keep the transcript' },
		{ name: 'File and Transcription', value: 'all', description: 'Delete the recording and the transcript' },
	],
	description:
		'The data to permanently delete from Soniox after the transcript has been fetched. Otherwise, Soniox keeps all data and rejects new jobs once it stores 1,000 files, 10 GB, or 2,000 transcriptions.',
	async remove(api, id, choice) {
		const fileId = await fileOf(api, id);
		// The file is deleted first: if that fails, the file can still be found through the transcription.
		if (fileId !== undefined) await deleteFile(api, fileId);
		if (choice === 'all') await remove(api, `/v1/transcriptions/${safeId(id)}`);
	},
};

/** Deletes an uploaded file. Succeeds if it was already deleted. @throws ServiceError */
export async function deleteFile(api: ProviderApi, fileId: string): Promise<void> {
	await remove(api, `/v1/files/${safeId(fileId)}`);
}

/** Returns undefined for a job without an upload and for a deleted job. */
async function fileOf(api: ProviderApi, id: string): Promise<string | undefined> {
	return (await undefinedIfNotFound(fetchState(api, id)))?.state.file_id;
}

async function remove(api: ProviderApi, path: string): Promise<void> {
	await undefinedIfNotFound(api.request({ method: 'DELETE', path, idempotent: true, expect: 'nothing' }));
}
