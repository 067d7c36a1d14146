import { userError } from '../core/userError';
import { type IExecuteFunctions, type INodeProperties, sleep } from 'n8n-workflow';
import { ServiceError } from '../http/errors';
import { readBoolean, readNumber } from '../core/optionReaders';
import { type FetchedJob } from '../providers/provider';
import { isFinal } from '../transcript/model';
import { fetchJob, isUnfinishedHidden, type Session } from './session';

/** Between two looks, in seconds; the last one again and again. */
const PAUSES_S = [2, 4, 8, 16, 30];
/** n8n's `sleep` cannot be ended before 2.41: how often to see whether the execution was stopped, in ms. */
const STEP_MS = 500;
const LONGEST_LIMIT_MINUTES = 1440;

export const waitUntilDoneFields: INodeProperties[] = [
	{
		displayName: 'Wait Until Done',
		name: 'waitUntilDone',
		type: 'boolean',
		default: false,
		description: 'Whether to look again and again until the job has ended. The execution takes a worker all that time: where the service can reach this n8n, the trigger or Submit and Wait is better.',
	},
	{
		displayName: 'Max Wait (Minutes)',
		name: 'maxWaitMinutes',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: LONGEST_LIMIT_MINUTES },
		default: 10,
		displayOptions: { show: { waitUntilDone: [true] } },
		description: 'How long this node waits at most, for all items together. A job that has not ended by then goes on with its last state and “timedOut”.',
	},
];

/** A job as it was when it had ended, or when the time was over. */
export interface PollResult {
	job: FetchedJob;
	timedOut: boolean;
}

/**
 * The job, at once or when it has ended, as the user chose for the item.
 * @param startedAt when the node began, Unix time in ms: all its items have the limit together
 * @throws ServiceRefusal, InputError
 */
export async function fetchOrPoll(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	id: string,
	startedAt: number,
): Promise<PollResult> {
	const waits = readBoolean(context.getNodeParameter('waitUntilDone', itemIndex, false), 'Wait Until Done');
	if (!waits) return { job: await fetchJob(session, id), timedOut: false };
	const minutes = limitOf(context, itemIndex);
	return await pollUntilDone(context, session, id, startedAt + minutes * 60_000);
}

/** @throws InputError */
function limitOf(context: IExecuteFunctions, itemIndex: number): number {
	const range = { min: 0, max: LONGEST_LIMIT_MINUTES };
	const minutes = readNumber(context.getNodeParameter('maxWaitMinutes', itemIndex, 10), 'Max Wait (Minutes)', range);
	if (minutes) return minutes;
	throw userError(
		`“Max Wait (Minutes)” is ${minutes === 0 ? '0' : 'empty'}`,
		`Enter how many minutes to wait, up to ${LONGEST_LIMIT_MINUTES}, or turn off “Wait Until Done”.`,
	);
}

async function pollUntilDone(context: IExecuteFunctions, session: Session, id: string, deadline: number): Promise<PollResult> {
	let last: FetchedJob | undefined;
	for (let look = 0; ; look++) {
		const seen = await tryFetch(context, session, id, last !== undefined);
		if ('job' in seen && isFinal(seen.job.transcript.status)) return { job: seen.job, timedOut: false };
		if ('job' in seen) last = seen.job;
		const left = deadline - Date.now();
		if (left <= 0 && last) return { job: last, timedOut: true };
		if (left <= 0 && 'refusal' in seen) throw withWaitLimitNote(seen.refusal);
		const pause = (PAUSES_S[look] ?? PAUSES_S.at(-1) ?? 0) * 1000;
		await pauseFor(context, Math.min(pause, left));
	}
}

/**
 * What may be otherwise at the next look is given back, everything else thrown.
 * @param knowsJob whether the service has told of this job before
 */
async function tryFetch(
	context: IExecuteFunctions,
	session: Session,
	id: string,
	knowsJob: boolean,
): Promise<{ job: FetchedJob } | { refusal: ServiceError }> {
	return await fetchJob(session, id).then(
		(job) => ({ job }),
		(error: unknown) => {
			// Stopping ends the request that is under way, which looks like trouble of the line.
			throwIfStopped(context);
			const mayPass = error instanceof ServiceError && (error.isNotFound ? isUnfinishedHidden(session) : isPassing(error, knowsJob));
			if (mayPass) return { refusal: error };
			throw error;
		},
	);
}

/** A failed connection counts only if the address has proved to be right. */
function isPassing(error: ServiceError, knowsJob: boolean): boolean {
	return error.isTransient && (knowsJob || error.status !== undefined);
}

function withWaitLimitNote({ explanation, status }: ServiceError): ServiceError {
	const description = `That was so until the maximum wait was reached. Raise it, or fetch by the same ID later. ${explanation.description}`;
	return new ServiceError({ ...explanation, description }, status);
}

/** @throws InputError as soon as the execution is stopped */
async function pauseFor(context: IExecuteFunctions, ms: number): Promise<void> {
	const end = Date.now() + ms;
	for (let left = ms; left > 0; left = end - Date.now()) {
		throwIfStopped(context);
		await sleep(Math.min(STEP_MS, left));
	}
	throwIfStopped(context);
}

function throwIfStopped(context: IExecuteFunctions): void {
	if (context.getExecutionCancelSignal()?.aborted) {
		throw userError('The execution was stopped while this node waited', 'The jobs go on at the service: fetch them by their IDs later.');
	}
}
