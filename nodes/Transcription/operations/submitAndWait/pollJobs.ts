import { sleep } from 'n8n-workflow';
import { ServiceError } from '../../http/errors';
import type { FetchedJob } from '../../providers/provider';
import { eventIdOf, isFinal, type Transcript, withoutAbsent } from '../../transcript/model';
import { fetchJob, mayHideRunningJobs, type Session } from '../../shared/session';
import { retryUntilFinal } from '../../shared/retryUntilFinal';
import { isSettled, untilSettled } from '../../shared/untilSettled';
import { DEFAULT_CONCURRENCY, mapConcurrently } from '../../shared/concurrency';
import type { WaitingJob } from './waitingItems';
import { readNumber } from '../../core/optionReaders';

/** The content of a verified callback about a job. */
export interface Announcement {
	event: string;
	details?: Readonly<Record<string, string | number>>;
}

/** A job that has ended, or the permanent error that prevents fetching it. */
export type JobResult = FetchedJob | { error: ServiceError };

/**
 * Fetches the job.
 * @returns undefined while it is running
 * @throws ServiceError, with `isNotFound` if the service doesn't know the job
 */
export async function fetchIfEnded(
	session: Session,
	id: string,
	announced?: Announcement,
): Promise<FetchedJob | undefined> {
	const job = await fetchJob(session, id, toAnnounced(announced));
	return isFinal(job.transcript.status) ? job : undefined;
}

/**
 * Fetches the result of a job. A job that the service no longer has counts as failed, with an `errorMessage` that names
 * the job.
 * @param settleMs maximum time to wait for late results of a completed job
 * @returns undefined while the job is running, or if a callback announced its end but the service still doesn't report it
 * @throws ServiceError for a temporary error
 */
export async function resolveJob(
	session: Session,
	id: string,
	announced?: Announcement,
	settleMs?: number,
): Promise<JobResult | undefined> {
	const result = await retryUntilFinal(async (isLast) => {
		const fetched = await tryFetch(session, id, announced);
		return isLast || isConclusive(fetched, announced)
			? { result: toResult(session, id, fetched, announced) }
			: undefined;
	});
	if (!result || 'error' in result) return result;
	return await untilSettled(result, async () => await fetchJob(session, id, toAnnounced(announced)), settleMs);
}

function toAnnounced(announced: Announcement | undefined): Readonly<Record<string, string>> | undefined {
	return announced && { ...announced.details, status: announced.event };
}

/** @returns an error only if trying again wouldn't help */
async function tryFetch(
	session: Session,
	id: string,
	announced: Announcement | undefined,
): Promise<FetchedJob | ServiceError | undefined> {
	return await fetchIfEnded(session, id, announced).catch((error: unknown) => {
		if (!(error instanceof ServiceError)) throw error;
		if (!error.isNotFound && (error.isTransient || error.isAccountRefused)) throw error;
		const mayBeRunning = error.isNotFound && announced === undefined && mayHideRunningJobs(session);
		return mayBeRunning ? undefined : error;
	});
}

function isConclusive(fetched: FetchedJob | ServiceError | undefined, announced: Announcement | undefined): boolean {
	const isMissing = fetched instanceof ServiceError && fetched.isNotFound;
	switch (announced?.event) {
		case undefined:
			return !isMissing;
		case 'completed':
			return !isMissing && (fetched instanceof ServiceError || fetched?.transcript.status === 'completed');
		default:
			return fetched !== undefined;
	}
}

function toResult(
	session: Session,
	id: string,
	fetched: FetchedJob | ServiceError | undefined,
	announced: Announcement | undefined,
): JobResult | undefined {
	if (!(fetched instanceof ServiceError)) return fetched;
	return fetched.isNotFound
		? { transcript: notFoundTranscript(session.provider.name, id, fetched, announced) }
		: { error: fetched };
}

/**
 * Fetches the results of all jobs, and stops as soon as one is still running. Usually, the first one still is, so the
 * number of concurrent requests starts at one and doubles.
 * @param fetchResult returns undefined while the job is running
 * @param concurrency where the number of concurrent requests stops growing
 * @returns undefined if a job is still running
 */
