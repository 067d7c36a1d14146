import { z } from 'zod';
import { redactSecrets } from '../../callback/redact';
import { readAnswer } from '../../http/answer';
import type { ProviderApi } from '../../http/api';
import { endless, type ListPage, pagesOf, readEach } from '../paging';
import type { ListFilter, Listing } from '../provider';
import { NAME } from './callback';
import { headersIn, isGone, jobOf, jobSchema } from './job';
import { DISPLAY_NAME } from './names';
import { toTranscript } from './transcript';

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
		repeat: 'safe',
	});
	const all = readEach(listed, readAnswer(DISPLAY_NAME, listAnswer, body).jobs ?? []);
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
