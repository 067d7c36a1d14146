import { DISPLAY_NAME, NAME } from '../constants';
import { z } from 'zod';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { eventIdOf, type JobStatus, type Transcript, withoutAbsent } from '../../../transcript/model';
import { idText, lenient } from '../../common/schemas';
import { type ListPage, pagesOf, readEach } from '../../common/paging';
import type { FetchedJob, ListFilter, Listing } from '../../provider';
import { DELETED_AUDIO_URL, toStatus } from '../transcript';

/** Source: AssemblyAI OpenAPI 1.3.4, `TranscriptList`, `TranscriptListItem`, `PageDetails`. */
const listAnswer = z.object({
	page_details: lenient(z.object({ prev_url: lenient(z.string()) })),
	transcripts: z.array(z.unknown()),
});
const listed = z.object({
	id: idText,
	status: z.string().catch(''),
	created: lenient(z.string()),
	completed: lenient(z.string()),
	audio_url: lenient(z.string()),
	error: lenient(z.string()),
});

const LARGEST_PAGE = 200;
/** Deleted transcripts are listed as well: who wants one may have to look at several. */
const SMALLEST_PAGE = 20;

const STATUS_WORDS: Readonly<Record<JobStatus, string>> = {
	queued: 'queued',
	processing: 'processing',
	completed: 'completed',
	failed: 'error',
};

/** Source: AssemblyAI OpenAPI 1.3.4, `GET /v2/transcript`: from newest to oldest, of the last 90 days. */
export const listing: Listing = {
	newestFirst: true,
	pages: (api, filter) => pagesOf<string>(DISPLAY_NAME, async (beforeId) => await page(api, filter, beforeId)),
};

async function page(api: ProviderApi, { status, limit }: ListFilter, beforeId: string | undefined): Promise<ListPage<string>> {
	const { body } = await api.request({
		method: 'GET',
		path: '/v2/transcript',
		query: {
			limit: Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, limit ?? LARGEST_PAGE)),
			...(status && { status: STATUS_WORDS[status] }),
			...(beforeId !== undefined && { before_id: beforeId }),
		},
		idempotent: true,
	});
	const { transcripts, page_details: details } = parseResponse(DISPLAY_NAME, listAnswer, body);
	const all = readEach(listed, transcripts);
	// “The previous URL always points to a page with older transcripts.”
	const older = details?.prev_url;
	return {
		jobs: all.filter(({ given }) => given.audio_url !== DELETED_AUDIO_URL).map(({ given, raw }) => jobOf(given, raw)),
		next: older === undefined ? undefined : (placeIn(older) ?? all.at(-1)?.given.id),
	};
}

/** Only the place is taken from the URL: it may name another host than the one that the credential is for. */
function placeIn(url: string): string | undefined {
	return /[?&]before_id=([\w-]+)/.exec(url)?.[1];
}

function jobOf({ id, status: word, created, completed, error }: z.infer<typeof listed>, raw: unknown): FetchedJob {
	const status = toStatus(word);
	const transcript = withoutAbsent<Transcript>({
		status,
		errorMessage: error,
		provider: NAME,
		id,
		eventId: eventIdOf(NAME, id, status),
		createdAt: inUtc(created),
		completedAt: inUtc(completed),
		raw,
	});
	return { transcript };
}

/** The list's times name no zone, as in the OpenAPI's example `2024-03-11T21:29:59.936851`; they are UTC. */
function inUtc(time: string | undefined): string | undefined {
	return time === undefined || /(Z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`;
}
