import { userError } from '../../../core/userError';
import { parseHttpUrl } from '../../../core/url';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { sign } from '../../../callback/headerSecret';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import type { Settings } from '../../../http/connection';
import { ServiceError } from '../../../http/errors';
import { safeId } from '../../../http/safeId';
import type { UploadSource } from '../../../http/upload';
import { type AudioSource, type CallbackTarget, type SubmitPlan, type SubmittedJob } from '../../provider';
import { submittedJob, targetSecrets } from '../../common/submittedJob';
import { DISPLAY_NAME, SESSIONS_PATH, STT_PATH } from '../constants';
import { plannedFields } from '../request';
import { generationOf, sendsHeader } from '../credential';
import { CALLBACK_URL, toStatus } from '../transcript';
import { deleteSession } from './delete';

/** Longest name of a document. Source: docs.scriptix.io, Core APIs, Documents: `filename`, `string[200]`. */
const MAX_FILE_NAME_LENGTH = 200;

/** Source: docs.scriptix.io, “Upload - Batch API”: `id`. Most other Scriptix responses have an envelope. */
const STT_IDS = ['id', 'result.id', 'data.id', 'session_id', 'result.session_id', 'data.session_id'];
/** Source: docs.scriptix.io, Core APIs, “Initialize session”: `result.session_id`. “Get session” returns it without the envelope. */
const SESSION_IDS = ['result.session_id', 'session_id', 'data.session_id', 'result.id', 'id'];

/** @throws UserError */
export function planSubmit(options: IDataObject, settings: Settings, planned: AudioSource): SubmitPlan {
	const fields = plannedFields(options, settings);
	const isStt = generationOf(settings) === 'stt';
	if (isStt && 'url' in planned) assertUrlInFields(planned.url, fields);
	const submit = isStt ? submitStt : submitSession;
	return async (api, source, target) => await submit(api, fields, source, target);
}

/** Submits a form that includes the file. Source: docs.scriptix.io, “Upload - Batch API” and “Webhooks - Batch API”. */
async function submitStt(
	api: ProviderApi,
	fields: IDataObject,
	source: AudioSource,
	target: CallbackTarget | undefined,
): Promise<SubmittedJob> {
	const all = { ...fields, ...(target && { webhook_url: target.url }) };
	const { body } = await api.request({
		method: 'POST',
		path: STT_PATH,
		multipart: {
			fields: Object.entries(all).map(([name, value]) => [name, asField(value)] as const),
			...('file' in source && { file: { field: 'audio_file', source: source.file } }),
		},
		idempotent: false,
		secrets: targetSecrets(target),
	});
	return submittedJob(DISPLAY_NAME, body, STT_IDS, toStatus);
}

