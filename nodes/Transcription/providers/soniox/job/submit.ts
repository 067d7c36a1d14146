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
const LONGEST_AUDIO_URL = 4096;

const uploadAnswer = z.object({ id: idText });

/**
 * Submits one recording. Source: Soniox OpenAPI 1.0.0, `POST /v1/files`, `POST /v1/transcriptions`.
 * @param fields what `requestBody` made of the options
 * @throws ServiceRefusal
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

/** @throws InputError for an address that Soniox would refuse */
export function checkSource(source: AudioSource): void {
	if (!('url' in source) || source.url.length <= LONGEST_AUDIO_URL) return;
	throw userError(
		`“Audio URL” has ${source.url.length} characters; Soniox takes ${LONGEST_AUDIO_URL}`,
		'Use a shorter address, or download the recording first and choose Source: Binary File.',
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
		// Uploads cost nothing, and one that was cut leaves nothing. Only where the answer of a complete one was lost does
		// a file stay behind: one of a thousand, which is better than losing an hour's upload to a hiccup of the line.
		idempotent: true,
	});
	return parseResponse(DISPLAY_NAME, uploadAnswer, body).id;
}

/**
 * Soniox keeps files for ever, and only so many. One whose job was refused is deleted again; where that fails, or the
 * job may exist, the error names the file.
 */
async function withoutOrphan(api: ProviderApi, fileId: string, error: unknown): Promise<unknown> {
	if (!(error instanceof ServiceError)) return error;
	if (wasRefused(error)) {
		try {
			await deleteFile(api, fileId);
			return error;
		} catch {
			// Said below: what the user needs to know is why the job was refused.
		}
	}
	return error.withNote(`The recording was uploaded as file ${fileId}, which Soniox keeps until it is deleted there.`);
}

/** Whether the job certainly does not exist: not after a timeout, a server error, or without an answer. */
function wasRefused({ status }: ServiceError): boolean {
	return status !== undefined && status < 500 && status !== 408;
}
