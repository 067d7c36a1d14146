import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { ServiceError } from '../../../http/errors';
import { safeId } from '../../../http/safeId';
import { reportedError } from '../../../http/errorText';
import { type Transcript, withoutAbsent } from '../../../transcript/model';
import { assertSameJob } from '../../common/assertSameJob';
import type { FetchedJob } from '../../provider';
import { DISPLAY_NAME, DOCUMENTS_PATH, SESSIONS_PATH, STT_PATH } from '../constants';
import { generationOf } from '../credential';
import { explain } from '../errors';
import {
	callbackUrlOf,
	type Content,
	contentOf,
	documentIdOf,
	jobSchema,
	memberOf,
	type ProviderJob,
	toStatus,
	toTranscript,
	unwrapped,
} from '../transcript';

export async function fetchJob(
	api: ProviderApi,
	id: string,
	announced?: Readonly<Record<string, unknown>>,
): Promise<FetchedJob> {
	if (generationOf(api.settings) === 'sessions') return await fetchSession(api, id);
	return await fetchStt(api, id, announcedJob(announced));
}

/** Returns the job data from the callback, which is used for fields that are missing from a response. */
function announcedJob({ documentId, durationSeconds, language, errorMessage }: Readonly<Record<string, unknown>> = {}) {
	return jobSchema.parse({
		document_id: documentId,
		duration_seconds: durationSeconds,
		language,
		error: errorMessage,
	});
}

/** Source: docs.scriptix.io, API, “Get session”; Core APIs, “Get result”. */
async function fetchSession(api: ProviderApi, id: string): Promise<FetchedJob> {
	const session = await read(api, `${SESSIONS_PATH}/${safeId(id)}`);
	assertSameSession(id, session);
	const job = jobIn(session);
	const status = toStatus(job.status ?? throwMissingStatus(id, session));
	if (status !== 'completed') return toFetchedJob(id, job, undefined, { session });
	const result = await read(api, `${SESSIONS_PATH}/${safeId(id)}/result`);
	assertSameSession(id, result);
	const content = contentOf(result) ?? throwMissingText(id, result);
	const { transcript, ...others } = toFetchedJob(id, job, content, { session, result });
	return { transcript: { ...transcript, ...incomplete(result) }, ...others };
}

/**
 * Warns if a result is incomplete. A result reports how many parts it includes and the total number of parts, but how
 * to request the rest isn't documented.
 */
function incomplete(result: unknown): Pick<Transcript, 'warnings'> {
	const [count, total] = [memberOf(result, 'count'), memberOf(result, 'total_results')];
	if (typeof count !== 'number' || typeof total !== 'number' || count >= total) return {};
	return {
		warnings: [
			`Scriptix returned ${count} of ${total} results, so part of the transcript may be missing. Compare it with an export (“Files From Scriptix”).`,
		],
	};
}

/**
 * Fetches a batch upload job: its status, then its result. Sources: docs.scriptix.io, Batch, “Overview”,
 * Check Status; “Retrieve Results”.
 */
async function fetchStt(api: ProviderApi, id: string, announced: ProviderJob): Promise<FetchedJob> {
	const status = await readIfFound(api, `${STT_PATH}/${safeId(id)}/status`);
	if (status === undefined) return await fetchUndocumented(api, id, announced);
	assertSameSession(id, status);
	const job = jobIn(status, announced);
	if (toStatus(job.status ?? throwMissingStatus(id, status)) !== 'completed')
		return toFetchedJob(id, job, undefined, { status });
	const [result, document] = await readResult(api, id, documentIdOf(job));
	const content = contentOf(result) ?? contentOf(document) ?? throwMissingText(id, document ?? result);
	const merged = { ...jobIn(result ?? document, job), status: job.status };
	return toFetchedJob(id, merged, content, { status, result, document });
}

/**
 * Reads the result of a completed job and, as a last resort, its document.
 * @throws ServiceError if there is neither
 */
async function readResult(
	api: ProviderApi,
	id: string,
	documentId: string | undefined,
): Promise<[result: unknown, document?: unknown]> {
	const path = `${STT_PATH}/${safeId(id)}/result`;
	const result = await readIfFound(api, path);
	if (result !== undefined) assertSameSession(id, result);
	if (contentOf(result)) return [result];
	const document = documentId === undefined ? undefined : await readIfFound(api, documentPath(documentId));
	if (result === undefined && document === undefined) throw new ServiceError(explain(404, '', path)!, 404);
	return [result, document];
}

