import { z } from 'zod';
import { readAnswer } from '../../http/answer';
import type { ProviderApi } from '../../http/api';
import { lenient } from '../lenient';
import { type ListPage, pagesOf, readEach } from '../paging';
import type { Listing } from '../provider';
import { jobOf } from './job';
import { DISPLAY_NAME } from './names';
import { stateSchema } from './transcript';

/** Source: Soniox OpenAPI 1.0.0, `GetTranscriptionsResponse`, `GetTranscriptionsPayload`. */
const listAnswer = z.object({ transcriptions: z.array(z.unknown()), next_page_cursor: lenient(z.string()) });
const listed = stateSchema.extend({ status: z.string().catch('') });
const LARGEST_PAGE = 1000;

/** The order of the list is not documented. An account has 2,000 transcriptions unless Soniox raised that (docs, “Limits & quotas”). */
export const listing: Listing = {
	newestFirst: false,
	pages: (api) => pagesOf<string>(DISPLAY_NAME, async (cursor) => await page(api, cursor)),
};

async function page(api: ProviderApi, cursor: string | undefined): Promise<ListPage<string>> {
	const { body } = await api.request({
		method: 'GET',
		path: '/v1/transcriptions',
		query: { limit: LARGEST_PAGE, ...(cursor !== undefined && { cursor }) },
		repeat: 'safe',
	});
	const { transcriptions, next_page_cursor: next } = readAnswer(DISPLAY_NAME, listAnswer, body);
	const jobs = readEach(listed, transcriptions).map(({ given, raw }) => jobOf(given, undefined, raw));
	return { jobs, next: next || undefined };
}
