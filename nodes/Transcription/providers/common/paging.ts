import type { z } from 'zod';
import { ServiceError } from '../../http/errors';
import type { JobPage } from '../provider';

/** One page of a list, as the service returned it. */
export interface ListPage extends JobPage {
	/** IDs of all entries on the page, including ones missing from `jobs`. Default: the IDs of `jobs`. */
	ids?: readonly string[];
}

/**
 * Maximum number of consecutive empty pages. A page can be empty because all its jobs were deleted, and some services
 * return empty pages for no apparent reason.
 */
const MAX_EMPTY_PAGES = 1000;

/**
 * Reads a list page by page and yields each job once, until the service reports no next page.
 * @param service display name of the provider
 * @param from cursor of the page to start with. Default: the first page
 * @param fetchPage fetches the page at a cursor, or the first page without one
 * @throws ServiceError if the list repeats itself, since it would never end and may be missing jobs
 */
export async function* pagesOf(
	service: string,
	from: string | undefined,
	fetchPage: (cursor: string | undefined) => Promise<ListPage>,
): AsyncGenerator<JobPage> {
	const ids = new Set<string>();
	const cursors = new Set<string>();
	let cursor = from;
	let emptyPages = 0;
	do {
		const { jobs, ids: all = jobs.map(({ transcript }) => transcript.id), next } = await fetchPage(cursor);
		const added = jobs.filter(({ transcript: { id } }) => !ids.has(id));
		const isRepeated = all.length > 0 && all.every((id) => ids.has(id));
		for (const id of all) ids.add(id);
		if (added.length > 0) yield { jobs: added, next };
		emptyPages = jobs.length > 0 ? 0 : emptyPages + 1;
		cursor = next;
		if (cursor === undefined) return;
		if (isRepeated || cursors.has(cursor) || emptyPages >= MAX_EMPTY_PAGES) throw endlessListError(service, ids.size);
		cursors.add(cursor);
	} while (true);
}

/** @param count how many jobs were read */
export function endlessListError(service: string, count: number): ServiceError {
	return new ServiceError({
		message: `The job list from ${service} repeats itself`,
		description: `After ${count} jobs, a page was repeated, so the list may be incomplete. Choose a smaller “Limit”, or fetch by ID. If the credential has a custom Base URL, check that your gateway forwards query parameters.`,
	});
}

/**
 * Returns the valid entries of a list, each with its raw value. Other entries are skipped; without an ID, a job can't
 * be fetched anyway.
 */
export function readEach<T extends z.ZodTypeAny>(
	schema: T,
	list: readonly unknown[],
): Array<{ entry: z.output<T>; raw: unknown }> {
	return list.flatMap((raw) => {
		const parsed = schema.safeParse(raw);
		return parsed.success ? [{ entry: parsed.data as z.output<T>, raw }] : [];
	});
}
