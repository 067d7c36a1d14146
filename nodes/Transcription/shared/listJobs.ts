import { userError, UserError } from '../core/userError';
import { type FetchedJob, type ListFilter } from '../providers/provider';
import type { Session } from './session';

/** Whether the service has a list of jobs, with this credential. */
export function canList({ provider, connection }: Session): boolean {
	return provider.listing !== undefined && provider.listing.unavailable?.(connection.settings) === undefined;
}

/**
 * The account's jobs that the filter describes, the newest first; pages are asked for as the jobs are used. A job of which
 * the list does not tell when it was created is in every period: it is better seen too often than never.
 * @throws InputError where there is no list with this credential, ServiceRefusal
 */
export async function* listJobs(session: Session, filter: ListFilter): AsyncGenerator<FetchedJob> {
	const { provider, connection, api } = session;
	const { listing, displayName } = provider;
	if (!listing) throw userError(`${displayName} has no list of jobs`, 'Keep the IDs that Submit puts out, and fetch by ID.');
	const why = listing.unavailable?.(connection.settings);
	if (why) throw new UserError(why);
	const pages = listing.pages(api, filter);
	if (!listing.newestFirst) return yield* await sorted(pages, filter);
	for await (const page of pages) {
		yield* page.filter((job) => matches(job, filter));
		// The whole page: a job that took its place late, or the clocks of several servers, must not end it.
		if (page.every((job) => createdAt(job) < startOf(filter))) return;
	}
}

async function sorted(pages: AsyncIterable<FetchedJob[]>, filter: ListFilter): Promise<FetchedJob[]> {
	const jobs: FetchedJob[] = [];
	for await (const page of pages) {
		for (const job of page) if (matches(job, filter)) jobs.push(job);
	}
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

/** NaN where it is not known. */
function createdAt({ transcript }: FetchedJob): number {
	return Date.parse(transcript.createdAt ?? '');
}

function startOf({ createdAfter }: ListFilter): number {
	return createdAfter?.getTime() ?? -Infinity;
}
