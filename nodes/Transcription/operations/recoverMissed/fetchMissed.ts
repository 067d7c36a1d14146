import type { IExecuteFunctions } from 'n8n-workflow';
import { isNotFound, ServiceError } from '../../http/errors';
import { isFinal } from '../../transcript/model';
import { mapConcurrently } from '../../shared/concurrency';
import { type JobOutcome, jobOutcome, originOf, wouldReportCallbackUrl } from '../../shared/jobOutput';
import { fetchJob, mayHideRunningJobs, type Session } from '../../shared/session';
import { MAX_SETTLE_MS, untilSettled } from '../../shared/untilSettled';
import type { Candidate, Failure } from './candidates';
import type { EndStatus, RecoverSettings } from './settings';
import type { WaitingExecutions } from './waitingExecutions';

export interface FetchedCandidate {
	candidate: Candidate;
	outcome: JobOutcome;
	/** ID of the crashed execution that the job belongs to, if any. */
	crashedExecution?: string;
}

/** The candidates by outcome. */
export interface MissedJobs {
	/** Jobs that were fetched and still have to be recorded and returned. */
	fetched: FetchedCandidate[];
	failures: Failure[];
	/** IDs of jobs that were submitted for a different trigger. */
	foreign: string[];
	/** IDs of listed jobs that don't report which trigger they were submitted for. */
	unattributed: string[];
	/** Candidates that weren't found and may not have ended yet, because the service hides jobs until they have ended. */
	hidden: Candidate[];
	/** IDs of jobs whose execution n8n no longer has. Whether it crashed is therefore unknown. */
	withoutExecution: string[];
	/** IDs of jobs whose execution status n8n didn't report. */
	withoutStatus: string[];
	/** Number of candidates that weren't checked. */
	remaining: number;
}

/** After this many consecutive failures, the remaining candidates are left for the next run. */
const MAX_CONSECUTIVE_FAILURES = 20;
/**
 * Jobs to skip are recorded in batches. One write per job would be too many, but a run that is killed shouldn't lose
 * much.
 */
const SKIP_BATCH_SIZE = 25;

/** Access to the deduplication records. */
export interface Handled {
	/**
	 * Whether a candidate is still unhandled. Another delivery may have been handled in the meantime and its transcript
	 * deleted.
	 */
	isOpen(candidate: Candidate): Promise<boolean>;
	/** Records jobs that later runs will skip. */
	skip(ids: readonly string[]): Promise<void>;
}

/**
 * Fetches the candidates, a few at a time and in their order; a failure doesn't stop the others. Jobs that belong to other triggers are recorded
 * along the way, so that if a run is aborted, the next one doesn't have to check them again.
 * @param isListed whether the candidates came from the service's list rather than from the user
 * @param executions set to include jobs of crashed executions
 */
export async function fetchMissed(
	context: IExecuteFunctions,
	session: Session,
	candidates: readonly Candidate[],
	settings: RecoverSettings,
	isListed: boolean,
	executions: WaitingExecutions | undefined,
	{ isOpen, skip }: Handled,
): Promise<MissedJobs> {
	const result: MissedJobs = {
		fetched: [],
		failures: [],
		foreign: [],
		unattributed: [],
		hidden: [],
		withoutExecution: [],
		withoutStatus: [],
		remaining: 0,
	};
	const recorded = { foreign: 0, unattributed: 0 };
	const recordSkipped = async (minimum: number) => {
		const { foreign, unattributed } = result;
		const unrecorded = [...foreign.slice(recorded.foreign), ...unattributed.slice(recorded.unattributed)];
		if (!isListed || unrecorded.length < minimum) return;
		await skip(unrecorded);
		Object.assign(recorded, { foreign: foreign.length, unattributed: unattributed.length });
	};
	let consecutiveFailures = 0;
	// All jobs share this time limit, since jobs that still lack results by then usually never get them.
	const settleUntil = Date.now() + MAX_SETTLE_MS;
	const attempt = async (candidate: Candidate): Promise<FetchedCandidate | Failure | undefined> => {
		try {
			return await fetchCandidate(context, session, candidate, settings, isListed, executions, settleUntil, result);
		} catch (error) {
			return (await isOpen(candidate)) ? { ...candidate, error } : undefined;
		}
	};
	for (let next = 0; next < candidates.length;) {
		context.getExecutionCancelSignal()?.throwIfAborted();
		const wanted = settings.maxTranscripts - result.fetched.length;
		if (wanted === 0 || consecutiveFailures >= MAX_CONSECUTIVE_FAILURES) {
			result.remaining = candidates.length - next;
			break;
		}
		const batch = candidates.slice(next, next + Math.min(settings.concurrency, wanted));
		next += batch.length;
		for (const outcome of await mapConcurrently(batch, attempt, batch.length)) {
			if (outcome && 'error' in outcome) {
				result.failures.push(outcome);
				consecutiveFailures = affectsEveryJob(outcome.error) ? consecutiveFailures + 1 : 0;
			} else {
				if (outcome) result.fetched.push(outcome);
				consecutiveFailures = 0;
			}
		}
		await recordSkipped(SKIP_BATCH_SIZE);
	}
	await recordSkipped(1);
	return result;
}

