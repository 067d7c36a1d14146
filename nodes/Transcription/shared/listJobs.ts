import { userError, UserError } from '../core/userError';
import { type FetchedJob, type ListFilter } from '../providers/provider';
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
	const { provider, connection, api } = session;
	const { listing, displayName } = provider;
	if (!listing)
		throw userError(
			`${displayName} can’t list jobs`,
			'Store the IDs that Submit returns, and fetch transcripts by ID.',
		);
	const unavailable = listing.unavailable?.(connection.settings);
	if (unavailable) throw new UserError(unavailable);
	const pages = listing.pages(api, filter);
	if (!listing.newestFirst) return yield* await sorted(pages, filter);
	for await (const page of pages) {
		yield* page.filter((job) => matches(job, filter));
		// Checks the whole page, since jobs may be slightly out of order (late inserts, different server clocks).
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

/** Returns NaN if unknown. */
function createdAt({ transcript }: FetchedJob): number {
	return Date.parse(transcript.createdAt ?? '');
}

function startOf({ createdAfter }: ListFilter): number {
	return createdAfter?.getTime() ?? -Infinity;
}
