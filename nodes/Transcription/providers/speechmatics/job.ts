import { DISPLAY_NAME, NAME } from './constants';
import { z } from 'zod';
import { redactSecrets } from '../../core/redact';
import { parseResponse } from '../../http/response';
import type { ProviderApi } from '../../http/api';
import { endless, type ListPage, pagesOf, readEach } from '../common/paging';
import type { AudioSource, CallbackTarget, Deletion, FetchedJob, ListFilter, Listing, ServiceFile, ServiceFiles, SubmittedJob } from '../provider';
import { headersIn, isGone, jobAnswer, jobOf, jobSchema, toStatus } from './transcript/jobDetails';
import { toTranscript, transcriptSchema } from './transcript';
import type { IDataObject } from 'n8n-workflow';
import { sign } from '../../callback/headerSecret';
import { yieldThread } from '../../core/yieldThread';
import { ServiceError, undefinedIfNotFound } from '../../http/errors';
import { safeId } from '../../http/safeId';
import { assertSameJob } from '../common/otherJob';
import { submittedJob, targetSecrets } from '../common/submittedJob';
const listAnswer = z.object({ jobs: z.array(z.unknown()).nullable() });
/** `config` is left out of lists in the OpenAPI's example. */
const listed = jobSchema.extend({ status: z.string().catch('') });

/** The page's size is what tells the last one from one that is full of jobs of the same moment, so that it is always this. */
const LARGEST_PAGE = 100;

/**
 * Source: Speechmatics OpenAPI 2.0.0, `GET /jobs`: the list starts with the newest job, leaves out deleted ones, and
 * `created_before` is exact to the millisecond. Jobs of aligning a text have no transcript.
 */
export const listing: Listing = {
	newestFirst: true,
	pages: (api, filter) =>
		pagesOf<string>(DISPLAY_NAME, async (place) => await page(api, place ?? startOf(filter))),
};

function startOf({ createdBefore }: ListFilter): string | undefined {
	return createdBefore && justAfter(createdBefore.getTime());
}

async function page(api: ProviderApi, before: string | undefined): Promise<ListPage<string>> {
	const { body } = await api.request({
		method: 'GET',
		path: '/v2/jobs',
		query: { limit: LARGEST_PAGE, ...(before !== undefined && { created_before: before }) },
		idempotent: true,
	});
	const all = readEach(listed, parseResponse(DISPLAY_NAME, listAnswer, body).jobs ?? []);
	const times = all.map(({ given }) => Date.parse(given.created_at ?? '')).filter((time) => !Number.isNaN(time));
	return {
		ids: all.map(({ given }) => given.id),
		jobs: all
			.filter(({ given }) => !isGone(given) && given.config?.type !== 'alignment')
			.map(({ given, raw }) => jobOf(given, toTranscript(NAME, given, undefined, redactSecrets(raw, headersIn(given))))),
		next: nextAfter(times, all.length, before),
	};
}

/**
 * Jobs of one millisecond may stand on both sides of a page's end, so that those of the last one are asked for again.
 * A page that leads no further is the last, unless it is full: then it is given back, which `pagesOf` notices.
 */
function nextAfter(times: readonly number[], count: number, before: string | undefined): string | undefined {
	if (times.length === 0 && count >= LARGEST_PAGE) throw endless(DISPLAY_NAME, count);
	if (times.length === 0) return undefined;
	const next = justAfter(Math.min(...times));
	return next === before && count < LARGEST_PAGE ? undefined : next;
}

function justAfter(time: number): string {
	return new Date(time + 1).toISOString();
}

/** Source: Speechmatics OpenAPI 2.0.0, `GET /jobs/{jobid}/transcript`, `format`; docs, “Output”. */
export const serviceFiles: ServiceFiles = {
	formats: [
		{ name: 'SRT', value: 'srt', description: 'Subtitles' },
		{ name: 'TXT', value: 'txt', description: 'Text with the speakers, where they were told apart' },
	],
	description: 'Files that Speechmatics makes of the transcript, as binary fields service_srt and service_txt',
	fetch: fetchFile,
};

/** Source: Speechmatics OpenAPI 2.0.0, `DELETE /jobs/{jobid}`: “remove all associated resources”. */
export const deletion: Deletion = {
	choices: [{ name: 'Recording and Transcript', value: 'everything', description: 'The job with all that belongs to it' }],
	description:
		'What Speechmatics shall not keep any longer. Without this option it keeps the recording and the transcript for seven days.',
	remove,
};

export async function submit(
	api: ProviderApi,
	config: IDataObject,
	source: AudioSource,
	target: CallbackTarget | undefined,
): Promise<SubmittedJob> {
	const complete = {
		...config,
		...('url' in source && { fetch_data: { url: source.url } }),
		...(target && { notification_config: [notificationTo(target)] }),
	};
	const { body } = await api.request({
		method: 'POST',
		path: '/v2/jobs',
		multipart: {
			fields: [['config', JSON.stringify(complete)]],
			...('file' in source && { file: { field: 'data_file', source: source.file } }),
		},
		idempotent: false,
		secrets: targetSecrets(target),
	});
	return submittedJob(DISPLAY_NAME, body, ['id'], toStatus);
}

/**
 * Source: Speechmatics docs, “Notifications”. Of the contents only the job: without any the body would be empty, and
 * the transcript is fetched. A header is written as in HTTP, “Name: value”.
 */
function notificationTo({ url, secret }: CallbackTarget): IDataObject {
	const headers = Object.entries(sign(secret)).map(([name, value]) => `${name}: ${value}`);
	return { url, contents: ['jobinfo'], method: 'post', auth_headers: headers };
}

export async function fetchJob(api: ProviderApi, id: string): Promise<FetchedJob> {
	const { body } = await api.request({ method: 'GET', path: `/v2/jobs/${safeId(id)}`, idempotent: true });
	assertSameJob(DISPLAY_NAME, id, body, ['job.id']);
	const { job } = parseResponse(DISPLAY_NAME, jobAnswer, body);
	if (isGone(job)) {
		throw new ServiceError({
			message: `Speechmatics no longer has the transcript ${id} (${job.status})`,
			description: 'It deletes jobs after seven days, or earlier where somebody asked for it. Submit the recording again if you still need it.',
			isNotFound: true,
		});
	}
	const isDone = toStatus(job.status) === 'completed';
	const raw = isDone ? await transcriptOf(api, id) : redactSecrets(body, headersIn(job));
	const given = isDone ? parseResponse(DISPLAY_NAME, transcriptSchema, raw) : undefined;
	await yieldThread();
	return jobOf(job, toTranscript(NAME, job, given, raw));
}

async function transcriptOf(api: ProviderApi, id: string): Promise<unknown> {
	const path = `/v2/jobs/${safeId(id)}/transcript`;
	const { body } = await api.request({ method: 'GET', path, query: { format: 'json-v2' }, idempotent: true });
	assertSameJob(DISPLAY_NAME, id, body, ['job.id']);
	return body;
}

async function fetchFile(api: ProviderApi, id: string, format: string): Promise<ServiceFile> {
	const path = `/v2/jobs/${safeId(id)}/transcript`;
	const { body } = await api.request({ method: 'GET', path, query: { format }, idempotent: true, expect: 'binary' });
	return { content: body as Buffer, mimeType: format === 'srt' ? 'application/x-subrip' : 'text/plain', extension: format };
}

async function remove(api: ProviderApi, id: string): Promise<void> {
	await undefinedIfNotFound(api.request({ method: 'DELETE', path: `/v2/jobs/${safeId(id)}`, expect: 'nothing', idempotent: true }));
}
