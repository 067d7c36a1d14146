import type { IExecuteFunctions } from 'n8n-workflow';
import { pause } from '../core/pause';
import { userError } from '../core/userError';
import { ServiceError } from '../http/errors';
import { MAX_ATTEMPTS } from '../http/retry';
import type { FetchedJob } from '../providers/provider';
import { isFinal } from '../transcript/model';
import { DEFAULT_CONCURRENCY, mapConcurrently } from './concurrency';
import { canList } from './listJobs';
import { fetchJob, mayHideRunningJobs, type Session, withoutRetries } from './session';
import { isSettled, MAX_SETTLE_MS } from './untilSettled';

/** The pause after the first round, in ms. Each later pause is longer by this factor, up to the maximum. */
const FIRST_PAUSE_MS = 1000;
const PAUSE_FACTOR = 1.5;
const MAX_PAUSE_MS = 30_000;

/** With fewer running jobs, the list would hardly save a request. */
const MIN_JOBS_FOR_LIST = 5;
/** At most one page of the list is read per this many running jobs. */
const JOBS_PER_PAGE = 5;

/** A service may need this long until it finds a new job by its ID, in ms. */
const MAX_UNKNOWN_MS = 60_000;

/** A job to wait for. */
export interface PolledJob {
	id: string;
	/** Unix time in ms. */
	deadline: number;
}

/**
 * - `job`: the job has ended
 * - `error`: it can't be fetched, and trying again wouldn't help
 * - `timedOut`: it hadn't ended by its deadline
 */
export type PollResult = { job: FetchedJob } | { error: Error } | TimedOut;

/** The service's responses about a job that hadn't ended by its deadline. There is at least one. */
export interface TimedOut {
	timedOut: true;
	lastJob?: FetchedJob;
	/** Present if it came after `lastJob`. */
	lastError?: ServiceError;
}

export interface PollOptions {
	/**
	 * Whether the jobs were submitted just now, with this session: the service has responded before, it may not know all
	 * jobs yet, and its list starts with them. Default: false.
	 */
	justSubmitted?: boolean;
	/** The maximum number of requests in progress. Default: 10. */
	concurrency?: number;
}

/**
 * Polls until every job has ended or reached its deadline. All jobs are checked together, in rounds: the first one
 * immediately, the others after pauses that grow from one second to 30 seconds. Each job is checked once more at its
 * deadline.
 *
 * In a round, every running job is requested at most once, and at most `concurrency` jobs at a time. Where it saves
 * requests, the service's list shows which jobs have ended, and only those are fetched by ID. Failed requests are
 * repeated in the next round only. A wait of T seconds has at most 10 + ⌈T / 30⌉ rounds, so n jobs take at most
 * n × (11 + ⌈T / 30⌉) status requests, plus the requests for the transcripts themselves.
 *
 * If the service refuses a request and asks for a pause (429, Retry-After), no request is sent until it is over. The
 * round then continues, with fewer requests in progress.
 *
 * @param convert called as soon as the result of a job is known, so that raw transcripts are released early. If it
 *   throws, polling ends.
 * @returns the converted results, in the order of the jobs
 * @throws UserError if the execution was stopped
 */
export async function pollUntilDone<T extends PolledJob, R>(
	context: IExecuteFunctions,
	session: Session,
	jobs: readonly T[],
	convert: (job: T, result: PollResult) => Promise<R>,
	{ justSubmitted = false, concurrency = DEFAULT_CONCURRENCY.read }: PollOptions = {},
): Promise<R[]> {
	const signal = context.getExecutionCancelSignal();
	const results: R[] = [];
	const poller = new Poller(
		withoutRetries(context, session),
		jobs.map(({ id, deadline }, index) => ({
			id,
			index,
			deadline,
			round: 0,
			checkedAt: 0,
			doubtfulErrors: 0,
			doubtfulSince: 0,
		})),
		async (index, result) => {
			results[index] = await convert(jobs[index] as T, result);
		},
		justSubmitted,
		concurrency,
		signal,
	);
	for (;;) {
		throwIfStopped(signal);
		await poller.check();
		if (poller.isDone) return results;
		await pause(poller.nextCheck - Date.now(), signal);
	}
}

/** @throws UserError */
function throwIfStopped(signal: AbortSignal | undefined): void {
	if (!signal?.aborted) return;
	throw userError(
		'The execution was stopped while this node was waiting',
		'The jobs are still running at the provider. Fetch them by ID later.',
	);
}

