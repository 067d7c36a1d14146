import type { IExecuteFunctions } from 'n8n-workflow';
import { isNotFound, ServiceError } from '../../http/errors';
import { isFinal } from '../../transcript/model';
import { type JobOutcome, jobOutcome, originOf } from '../../shared/jobOutput';
import { fetchJob, isUnfinishedHidden, type Session } from '../../shared/session';
import type { Candidate, Failure } from './candidates';
import type { EndStatus, RecoverSettings } from './settings';
import type { WaitingExecutions } from './waitingExecutions';

/** What became of the candidates. */
export interface MissedJobs {
	/** To be recorded and handed on. */
	taken: Array<{
		candidate: Candidate;
		outcome: JobOutcome;
		/** ID of the crashed execution that the job belongs to, if it belongs to one. */
		crashedExecution?: string;
	}>;
	failures: Failure[];
	/** IDs of jobs that were submitted for another place. */
	foreign: string[];
	/** Jobs of the list that do not say for which place they were submitted. */
	unclaimed: string[];
	/** Not there (yet), by a service that hides jobs until they have ended. */
	hidden: Candidate[];
	/** Jobs whose execution n8n no longer has, so that nothing says whether it crashed. */
	withoutExecution: string[];
	/** Jobs whose execution n8n couldn't be asked about. */
	unanswered: string[];
	/** How many were not looked at. */
	left: number;
}

/** Where a service in trouble refuses so many in a row, the rest waits for the next run. */
const MAX_CONSECUTIVE_FAILURES = 20;
/** What is remembered costs a write: for each job it would be too much, and a run that is killed should lose little. */
const REMEMBER_BATCH_SIZE = 25;

/** What the harvest asks of the record. */
export interface Handled {
	/** Whether a candidate still is one: another delivery may have been handled, and its transcript deleted. */
	isOpen(candidate: Candidate): Promise<boolean>;
	/** Remembers jobs that are not to be looked at again. */
	leaveOut(ids: readonly string[]): Promise<void>;
}

/**
 * Fetches the candidates one by one: what cannot be fetched stops nobody. Those of other places are remembered as it
 * goes, so that a run that is ended before its end has not looked at them in vain.
 * @param isListed whether they come from the service's list, and not from the user
 * @param executions if jobs of crashed executions are wanted
 */
export async function fetchMissed(
	context: IExecuteFunctions,
	session: Session,
	candidates: readonly Candidate[],
	settings: RecoverSettings,
	isListed: boolean,
	executions: WaitingExecutions | undefined,
	{ isOpen, leaveOut }: Handled,
): Promise<MissedJobs> {
	const result: MissedJobs = { taken: [], failures: [], foreign: [], unclaimed: [], hidden: [], withoutExecution: [], unanswered: [], left: 0 };
	const remembered = { foreign: 0, unclaimed: 0 };
	const remember = async (atLeast: number) => {
		const { foreign, unclaimed } = result;
		const more = [...foreign.slice(remembered.foreign), ...unclaimed.slice(remembered.unclaimed)];
		if (!isListed || more.length < atLeast) return;
		await leaveOut(more);
		Object.assign(remembered, { foreign: foreign.length, unclaimed: unclaimed.length });
	};
	let inARow = 0;
	for (const [index, candidate] of candidates.entries()) {
		context.getExecutionCancelSignal()?.throwIfAborted();
		if (result.taken.length === settings.maxTranscripts || inARow === MAX_CONSECUTIVE_FAILURES) {
			result.left = candidates.length - index;
			break;
		}
		try {
			await fetchCandidate(context, session, candidate, settings, isListed, executions, result);
			inARow = 0;
		} catch (error) {
			if (!(await isOpen(candidate))) continue;
			result.failures.push({ ...candidate, error });
			inARow = affectsEveryJob(error) ? inARow + 1 : 0;
		}
		await remember(REMEMBER_BATCH_SIZE);
	}
	await remember(1);
	return result;
}

/** Whether the next job would fail as well. A job that wasn't found, or whose files can't be made, says nothing about the others. */
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
	result: MissedJobs,
): Promise<void> {
	const { provider } = session;
	// A list that names the callback URL saves fetching what is left out anyway.
	if (!(await mayRecover(candidate.id, candidate.callbackUrl, executions, result))) return;
	const job = await fetchJob(session, candidate.id).catch((error: unknown) => {
		if (isNotFound(error) && isUnfinishedHidden(session)) return undefined;
		throw error;
	});
	if (!job) {
		result.hidden.push(candidate);
		return;
	}
	if (!(await mayRecover(candidate.id, job.callbackUrl, executions, result))) return;
	const execution = executions?.find(job.callbackUrl);
	const { status } = job.transcript;
	const origin = originOf(context, provider, job);
	// A service that names every callback URL, but none for this job: it was submitted without.
	const isForeign = !execution && (origin === 'elsewhere' || (isListed && origin === 'unknown' && provider.echoesCallbackUrl));
	if (isForeign) {
		result.foreign.push(candidate.id);
	} else if (isFinal(status) && events.includes(status as EndStatus)) {
		if (isListed && origin === 'unknown' && !includeUnattributed) result.unclaimed.push(candidate.id);
		else {
			const outcome = await jobOutcome(context, candidate.itemIndex, session, job, candidate.carried);
			result.taken.push({ candidate, outcome, ...(execution && { crashedExecution: execution.id }) });
		}
	}
}

/** False for a job of an execution that isn't known to have crashed. Notes why it is left out. */
async function mayRecover(
	id: string,
	callbackUrl: string | undefined,
	executions: WaitingExecutions | undefined,
	{ foreign, withoutExecution, unanswered }: MissedJobs,
): Promise<boolean> {
	const execution = executions?.find(callbackUrl);
	if (!executions || !execution) return true;
	const state = await executions.stateOf(execution);
	// Neither of these two can still turn into a crash.
	if (state === 'ended' || state === 'missing') foreign.push(id);
	if (state === 'missing') withoutExecution.push(id);
	if (state === 'unknown') unanswered.push(id);
	return state === 'crashed';
}