/**
 * Last resort for accounts whose API doesn't report the status of a job. Requests the submit path followed by the job's
 * ID, which isn't documented. If there is no transcript there, requests the document named in the callback or, if none
 * is named, a document with the job's ID. Documents are described in docs.scriptix.io, “Documents API”.
 */
async function fetchUndocumented(api: ProviderApi, id: string, announced: ProviderJob): Promise<FetchedJob> {
	const response = await readIfFound(api, `${STT_PATH}/${safeId(id)}`);
	if (response === undefined) return await fetchDocument(api, id, announced);
	assertSameSession(id, response);
	const job = jobIn(response, announced);
	const status = toStatus(job.status ?? throwMissingStatus(id, response));
	if (status !== 'completed') return toFetchedJob(id, job, undefined, { job: response });
	const content = contentOf(response);
	if (content) return toFetchedJob(id, job, content, { job: response });
	const documentId = documentIdOf(job);
	const document = documentId === undefined ? undefined : await read(api, documentPath(documentId));
	return toFetchedJob(id, job, contentOf(document) ?? throwMissingText(id, document ?? response), {
		job: response,
		document,
	});
}

async function fetchDocument(api: ProviderApi, id: string, announced: ProviderJob): Promise<FetchedJob> {
	const documentId = documentIdOf(announced) ?? id;
	const document = await readIfFound(api, documentPath(documentId));
	if (document === undefined) {
		throw new ServiceError(
			{
				message: `Scriptix has no job with the ID “${id}” in its batch upload API`,
				description: `Check “Transcript ID”, and “API Key” and “API Generation” in the credential. Neither ${STT_PATH}/${id}/status nor ${DOCUMENTS_PATH}/${documentId} exists. If your account’s API doesn’t report the status of jobs, use the ID of the document in the callback as “Transcript ID”: with “Fetch Transcript” turned off, the trigger outputs it as documentId.`,
				isNotFound: true,
			},
			404,
		);
	}
	const job = jobIn(document, announced);
	return toFetchedJob(id, { ...job, status: 'completed' }, contentOf(document) ?? throwMissingText(id, document), {
		document,
	});
}

function documentPath(documentId: string): string {
	return `${DOCUMENTS_PATH}/${safeId(documentId)}`;
}

function toFetchedJob(id: string, job: ProviderJob, content: Content | undefined, raw: object): FetchedJob {
	const status = toStatus(job.status ?? '');
	const callbackUrl = callbackUrlOf(job);
	return {
		transcript: toTranscript(id, status, job, content, withoutAbsent(raw)),
		...(callbackUrl !== undefined && { callbackUrl }),
	};
}

/** @param known fields to use if the response doesn't contain them */
function jobIn(response: unknown, known?: ProviderJob): ProviderJob {
	return { ...known, ...withoutAbsent(parseResponse(DISPLAY_NAME, jobSchema, unwrapped(response))) };
}

async function read(api: ProviderApi, path: string): Promise<unknown> {
	return (await api.request({ method: 'GET', path, idempotent: true })).body;
}

/** Returns undefined if the service doesn't have the resource or doesn't support the request. */
async function readIfFound(api: ProviderApi, path: string): Promise<unknown> {
	return await read(api, path).catch((error: unknown) => {
		if (error instanceof ServiceError && (error.isNotFound || error.status === 405)) return undefined;
		throw error;
	});
}

/** A session has an `id` and a `session_id`. It isn't documented which one requests expect. */
function assertSameSession(id: string, response: unknown): void {
	assertSameJob(DISPLAY_NAME, id, unwrapped(response), ['session_id', 'id']);
}

function throwMissingStatus(id: string, response: unknown): never {
	const reported = reportedError(unwrapped(response));
	throw new ServiceError({
		message: `Scriptix didn’t report the status of job “${id}”`,
		description:
			'Its response contains no “status”. Check “API Generation” in the credential. If the credential has a custom Base URL, also check that it points to Scriptix.' +
			(reported && ` Scriptix says: ${reported}`),
	});
}

/** A completed job without text must not be mistaken for a recording without speech. */
function throwMissingText(id: string, response: unknown): never {
	const inner = unwrapped(response);
	const names = inner !== null && typeof inner === 'object' ? Object.keys(inner).slice(0, 20).join(', ') : '';
	throw new ServiceError({
		message: `Scriptix reported job “${id}” as completed, but its text couldn’t be found`,
		description: `This node reads text, results, segments, or words from the response${names && `, which contains: ${names}`}. Check “API Generation” in the credential. If it’s correct, update this package.`,
		isUnreadable: true,
	});
}