/** A job that hasn't ended yet, as far as is known. */
interface RunningJob extends PolledJob {
	readonly index: number;
	/** The last round in which the job was checked. */
	round: number;
	/** When the job was last requested, Unix time in ms. */
	checkedAt: number;
	lastJob?: FetchedJob;
	lastError?: ServiceError;
	/** Number of errors in a row that may or may not be permanent. */
	doubtfulErrors: number;
	/** When the first of them occurred, Unix time in ms. */
	doubtfulSince: number;
	isDone?: boolean;
}

class Poller {
	private round = 1;
	private nextRound = 0;
	private roundPauseMs = FIRST_PAUSE_MS;
	/** Until then, the service doesn't want any requests. Unix time in ms. */
	private pausedUntil = 0;
	/** The length of the next pause, unless the service asks for a longer one. */
	private refusalPauseMs = FIRST_PAUSE_MS;
	private refusal?: ServiceError;
	/** The current number of requests in progress, lower after a refusal. */
	private concurrency: number;
	private hasResponded: boolean;
	private usesList: boolean;

	constructor(
		private readonly session: Session,
		private jobs: RunningJob[],
		private readonly report: (index: number, result: PollResult) => Promise<void>,
		private readonly justSubmitted: boolean,
		private readonly maxConcurrency: number,
		private readonly signal: AbortSignal | undefined,
	) {
		this.concurrency = maxConcurrency;
		this.hasResponded = justSubmitted;
		this.usesList = canList(session) && session.provider.listing?.containsTranscripts !== true;
	}

	get isDone(): boolean {
		return this.jobs.length === 0;
	}

	/** Unix time in ms. */
	get nextCheck(): number {
		return Math.min(Math.max(this.nextRound, this.pausedUntil), ...this.jobs.map(({ deadline }) => deadline));
	}

	/** Starts or continues a round if it is time, and checks the jobs at their deadline. */
	async check(): Promise<void> {
		if (Date.now() >= this.nextRound) await this.checkRound();
		const due = this.jobs.filter(({ isDone, deadline }) => !isDone && Date.now() >= deadline);
		await this.checkEach(due.filter(({ checkedAt, deadline }) => checkedAt < deadline));
		for (const job of due) {
			if (!job.isDone && !this.signal?.aborted) await this.finish(job, this.expired(job));
		}
		this.jobs = this.jobs.filter(({ isDone }) => !isDone);
	}

	private async checkRound(): Promise<void> {
		if (this.jobs.every(({ round }) => round < this.round)) await this.checkByList();
		await this.checkEach(this.jobs.filter(({ round, isDone }) => !isDone && round < this.round));
		if (this.jobs.some(({ round, isDone }) => !isDone && round < this.round)) return;
		this.round++;
		this.nextRound = Date.now() + this.roundPauseMs;
		this.roundPauseMs = Math.min(MAX_PAUSE_MS, this.roundPauseMs * PAUSE_FACTOR);
		this.concurrency = Math.min(this.maxConcurrency, this.concurrency * 2);
	}

	/**
	 * Uses the service's list to learn which jobs are still running. The others remain unchecked in this round: jobs that
	 * have ended, because their authoritative state is only available by ID, and those that aren't listed.
	 */
	private async checkByList(): Promise<void> {
		const isFirst = this.round === 1;
		// Before the first round, the jobs may have ended long ago.
		if (!this.usesList || !this.mayRequest || this.jobs.length < MIN_JOBS_FOR_LIST) return;
		if (isFirst && !this.justSubmitted) return;
		const list = await this.readList();
		if (!list) return;
		const { states, pages } = list;
		for (const job of this.jobs) {
			const listed = states.get(job.id);
			if (listed && !isFinal(listed.transcript.status)) job.round = this.round;
		}
		// A new job may be missing from the first list.
		const unlisted = this.jobs.filter(({ id }) => !states.has(id)).length;
		if (!isFirst && pages + unlisted >= this.jobs.length) this.usesList = false;
	}

