import { DISPLAY_NAME, NAME } from '../constants';
import { z } from 'zod';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { eventIdOf, type JobStatus, type Transcript, withoutAbsent } from '../../../transcript/model';
import { recordingNameOf } from '../../../transcript/recordingName';
import { idText, lenient } from '../../common/schemas';
import { type ListPage, pagesOf, readEach } from '../../common/paging';
import type { FetchedJob, ListFilter, Listing } from '../../provider';
import { isDeleted, toStatus } from '../transcript';

/** Source: AssemblyAI OpenAPI 1.3.4, `TranscriptList`, `TranscriptListItem`, `PageDetails`. */
const listSchema = z.object({
	page_details: lenient(z.object({ prev_url: lenient(z.string()) })),
	transcripts: z.array(z.unknown()),
});
const entrySchema = z.object({
	id: idText,
	status: z.string().catch(''),
	created: lenient(z.string()),
	completed: lenient(z.string()),
	audio_url: lenient(z.string()),
	is_deleted: lenient(z.boolean()),
	error: lenient(z.string()),
});

const MAX_PAGE_SIZE = 200;
/** Deleted transcripts are listed too, so finding a single transcript may require reading several entries. */
const MIN_PAGE_SIZE = 20;

const STATUS_FILTERS: Readonly<Record<JobStatus, string>> = {
	queued: 'queued',
	processing: 'processing',
	completed: 'completed',
	failed: 'error',
};

/**
 * Source: AssemblyAI OpenAPI 1.3.4, `GET /v2/transcript`. The list starts with the newest transcript and covers the
 * last 90 days.
 */
export const listing: Listing = {
	newestFirst: true,
	pages: (api, filter, from) => pagesOf(DISPLAY_NAME, from, async (beforeId) => await page(api, filter, beforeId)),
};

async function page(api: ProviderApi, { status, limit }: ListFilter, beforeId: string | undefined): Promise<ListPage> {
	const { body } = await api.request({
		method: 'GET',
		path: '/v2/transcript',
		query: {
			limit: Math.min(MAX_PAGE_SIZE, Math.max(MIN_PAGE_SIZE, limit ?? MAX_PAGE_SIZE)),
			...(status && { status: STATUS_FILTERS[status] }),
			...(beforeId !== undefined && { before_id: beforeId }),
		},
		idempotent: true,
	});
	const { transcripts, page_details: details } = parseResponse(DISPLAY_NAME, listSchema, body);
	const all = readEach(entrySchema, transcripts);
	// AssemblyAI says: “The previous URL always points to a page with older transcripts.”
	const older = details?.prev_url;
	return {
		jobs: all.filter(({ entry }) => !isDeleted(entry)).map(({ entry, raw }) => jobOf(entry, raw)),
		next: older === undefined ? undefined : (cursorIn(older) ?? all.at(-1)?.entry.id),
	};
}

/** Reads only the cursor from the URL, since its host may differ from the one the credential is for. */
function cursorIn(url: string): string | undefined {
	return /[?&]before_id=([\w-]+)/.exec(url)?.[1];
}

function jobOf(
	{ id, status: serviceStatus, created, completed, error, audio_url: audioUrl }: z.infer<typeof entrySchema>,
	raw: unknown,
): FetchedJob {
	const status = toStatus(serviceStatus);
	const transcript = withoutAbsent<Transcript>({
		status,
		errorMessage: error,
		recordingName: recordingNameOf(audioUrl),
		provider: NAME,
		id,
		eventId: eventIdOf(NAME, id, status),
		createdAt: inUtc(created),
		completedAt: inUtc(completed),
		raw,
	});
	return { transcript };
}

/**
 * Adds the time zone to a time from the list. These times are in UTC but don't say so, as in the OpenAPI example
 * `2024-03-11T21:29:59.936851`.
 */
function inUtc(time: string | undefined): string | undefined {
	return time === undefined || /(Z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`;
}