function asField(value: unknown): string {
	return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * The form has no documented field for a URL. Users who know an undocumented one can set it in Additional Fields, but
 * it must contain the same URL as the source.
 * @throws UserError
 */
function assertUrlInFields(url: string, fields: IDataObject): void {
	if (Object.values(fields).some((value) => parseHttpUrl(String(value))?.href === url)) return;
	throw userError(
		'Scriptix’s batch upload API (/stt) only accepts files, not the URL of a recording',
		'Download the recording first, for example with an HTTP Request node, and set “Source” to Binary File; or set “API Generation” in the credential to Sessions. If you know a Scriptix field for the URL, set it in “Additional Fields (JSON)” to the same URL. Nothing was submitted.',
	);
}

/**
 * Creates a session for the recording. For a URL, it starts immediately; for a file, after the upload.
 * Source: docs.scriptix.io, Core APIs, “Initialize session”.
 */
async function submitSession(
	api: ProviderApi,
	fields: IDataObject,
	source: AudioSource,
	target: CallbackTarget | undefined,
): Promise<SubmittedJob> {
	const { body } = await api.request({
		method: 'POST',
		path: SESSIONS_PATH,
		json: {
			...fields,
			...documentFields(fields.document, source),
			...('url' in source && { media_source: source.url }),
			...(target && callbackFields(target, api.settings, fields.meta_data)),
		},
		idempotent: false,
		secrets: targetSecrets(target),
	});
	const session = submittedJob(DISPLAY_NAME, body, SESSION_IDS, toStatus);
	if ('file' in source) await uploadOrAbandon(api, session.id, source.file);
	return session;
}

/** Names the document after the recording, unless the user set a name. */
function documentFields(document: unknown, source: AudioSource): IDataObject {
	if (document === null || typeof document !== 'object' || Array.isArray(document)) return {};
	const name = 'file' in source ? source.file.fileName : nameIn(source.url);
	return { document: { filename: name.slice(0, MAX_FILE_NAME_LENGTH), ...document } };
}

function nameIn(url: string): string {
	const { pathname, hostname } = new URL(url);
	const last = pathname.split('/').filter(Boolean).at(-1);
	return last ?? hostname;
}

/**
 * Returns the request fields for the callback. Headers are strings of the form `Name: value`. The session's metadata
 * includes the URL too, so that the job can be attributed later. Source: docs.scriptix.io, Core APIs,
 * `webhook_headers`, `meta_data`.
 */
function callbackFields({ url, secret }: CallbackTarget, settings: Settings, metadata: unknown): IDataObject {
	const headers = Object.entries(sign(secret)).map(([name, value]) => `${name}: ${value}`);
	return {
		webhook_url: url,
		webhook_method: 'POST',
		...(sendsHeader(settings) && { webhook_headers: headers }),
		meta_data: { ...(metadata !== null && typeof metadata === 'object' && metadata), [CALLBACK_URL]: url },
	};
}

const uploadSchema = z.object({ upload_url: z.string() });

/**
 * Uploads the file for the session. If that fails, the session is deleted, because it would never end without a file.
 * The error message includes the session's ID either way.
 *
 * Other upload methods aren't needed: a signed URL accepts 5 GiB in one stream. TUS would split the file into chunks,
 * but a workflow couldn't resume the upload, and the API's direct PUT accepts less.
 */
async function uploadOrAbandon(api: ProviderApi, id: string, file: UploadSource): Promise<void> {
	try {
		await upload(api, id, file);
	} catch (error) {
		throw await abandoned(api, id, error);
	}
}

/**
 * Uploads the file. Source: docs.scriptix.io, Core APIs, “Upload URL”: a signed URL for Azure storage, valid for 24
 * hours.
 */
async function upload(api: ProviderApi, id: string, file: UploadSource): Promise<void> {
	const path = `${SESSIONS_PATH}/${safeId(id)}/upload-url`;
	const { body } = await api.request({ method: 'POST', path, idempotent: true });
	const schema = z
		.object({ result: uploadSchema })
		.transform(({ result }) => result)
		.or(uploadSchema);
	const { upload_url: signedUrl } = parseResponse(DISPLAY_NAME, schema, body);
	await api.request({
		method: 'PUT',
		signedUrl,
		headers: { 'x-ms-blob-type': 'BlockBlob' },
		upload: file,
		expect: 'nothing',
		idempotent: true,
	});
}

async function abandoned(api: ProviderApi, id: string, error: unknown): Promise<ServiceError> {
	const { message, description } =
		error instanceof ServiceError
			? error.explanation
			: { message: 'The recording couldn’t be uploaded', description: (error as Error).message };
	const isDeleted = await deleteSession(api, id).then(
		() => true,
		() => false,
	);
	const outcome = isDeleted
		? `Session ${id}, which was created for it, has been deleted, so you can run this again.`
		: `Session ${id}, which was created for it, couldn’t be deleted. Check the session at Scriptix before you run this again.`;
	const status = error instanceof ServiceError ? error.status : undefined;
	return new ServiceError({ message, description: `${description} ${outcome}`, outcomeUnknown: !isDeleted }, status);
}