export async function pollJobs<T>(
	jobs: readonly WaitingJob[],
	fetchResult: (job: WaitingJob) => Promise<T | undefined>,
	concurrency = DEFAULT_CONCURRENCY.read,
): Promise<T[] | undefined> {
	const results: T[] = [];
	for (let next = 0, count = 1; next < jobs.length; next += count, count = Math.min(concurrency, count * 2)) {
		const batch = jobs.slice(next, next + count);
		for (const result of await mapConcurrently(batch, fetchResult, concurrency)) {
			if (result === undefined) return undefined;
			results.push(result);
		}
	}
	return results;
}

/** Returns the failed transcript of a job that the service no longer has. */
export function notFoundTranscript(
	provider: string,
	id: string,
	error: ServiceError,
	announced?: Announcement,
): Transcript {
	const { message, description } = error.explanation;
	const announcedReason = announced?.event === 'failed' ? announced.details?.errorMessage : undefined;
	const reason = String(announcedReason ?? `${message}. ${description}`.trim());
	return withoutAbsent<Transcript>({
		status: 'failed',
		errorMessage: reason.includes(id) ? reason : `${reason} (${id})`,
		provider,
		id,
		eventId: eventIdOf(provider, id, 'failed'),
	});
}

/** Seconds. */
export const DEFAULT_INITIAL_POLL = 5;
export const MAX_INITIAL_POLL = 60;

/** Pauses between polls, in ms. The last one repeats. */
const PAUSES_MS = [500, 1000, 2000];

/** @throws UserError */
export function readInitialPoll(value: unknown): number {
	return readNumber(value, 'Initial Poll (Seconds)', { min: 0, max: MAX_INITIAL_POLL }) ?? DEFAULT_INITIAL_POLL;
}

/**
 * Polls until all jobs have ended, with increasing pauses, as long as another poll fits within the time limit.
 * @returns the jobs in order, or undefined if one is still running or the service didn't respond in time
 */
export async function initialPoll(
	session: Session,
	jobs: readonly WaitingJob[],
	seconds: number,
	canceled: AbortSignal | undefined,
	concurrency?: number,
): Promise<FetchedJob[] | undefined> {
	if (seconds === 0) return undefined;
	const timeout = Promise.race([sleep(seconds * 1000), aborted(canceled)]).then(() => undefined);
	return await Promise.race([timeout, pollUntil(session, jobs, Date.now() + seconds * 1000, canceled, concurrency)]);
}

async function pollUntil(
	session: Session,
	jobs: readonly WaitingJob[],
	until: number,
	canceled: AbortSignal | undefined,
	concurrency?: number,
): Promise<FetchedJob[] | undefined> {
	const ended = new Map<string, FetchedJob>();
	for (let round = 0; !canceled?.aborted; round++) {
		const pause = PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)] ?? 0;
		// The response would be too late, and callbacks are refused until the execution is waiting.
		if (Date.now() + pause >= until) return undefined;
		await sleep(pause);
		const running = jobs.filter(({ id }) => !ended.has(id));
		// Errors don't fail the node: the jobs have been submitted, and their callbacks will arrive. Also, the service may
		// not know a job yet.
		const fetchSettled = async ({ id }: WaitingJob) => {
			const job = await fetchIfEnded(session, id);
			if (!job || !isSettled(job)) return undefined;
			ended.set(id, job);
			return job;
		};
		await pollJobs(running, fetchSettled, concurrency).catch(() => undefined);
		if (jobs.every(({ id }) => ended.has(id))) return jobs.map(({ id }) => ended.get(id) as FetchedJob);
	}
	return undefined;
}

async function aborted(signal: AbortSignal | undefined): Promise<void> {
	await new Promise<void>((resolve) => {
		if (signal?.aborted) resolve();
		signal?.addEventListener('abort', () => resolve(), { once: true });
	});
}
