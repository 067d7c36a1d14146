import { userError } from '../../../core/userError';
import { SECRET_HEADER } from '../../../core/redact';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { ServiceError } from '../../../http/errors';
import type { UploadSource } from '../../../http/upload';
import { idText } from '../../common/schemas';
import { type AudioSource, type CallbackTarget, type SubmittedJob } from '../../provider';
import { submittedJob, targetSecrets } from '../../common/submittedJob';
import { deleteFile } from './delete';
import { DISPLAY_NAME } from '../constants';
import { toStatus } from '../transcript';

/** Source: Soniox OpenAPI 1.0.0, `CreateTranscriptionPayload.audio_url`. */
const MAX_AUDIO_URL_LENGTH = 4096;

const uploadSchema = z.object({ id: idText });

/**
 * Submits one recording. Source: Soniox OpenAPI 1.0.0, `POST /v1/files`, `POST /v1/transcriptions`.
 * @param fields the result of `requestBody`
 * @throws ServiceError
 */
export async function submit(
	api: ProviderApi,
	fields: IDataObject,
	source: AudioSource,
	target: CallbackTarget | undefined,
): Promise<SubmittedJob> {
	if ('url' in source) return await create(api, { ...fields, audio_url: source.url }, target);
	const fileId = await upload(api, source.file, fields.client_reference_id);
	try {
		return await create(api, { ...fields, file_id: fileId }, target);
	} catch (error) {
		throw await withoutOrphan(api, fileId, error);
	}
}

/** @throws UserError for a URL that Soniox would reject */
export function checkSource(source: AudioSource): void {
	if (!('url' in source) || source.url.length <= MAX_AUDIO_URL_LENGTH) return;
	throw userError(
		`“Audio URL” has ${source.url.length} characters; Soniox accepts at most ${MAX_AUDIO_URL_LENGTH}`,
		'Use a shorter URL, or download the recording first and set “Source” to Binary File.',
	);
}

async function create(
	api: ProviderApi,
	fields: IDataObject,
	target: CallbackTarget | undefined,
): Promise<SubmittedJob> {
	const { body } = await api.request({
		method: 'POST',
		path: '/v1/transcriptions',
		json: {
			...fields,
			...(target && {
				webhook_url: target.url,
				webhook_auth_header_name: SECRET_HEADER,
				webhook_auth_header_value: target.secret,
			}),
		},
		idempotent: false,
		secrets: targetSecrets(target),
	});
	return submittedJob(DISPLAY_NAME, body, ['id'], toStatus);
}

async function upload(api: ProviderApi, source: UploadSource, reference: unknown): Promise<string> {
	const { body } = await api.request({
		method: 'POST',
		path: '/v1/files',
		multipart: {
			fields: typeof reference === 'string' ? [['client_reference_id', reference]] : [],
			file: { field: 'file', source },
		},
		// Uploads are free, and an aborted one leaves nothing behind. A retry leaves an unused file only if the response to
		// a complete upload was lost, which is better than losing a long upload to a network error.
		idempotent: true,
	});
	return parseResponse(DISPLAY_NAME, uploadSchema, body).id;
}

/**
 * Soniox keeps files indefinitely but limits their number, so the file of a rejected job is deleted. If that fails, or the
 * job may exist, the error message includes the file's ID.
 */
async function withoutOrphan(api: ProviderApi, fileId: string, error: unknown): Promise<unknown> {
	if (!(error instanceof ServiceError)) return error;
	if (wasRejected(error)) {
		try {
			await deleteFile(api, fileId);
			return error;
		} catch {
			// Keep the original error, which is more important to the user. The note below mentions the file.
		}
	}
	return error.withNote(`The recording was uploaded as file ${fileId}, which Soniox keeps until it is deleted there.`);
}

/** Whether the job definitely doesn't exist. After a timeout, a server error, or a lost response, it may exist. */
function wasRejected({ status }: ServiceError): boolean {
	return status !== undefined && status < 500 && status !== 408;
}