	/** Reads the list until it contains all jobs, or would no longer save requests. */
	private async readList(): Promise<{ states: Map<string, FetchedJob>; pages: number } | undefined> {
		const states = new Map<string, FetchedJob>();
		const missing = new Set(this.jobs.map(({ id }) => id));
		const maxPages = Math.floor(this.jobs.length / JOBS_PER_PAGE);
		let pages = 0;
		try {
			for await (const { jobs } of this.session.provider.listing?.pages(this.session.api, {}) ?? []) {
				pages++;
				for (const job of jobs) {
					if (missing.delete(job.transcript.id)) states.set(job.transcript.id, job);
				}
				if (missing.size === 0 || pages >= maxPages) break;
			}
			return { states, pages };
		} catch (error) {
			// Without the list, every job can still be fetched by its ID.
			this.usesList = error instanceof ServiceError && this.isRefusal(error);
			return undefined;
		}
	}

	private async checkEach(jobs: readonly RunningJob[]): Promise<void> {
		await mapConcurrently(
			jobs,
			async (job) => {
				if (!this.mayRequest) return;
				const result = await this.fetch(job);
				if (result) await this.finish(job, result);
			},
			this.concurrency,
		);
	}

	private get mayRequest(): boolean {
		return Date.now() >= this.pausedUntil && !this.signal?.aborted;
	}

	private async finish(job: RunningJob, result: PollResult): Promise<void> {
		job.isDone = true;
		job.lastJob = undefined;
		await this.report(job.index, result);
	}

	/** A job that only lacks late results has ended, so it hasn't timed out. */
	private expired({ lastJob, lastError = lastJob ? undefined : this.refusal }: RunningJob): PollResult {
		if (lastJob?.isUnsettled) return { job: lastJob };
		return { timedOut: true, ...(lastJob && { lastJob }), ...(lastError && { lastError }) };
	}

	/** @returns the job's result, or undefined if it may still change */
	private async fetch(job: RunningJob): Promise<PollResult | undefined> {
		job.checkedAt = Date.now();
		try {
			const fetched = await fetchJob(this.session, job.id);
			this.hasResponded = true;
			this.refusalPauseMs = FIRST_PAUSE_MS;
			job.round = this.round;
			job.doubtfulErrors = 0;
			if (isSettled(fetched)) return { job: fetched };
			// A completed job that only lacks late results has ended, so the wait for them has its own limit.
			if (fetched.isUnsettled && !job.lastJob?.isUnsettled)
				job.deadline = Math.min(job.deadline, Date.now() + MAX_SETTLE_MS);
			job.lastJob = fetched;
			job.lastError = undefined;
			return undefined;
		} catch (error) {
			// Stopping the execution aborts the request, which looks like a network error.
			if (this.signal?.aborted) return undefined;
			if (!(error instanceof ServiceError)) return { error: error as Error };
			job.lastError = error;
			if (this.isRefusal(error)) return undefined;
			job.round = this.round;
			return this.isPermanent(error, job) ? { error } : undefined;
		}
	}

	/** Whether the service asks for a pause, which then begins. */
	private isRefusal(error: ServiceError): boolean {
		const { status, retryAfterMs, isTransient } = error;
		if (status !== undefined) this.hasResponded = true;
		if (status !== 429 && !(isTransient && retryAfterMs !== undefined)) return false;
		this.refusal = error;
		// Refusals of requests that were in progress simultaneously are one reason to pause.
		if (Date.now() >= this.pausedUntil) {
			this.concurrency = Math.max(1, Math.floor(this.concurrency / 2));
			this.pausedUntil = Date.now() + this.refusalPauseMs;
			this.refusalPauseMs = Math.min(MAX_PAUSE_MS, this.refusalPauseMs * PAUSE_FACTOR);
		}
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + (retryAfterMs ?? 0));
		return true;
	}

	private isPermanent(error: ServiceError, job: RunningJob): boolean {
		if (!this.isDoubtful(error)) {
			job.doubtfulErrors = 0;
			return !error.isTransient && !(error.isNotFound && mayHideRunningJobs(this.session));
		}
		if (job.doubtfulErrors++ === 0) job.doubtfulSince = Date.now();
		const elapsedMs = Date.now() - job.doubtfulSince;
		return job.doubtfulErrors >= MAX_ATTEMPTS && elapsedMs >= (error.isNotFound ? MAX_UNKNOWN_MS : 0);
	}

	/** Whether the error counts as permanent only if it occurs several times in a row. */
	private isDoubtful(error: ServiceError): boolean {
		if (error.isNotFound) return this.justSubmitted && !mayHideRunningJobs(this.session);
		// If the host has never responded, the base URL could be wrong.
		if (error.isTransient) return !this.hasResponded;
		return error.explanation.isUnreadable === true;
	}
}