/**
 * Whether the error would also affect the next job. A missing job, or one whose files can't be created, doesn't affect
 * the others.
 */
function affectsEveryJob(error: unknown): boolean {
	if (!(error instanceof ServiceError) || error.isNotFound) return false;
	return error.isTransient || error.isAccountRefused || error.status === 403;
}

async function fetchCandidate(
	context: IExecuteFunctions,
	session: Session,
	candidate: Candidate,
	{ events, includeUnattributed }: RecoverSettings,
	isListed: boolean,
	executions: WaitingExecutions | undefined,
	settleUntil: number,
	result: MissedJobs,
): Promise<FetchedCandidate | undefined> {
	const { provider } = session;
	// If the list contains the callback URL, jobs that are skipped anyway don't have to be fetched.
	if (!(await mayRecover(candidate.id, candidate.callbackUrl, executions, result))) return undefined;
	const refetch = async () => await fetchJob(session, candidate.id);
	const job = await refetch().catch((error: unknown) => {
		if (isNotFound(error) && mayHideRunningJobs(session)) return undefined;
		throw error;
	});
	if (!job) {
		result.hidden.push(candidate);
		return undefined;
	}
	if (!(await mayRecover(candidate.id, job.callbackUrl, executions, result))) return undefined;
	const execution = executions?.find(job.callbackUrl);
	const { status } = job.transcript;
	const origin = originOf(context, provider, job);
	// If a service reports callback URLs but none for this job, the job was submitted without a callback.
	const isForeign =
		!execution &&
		(origin === 'elsewhere' || (isListed && origin === 'unknown' && wouldReportCallbackUrl(provider, job)));
	if (isForeign) {
		result.foreign.push(candidate.id);
	} else if (isFinal(status) && events.includes(status as EndStatus)) {
		if (isListed && origin === 'unknown' && !includeUnattributed) result.unattributed.push(candidate.id);
		else {
			const settled = await untilSettled(job, refetch, settleUntil - Date.now());
			const outcome = await jobOutcome(context, candidate.itemIndex, session, settled, candidate.callbackData);
			return { candidate, outcome, ...(execution && { crashedExecution: execution.id }) };
		}
	}
	return undefined;
}

/** Returns false for a job of an execution that isn't known to have crashed, and records why it is skipped. */
async function mayRecover(
	id: string,
	callbackUrl: string | undefined,
	executions: WaitingExecutions | undefined,
	{ foreign, withoutExecution, withoutStatus }: MissedJobs,
): Promise<boolean> {
	const execution = executions?.find(callbackUrl);
	if (!executions || !execution) return true;
	const state = await executions.stateOf(execution);
	// An execution in one of these two states can no longer crash.
	if (state === 'ended' || state === 'missing') foreign.push(id);
	if (state === 'missing') withoutExecution.push(id);
	if (state === 'unknown') withoutStatus.push(id);
	return state === 'crashed';
}
