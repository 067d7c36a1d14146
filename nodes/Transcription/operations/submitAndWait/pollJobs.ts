import { sleep } from 'n8n-workflow';
import { ServiceError } from '../../http/errors';
import type { FetchedJob } from '../../providers/provider';
import { eventIdOf, isFinal, type Transcript, withoutAbsent } from '../../transcript/model';
import { fetchJob, isUnfinishedHidden, type Session } from '../../shared/session';
import { untilSettled } from '../../shared/untilSettled';
import type { WaitingJob } from './waitingItems';
import { readNumber } from '../../core/optionReaders';

/** What a verified callback said about a job. */
export interface Announcement {
	event: string;
	details?: Readonly<Record<string, string>>;
}

/** How a job ended, or why that cannot be learned, now or later. */
export type JobResult = FetchedJob | { refusal: ServiceError };

/**
 * The job if it has ended, undefined while it runs.
 * @throws ServiceRefusal, `gone` where the service does not know the job
 */
export async function fetchIfEnded(session: Session, id: string, announced?: Announcement): Promise<FetchedJob | undefined> {
	const said = announced && { ...announced.details, status: announced.event };
	const job = await fetchJob(session, id, said);
	return isFinal(job.transcript.status) ? job : undefined;
}

/**
 * How a job has ended, undefined while it runs, or where a callback announced its end and the service still does not show
 * it. A job that the service no longer has counts as failed: its `errorMessage` says so and names it.
 * @throws ServiceRefusal where the service cannot tell at the moment
 */
export async function resolveJob(session: Session, id: string, announced?: Announcement): Promise<JobResult | undefined> {
	return await untilSettled(async (isLast) => {
		const seen = await tryFetch(session, id, announced);
		return isLast || isCertain(seen, announced) ? { result: toResult(session, id, seen, announced) } : undefined;
	});
}

/** @returns a refusal only where asking again would not help */
async function tryFetch(session: Session, id: string, announced: Announcement | undefined): Promise<FetchedJob | ServiceError | undefined> {
	return await fetchIfEnded(session, id, announced).catch((error: unknown) => {
		if (!(error instanceof ServiceError)) throw error;
		if (!error.isNotFound && (error.isTransient || error.isAccountRefused)) throw error;
		const mayRun = error.isNotFound && announced === undefined && isUnfinishedHidden(session);
		return mayRun ? undefined : error;
	});
}

function isCertain(seen: FetchedJob | ServiceError | undefined, announced: Announcement | undefined): boolean {
	const isGone = seen instanceof ServiceError && seen.isNotFound;
	switch (announced?.event) {
		case undefined:
			return !isGone;
		case 'completed':
			return !isGone && (seen instanceof ServiceError || seen?.transcript.status === 'completed');
		default:
			return seen !== undefined;
	}
}

function toResult(session: Session, id: string, seen: FetchedJob | ServiceError | undefined, announced: Announcement | undefined): JobResult | undefined {
	if (!(seen instanceof ServiceError)) return seen;
	return seen.isNotFound ? { transcript: notFoundTranscript(session.provider.name, id, seen, announced) } : { refusal: seen };
}

/** How many jobs are asked for at the same time. */
const CONCURRENCY = 8;

/**
 * The ends of all these jobs; undefined as soon as one still runs. Usually the first does: hence one is asked for, then
 * two, and so on.
 * @param ask for the end of a job, undefined while it runs
 */
export async function pollJobs<T>(jobs: readonly WaitingJob[], ask: (job: WaitingJob) => Promise<T | undefined>): Promise<T[] | undefined> {
	const ends: T[] = [];
	for (let next = 0, count = 1; next < jobs.length; next += count, count = Math.min(CONCURRENCY, count * 2)) {
		const batch = jobs.slice(next, next + count);
		for (const end of await mapConcurrently(batch, ask)) {
			if (end === undefined) return undefined;
			ends.push(end);
		}
	}
	return ends;
}

/** Does the work for all, a few at a time, and keeps their order. The first failure ends it, when what was begun has ended. */
export async function mapConcurrently<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	let next = 0;
	const lane = async () => {
		while (next < all.length) {
			const index = next++;
			results[index] = await work(all[index] as T).catch((error: unknown) => {
				next = all.length;
				throw error;
			});
		}
	};
	const lanes = await Promise.allSettled(Array.from({ length: Math.min(CONCURRENCY, all.length) }, lane));
	const failed = lanes.find((outcome) => outcome.status === 'rejected');
	if (failed) throw failed.reason;
	return results;
}

function notFoundTranscript(provider: string, id: string, refusal: ServiceError, announced: Announcement | undefined): Transcript {
	const { message, description } = refusal.explanation;
	const why = announced?.event === 'failed' ? announced.details?.errorMessage : undefined;
	const reason = why ?? `${message}. ${description}`.trim();
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

/** Pauses between looks, in ms; the last one repeats. */
const PAUSES_MS = [500, 1000, 2000];

/** @throws InputError */
export function readInitialPoll(value: unknown): number {
	return readNumber(value, 'Initial Poll (Seconds)', { min: 0, max: MAX_INITIAL_POLL }) ?? DEFAULT_INITIAL_POLL;
}

/**
 * Looks whether all jobs end, with growing pauses, until no further look fits into that time.
 * @returns their ends in order, or undefined where one still runs, or the service did not answer in time
 */
export async function initialPoll(
	session: Session,
	jobs: readonly WaitingJob[],
	seconds: number,
	cancelled: AbortSignal | undefined,
): Promise<FetchedJob[] | undefined> {
	if (seconds === 0) return undefined;
	const over = Promise.race([sleep(seconds * 1000), aborted(cancelled)]).then(() => undefined);
	return await Promise.race([over, pollUntil(session, jobs, Date.now() + seconds * 1000, cancelled)]);
}

async function pollUntil(
	session: Session,
	jobs: readonly WaitingJob[],
	until: number,
	cancelled: AbortSignal | undefined,
): Promise<FetchedJob[] | undefined> {
	const known = new Map<string, FetchedJob>();
	for (let round = 0; !cancelled?.aborted; round++) {
		const pause = PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)] ?? 0;
		// An answer would come too late, and callbacks are refused until the execution is parked.
		if (Date.now() + pause >= until) return undefined;
		await sleep(pause);
		const running = jobs.filter(({ id }) => !known.has(id));
		// Trouble is no reason to fail: the jobs are submitted, and their callbacks will come. Nor is that the service knows
		// nothing of a job yet.
		await pollJobs(running, async ({ id }) => {
			const end = await fetchIfEnded(session, id);
			if (end) known.set(id, end);
			return end;
		}).catch(() => undefined);
		if (jobs.every(({ id }) => known.has(id))) return jobs.map(({ id }) => known.get(id) as FetchedJob);
	}
	return undefined;
}

async function aborted(signal: AbortSignal | undefined): Promise<void> {
	await new Promise<void>((resolve) => {
		if (signal?.aborted) resolve();
		signal?.addEventListener('abort', () => resolve(), { once: true });
	});
}
