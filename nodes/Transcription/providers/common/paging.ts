import type { z } from 'zod';
import { ServiceError } from '../../http/errors';
import type { FetchedJob } from '../provider';

/** One answer of a list. */
export interface ListPage<Place> {
	jobs: FetchedJob[];
	/** Of everything on the page, also of what is left out. Default: of the jobs. */
	ids?: readonly string[];
	/** Where the next page begins; undefined where there is none. */
	next?: Place;
}

/** In a row. A page is empty on the way where all of its jobs were deleted, and with some services for no reason. */
const MOST_EMPTY_PAGES = 1000;

/**
 * A list page by page, each job once, until the service says that there are no more.
 * @param service display name of the provider
 * @param ask for the page that begins at a place; without one for the first
 * @throws ServiceRefusal for a list that goes round in circles: it would never end, and what it holds back is not known
 */
export async function* pagesOf<Place extends string | number>(
	service: string,
	ask: (place: Place | undefined) => Promise<ListPage<Place>>,
): AsyncGenerator<FetchedJob[]> {
	const ids = new Set<string>();
	const places = new Set<Place>();
	let place: Place | undefined;
	let empty = 0;
	do {
		const { jobs, ids: all = jobs.map(({ transcript }) => transcript.id), next } = await ask(place);
		const added = jobs.filter(({ transcript: { id } }) => !ids.has(id));
		const isOld = all.length > 0 && all.every((id) => ids.has(id));
		for (const id of all) ids.add(id);
		if (added.length > 0) yield added;
		empty = jobs.length > 0 ? 0 : empty + 1;
		place = next;
		if (place === undefined) return;
		if (isOld || places.has(place) || empty >= MOST_EMPTY_PAGES) throw endless(service, ids.size);
		places.add(place);
	} while (true);
}

/** @param known how many jobs were seen */
export function endless(service: string, known: number): ServiceError {
	return new ServiceError({
		message: `The list of jobs that ${service} gives goes round in circles`,
		description: `After ${known} jobs the same page came again, so whether these are all cannot be known. Choose a smaller Limit, or fetch by ID. With a custom base URL, check that what stands there passes the query on.`,
	});
}

/** The members of a list that can be read, each beside what came; what lacks an ID is nothing that could be asked for. */
export function readEach<T extends z.ZodTypeAny>(schema: T, list: readonly unknown[]): Array<{ given: z.output<T>; raw: unknown }> {
	return list.flatMap((raw) => {
		const parsed = schema.safeParse(raw);
		return parsed.success ? [{ given: parsed.data as z.output<T>, raw }] : [];
	});
}
