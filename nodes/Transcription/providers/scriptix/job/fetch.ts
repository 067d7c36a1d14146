import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { ServiceError } from '../../../http/errors';
import { safeId } from '../../../http/safeId';
import { reportedError } from '../../../http/errorText';
import { withoutAbsent } from '../../../transcript/model';
import { assertSameJob } from '../../common/otherJob';
import type { FetchedJob } from '../../provider';
import { DISPLAY_NAME, DOCUMENTS_PATH, SESSIONS_PATH, STT_PATH } from '../constants';
import { generationOf } from '../credential';
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
	const documentId = announced?.documentId;
	return await fetchStt(api, id, typeof documentId === 'string' ? documentId : undefined);
}

/** Source: docs.scriptix.io, API, “Get session”; Core APIs, “Get result”. */
async function fetchSession(api: ProviderApi, id: string): Promise<FetchedJob> {
	const session = await read(api, `${SESSIONS_PATH}/${safeId(id)}`);
	refuseOther(id, session);
	const job = jobIn(session);
	const status = toStatus(job.status ?? missing(id, session));
	if (status !== 'completed') return fetched(id, job, undefined, { session });
	const result = await read(api, `${SESSIONS_PATH}/${safeId(id)}/result`);
	refuseOther(id, result);
	const content = contentOf(result) ?? withoutText(id, result);
	return { ...fetched(id, job, content, { session, result }), ...incomplete(result) };
}

/** The result says how many there are and how many of them it has, but no page says how to ask for the others. */
function incomplete(result: unknown): Pick<FetchedJob, 'warning'> {
	const [count, total] = [memberOf(result, 'count'), memberOf(result, 'total_results')];
	if (typeof count !== 'number' || typeof total !== 'number' || count >= total) return {};
	return {
		warning: `Scriptix gave ${count} of ${total} results, so a part of the transcript may be missing. Compare it with an export (Files From Scriptix).`,
	};
}

/**
 * No page says how to ask for a job of the batch upload API. The request that follows from the submit is tried, then
 * the document that its callback named, else the ID as that of a document: documents have a documented one
 * (docs.scriptix.io, Batch, Documents).
 */
async function fetchStt(api: ProviderApi, id: string, announced: string | undefined): Promise<FetchedJob> {
	const answer = await readIfThere(api, `${STT_PATH}/${safeId(id)}`);
	if (answer === undefined) return await fetchDocument(api, id, announced ?? id);
	refuseOther(id, answer);
	const job = jobIn(answer);
	const status = toStatus(job.status ?? missing(id, answer));
	if (status !== 'completed') return fetched(id, job, undefined, { job: answer });
	const inJob = contentOf(answer);
	if (inJob) return fetched(id, job, inJob, { job: answer });
	const documentId = documentIdOf(job) ?? announced;
	const document = documentId === undefined ? undefined : await read(api, `${DOCUMENTS_PATH}/${safeId(documentId)}`);
	return fetched(id, job, contentOf(document) ?? withoutText(id, document ?? answer), { job: answer, document });
}

async function fetchDocument(api: ProviderApi, id: string, documentId: string): Promise<FetchedJob> {
	const document = await readIfThere(api, `${DOCUMENTS_PATH}/${safeId(documentId)}`);
	if (document === undefined) {
		throw new ServiceError(
			{
				message: `Scriptix gives no status for the job “${id}” of its batch upload API`,
				description: `Neither ${STT_PATH}/${id} nor ${DOCUMENTS_PATH}/${documentId} is known there, and its documentation names no other request for it. Check the ID, the API key and “API Generation” in the credential. The callback of a finished job also names its document, for which the trigger asks by itself; with “Fetch Transcript” turned off, it puts it out as documentId, which can be used as Transcript ID.`,
				isNotFound: true,
			},
			404,
		);
	}
	const job = jobIn(document);
	return fetched(id, { ...job, status: 'completed' }, contentOf(document) ?? withoutText(id, document), { document });
}

function fetched(id: string, job: ProviderJob, content: Content | undefined, raw: object): FetchedJob {
	const status = toStatus(job.status ?? '');
	const callbackUrl = callbackUrlOf(job);
	return {
		transcript: toTranscript(id, status, job, content, withoutAbsent(raw)),
		...(callbackUrl !== undefined && { callbackUrl }),
	};
}

function jobIn(answer: unknown): ProviderJob {
	return parseResponse(DISPLAY_NAME, jobSchema, unwrapped(answer));
}

async function read(api: ProviderApi, path: string): Promise<unknown> {
	return (await api.request({ method: 'GET', path, idempotent: true })).body;
}

/** Undefined where the service has nothing there, or no such request at all. */
async function readIfThere(api: ProviderApi, path: string): Promise<unknown> {
	return await read(api, path).catch((error: unknown) => {
		if (error instanceof ServiceError && (error.isNotFound || error.status === 405)) return undefined;
		throw error;
	});
}

/** A session has both IDs, of which no page says which one its requests take. */
function refuseOther(id: string, answer: unknown): void {
	assertSameJob(DISPLAY_NAME, id, unwrapped(answer), ['session_id', 'id']);
}

function missing(id: string, answer: unknown): never {
	const reported = reportedError(unwrapped(answer));
	throw new ServiceError({
		message: `Scriptix does not say in which state the job “${id}” is`,
		description:
			'Its answer has no “status”. Check “API Generation” in the credential and, with a custom base URL, that it leads to Scriptix itself.' +
			(reported && ` Scriptix says: ${reported}`),
	});
}

/** A completed job without text must not pass for a recording in which nobody speaks. */
function withoutText(id: string, answer: unknown): never {
	const inner = unwrapped(answer);
	const names = inner !== null && typeof inner === 'object' ? Object.keys(inner).slice(0, 20).join(', ') : '';
	throw new ServiceError({
		message: `Scriptix says that the job “${id}” is completed, but its text cannot be found`,
		description: `This node looks for text, results, segments or words in the answer${names && `, which has: ${names}`}. Check “API Generation” in the credential; otherwise update this package.`,
	});
}
