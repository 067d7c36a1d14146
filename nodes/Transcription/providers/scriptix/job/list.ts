import { z } from 'zod';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { lenient } from '../../common/schemas';
import { type ListPage, pagesOf, readEach } from '../../common/paging';
import type { FetchedJob, Listing } from '../../provider';
import { DISPLAY_NAME, SESSIONS_PATH } from '../constants';
import { generationOf } from '../credential';
import { callbackUrlOf, jobSchema, label, memberOf, toStatus, toTranscript } from '../transcript';

const entrySchema = jobSchema
	.extend({
		session_id: label,
		id: label,
		// Source: apidocs.scriptix.io, Reseller API, “List Speech to Text sessions”, an older page about the same objects.
		date_session_start: jobSchema.shape.created_at,
		is_deleted: lenient(z.boolean()),
	})
	.transform(({ session_id: sessionId, id, ...job }) => ({ ...job, id: sessionId ?? id }));

/** Source: docs.scriptix.io, API, “Pagination”: by offset, at most 100 per page. */
const MAX_PAGE_SIZE = 100;
/** Pages overlap by this many sessions, so that none is skipped if sessions are deleted while the list is read. */
const OVERLAP = 10;

/**
 * Lists the sessions in descending order (docs.scriptix.io, API, “Filtering & Sorting”). The docs disagree about the
 * envelope, so all variants are accepted, as are responses that ignore the query.
 */
export const listing: Listing = {
	newestFirst: true,
	unavailable: (settings) =>
		generationOf(settings) === 'stt'
			? {
					message: 'Scriptix’s batch upload API (/stt) can’t list jobs',
					description:
						'Store the IDs that Submit returns, for example in a Data Table, and fetch by ID; or set “API Generation” in the credential to Sessions.',
				}
			: undefined,
	pages: (api, _filter, from) => pagesOf(DISPLAY_NAME, from, async (offset) => await page(api, Number(offset ?? 0))),
};

async function page(api: ProviderApi, offset: number): Promise<ListPage> {
	const { body } = await api.request({
		method: 'GET',
		path: SESSIONS_PATH,
		query: { limit: MAX_PAGE_SIZE, offset, sort: 'created_at', direction: 'desc' },
		idempotent: true,
	});
	const all = listIn(body) ?? parseResponse(DISPLAY_NAME, z.array(z.unknown()), body);
	const sessions = readEach(entrySchema, all);
	const jobs = sessions.flatMap(({ entry, raw }) => (entry.is_deleted ? [] : jobOf(entry, raw)));
	const ids = sessions.flatMap(({ entry }) => entry.id ?? []);
	return { jobs, ids, next: nextAfter(offset, all.length, totalIn(body))?.toString() };
}

/** If the total is unknown, a page that isn't full is the last one. */
function nextAfter(offset: number, count: number, total: number | undefined): number | undefined {
	const isLast = total === undefined ? count < MAX_PAGE_SIZE : offset + count >= total;
	return isLast || count === 0 ? undefined : offset + Math.max(1, count - OVERLAP);
}

function totalIn(body: unknown): number | undefined {
	const total = memberOf(body, 'total_results');
	return typeof total === 'number' ? total : undefined;
}

function jobOf({ id, date_session_start: started, ...job }: z.output<typeof entrySchema>, raw: unknown): FetchedJob[] {
	if (id === undefined) return [];
	const session = { ...job, created_at: job.created_at ?? started };
	const callbackUrl = callbackUrlOf(session);
	return [
		{
			transcript: toTranscript(id, toStatus(session.status ?? ''), session, undefined, raw),
			...(callbackUrl !== undefined && { callbackUrl }),
		},
	];
}

function listIn(response: unknown, depth = 0): unknown[] | undefined {
	if (Array.isArray(response)) return response;
	if (depth > 1) return undefined;
	const members = ['result', 'results', 'data', 'sessions', 'items'].map((name) => memberOf(response, name));
	const lists = members.map((member) => listIn(member, depth + 1)).filter((list) => list !== undefined);
	return lists.find((list) => list.length > 0) ?? lists[0];
}
