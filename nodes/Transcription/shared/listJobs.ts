import { userError, UserError } from '../core/userError';
import type { FetchedJob, JobPage, ListFilter, Listing } from '../providers/provider';
import type { Session } from './session';

/** Whether the service can list jobs with this credential. */
export function canList({ provider, connection }: Session): boolean {
	return provider.listing !== undefined && provider.listing.unavailable?.(connection.settings) === undefined;
}

/**
 * Lists the account's jobs that match the filter, newest first. Pages are requested as needed. A job without a creation
 * date matches every period, since returning it too often is better than never.
 * @throws UserError if the service can't list jobs with this credential; ServiceError
 */
export async function* listJobs(session: Session, filter: ListFilter): AsyncGenerator<FetchedJob> {
	const listing = listingOf(session);
	const pages = listing.pages(session.api, filter);
	if (!listing.newestFirst) return yield* newestFirst(await allJobs(pages, (job) => matches(job, filter)));
	for await (const { jobs } of pages) {
		yield* jobs.filter((job) => matches(job, filter));
		// Checks the whole page, since jobs may be slightly out of order (late inserts, different server clocks).
		if (jobs.every((job) => createdAt(job) < startOf(filter))) return;
	}
}

/** Where a list contains whole transcripts, the newest jobs are looked for in these periods, in days, one after the other. */
const RECENT_DAYS = [1, 7, 30];
const DAY_MS = 86_400_000;

/**
 * Returns the newest jobs, at most `count`. If the service's list contains whole transcripts, only jobs of the last
 * 30 days are found.
 * @param isWanted only jobs for which this returns true are returned. Default: all
 * @throws UserError if the service can't list jobs with this credential; ServiceError
 */
export async function newestJobs(
	session: Session,
	count: number,
	filter: ListFilter = {},
	isWanted: (job: FetchedJob) => boolean = () => true,
): Promise<FetchedJob[]> {
	const periods = listingOf(session).containsTranscripts ? RECENT_DAYS : [Infinity];
	let found: FetchedJob[] = [];
	for (const days of periods) {
		const createdAfter = days === Infinity ? {} : { createdAfter: new Date(Date.now() - days * DAY_MS) };
		found = [];
		for await (const job of listJobs(session, { ...filter, ...createdAfter })) {
			if (isWanted(job)) found.push(job);
			if (found.length === count) return found;
		}
	}
	return found;
}

/** The size of a part that `listPart` returns, unless the service's pages are larger. */
const PART_SIZE = 50;
/** Limits the time that a search may take. */
const MAX_PAGES_PER_PART = 20;

/**
 * Lists a part of the account's jobs, newest first, for a menu that loads more entries as the user scrolls. If the service's
 * list contains whole transcripts, there is only one part: the newest jobs of the last 30 days.
 * @param query only jobs for which this returns true are listed. Default: all
 * @param from the `next` of the previous part. Default: the first part
 * @returns the jobs, which may be none although there is a `next`, if none of many pages matched
 * @throws UserError if the service can't list jobs with this credential; ServiceError
 */
export async function listPart(
	session: Session,
	query?: (job: FetchedJob) => boolean,
	from?: string,
): Promise<JobPage> {
	const listing = listingOf(session);
	const isWanted = query ?? (() => true);
	if (listing.containsTranscripts) return { jobs: await newestJobs(session, PART_SIZE, {}, isWanted) };
	if (!listing.newestFirst) {
		// Every part requires the whole list, because any page may contain the newest jobs.
		const jobs = newestFirst(await allJobs(listing.pages(session.api, {}), isWanted));
		const end = Number(from ?? 0) + PART_SIZE;
		return { jobs: jobs.slice(end - PART_SIZE, end), next: end < jobs.length ? String(end) : undefined };
	}
	const found: FetchedJob[] = [];
	let pageCount = 0;
	// A search needs the largest pages.
	for await (const { jobs, next } of listing.pages(session.api, query ? {} : { limit: PART_SIZE }, from)) {
		found.push(...jobs.filter(isWanted));
		pageCount++;
		if (found.length >= PART_SIZE || pageCount >= MAX_PAGES_PER_PART) return { jobs: newestFirst(found), next };
	}
	return { jobs: newestFirst(found) };
}

/** @throws UserError if the service can't list jobs with this credential */
function listingOf({ provider: { listing, displayName }, connection }: Session): Listing {
	if (!listing)
		throw userError(
			`${displayName} can’t list jobs`,
			'Store the IDs that Submit returns, and fetch transcripts by ID.',
		);
	const unavailable = listing.unavailable?.(connection.settings);
	if (unavailable) throw new UserError(unavailable);
	return listing;
}

async function allJobs(pages: AsyncIterable<JobPage>, isWanted: (job: FetchedJob) => boolean): Promise<FetchedJob[]> {
	const all: FetchedJob[] = [];
	for await (const { jobs } of pages) {
		for (const job of jobs) if (isWanted(job)) all.push(job);
	}
	return all;
}

function newestFirst(jobs: FetchedJob[]): FetchedJob[] {
	const timeOf = (job: FetchedJob) => createdAt(job) || 0;
	return jobs.sort((a, b) => timeOf(b) - timeOf(a));
}

function matches(job: FetchedJob, filter: ListFilter): boolean {
	const { status, createdBefore } = filter;
	const time = createdAt(job);
	return (
		(status === undefined || job.transcript.status === status) &&
		!(time < startOf(filter)) &&
		!(createdBefore !== undefined && time >= createdBefore.getTime())
	);
}

/** Returns NaN if unknown. */
function createdAt({ transcript }: FetchedJob): number {
	return Date.parse(transcript.createdAt ?? '');
}

function startOf({ createdAfter }: ListFilter): number {
	return createdAfter?.getTime() ?? -Infinity;
}
