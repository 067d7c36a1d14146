import { z } from 'zod';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { lenient } from '../../common/schemas';
import { type ListPage, pagesOf, readEach } from '../../common/paging';
import type { FetchedJob, Listing } from '../../provider';
import { DISPLAY_NAME, SESSIONS_PATH } from '../constants';
import { generationOf } from '../credential';
import { callbackUrlOf, jobSchema, label, memberOf, toStatus, toTranscript } from '../transcript';

const listed = jobSchema
	.extend({
		session_id: label,
		id: label,
		// Source: apidocs.scriptix.io, Reseller API, “List Speech to Text sessions”, an older page about the same objects.
		date_session_start: jobSchema.shape.created_at,
		is_deleted: lenient(z.boolean()),
	})
	.transform(({ session_id: sessionId, id, ...job }) => ({ ...job, id: sessionId ?? id }));

/** Source: docs.scriptix.io, API, “Pagination”: at most 100 at once, those to skip by number. */
const LARGEST_PAGE = 100;
/** What is deleted while pages are read moves the others forward: so many are asked for again, so that none is skipped. */
const OVERLAP = 10;

/**
 * The sessions. That the newest come first is asked for, as in docs.scriptix.io, API, “Filtering & Sorting”. Of the
 * envelope the pages differ, and what does not heed the query is understood as well.
 */
export const listing: Listing = {
	newestFirst: true,
	unavailable: (settings) =>
		generationOf(settings) === 'stt'
			? {
					message: 'The batch upload API of Scriptix (/stt) has no list of jobs',
					description:
						'Keep the IDs that Submit puts out, for example in a Data Table, and fetch by ID; or set “API Generation” in the credential to Sessions.',
				}
			: undefined,
	pages: (api) => pagesOf<number>(DISPLAY_NAME, async (offset) => await page(api, offset ?? 0)),
};

async function page(api: ProviderApi, offset: number): Promise<ListPage<number>> {
	const { body } = await api.request({
		method: 'GET',
		path: SESSIONS_PATH,
		query: { limit: LARGEST_PAGE, offset, sort: 'created_at', direction: 'desc' },
		idempotent: true,
	});
	const all = listIn(body) ?? parseResponse(DISPLAY_NAME, z.array(z.unknown()), body);
	const sessions = readEach(listed, all);
	const jobs = sessions.flatMap(({ given, raw }) => (given.is_deleted ? [] : jobOf(given, raw)));
	const ids = sessions.flatMap(({ given }) => given.id ?? []);
	return { jobs, ids, next: nextAfter(offset, all.length, totalIn(body)) };
}

/** Without a total a page that is not full is the last one. */
function nextAfter(offset: number, count: number, total: number | undefined): number | undefined {
	const isLast = total === undefined ? count < LARGEST_PAGE : offset + count >= total;
	return isLast || count === 0 ? undefined : offset + Math.max(1, count - OVERLAP);
}

function totalIn(body: unknown): number | undefined {
	const total = memberOf(body, 'total_results');
	return typeof total === 'number' ? total : undefined;
}

function jobOf({ id, date_session_start: started, ...job }: z.output<typeof listed>, raw: unknown): FetchedJob[] {
	if (id === undefined) return [];
	const given = { ...job, created_at: job.created_at ?? started };
	const callbackUrl = callbackUrlOf(given);
	return [
		{
			transcript: toTranscript(id, toStatus(given.status ?? ''), given, undefined, raw),
			...(callbackUrl !== undefined && { callbackUrl }),
		},
	];
}

function listIn(answer: unknown, depth = 0): unknown[] | undefined {
	if (Array.isArray(answer)) return answer;
	if (depth > 1) return undefined;
	const members = ['result', 'results', 'data', 'sessions', 'items'].map((name) => memberOf(answer, name));
	const lists = members.map((member) => listIn(member, depth + 1)).filter((list) => list !== undefined);
	return lists.find((list) => list.length > 0) ?? lists[0];
}
