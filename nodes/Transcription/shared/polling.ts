import { userError } from '../core/userError';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { pause } from '../core/pause';
import { ServiceError } from '../http/errors';
import { readBoolean, readNumber } from '../core/optionReaders';
import { type FetchedJob } from '../providers/provider';
import { isSettled, MAX_SETTLE_MS } from './untilSettled';
import { fetchJob, mayHideRunningJobs, type Session } from './session';

/** Pauses between polls, in seconds. The last one repeats. */
const PAUSES_S = [2, 4, 8, 16, 30];
const MAX_WAIT_MINUTES = 1440;

export const waitUntilDoneFields: INodeProperties[] = [
	{
		displayName: 'Wait Until Done',
		name: 'waitUntilDone',
		type: 'boolean',
		default: false,
		description:
			'Whether to poll until the job has ended. The execution occupies a worker while it waits, so prefer the trigger or Submit and Wait if the provider can reach this n8n instance.',
	},
	{
		displayName: 'Max Wait (Minutes)',
		name: 'maxWaitMinutes',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MAX_WAIT_MINUTES },
		default: 10,
		displayOptions: { show: { waitUntilDone: [true] } },
		description:
			'The maximum time to wait, for all items together. A job that hasn’t ended by then is returned with its last status and “timedOut”.',
	},
];

/** A job that has ended, or its last state before the timeout. */
export interface PollResult {
	job: FetchedJob;
	timedOut: boolean;
}

/**
 * Fetches the job once, or polls until it has ended, depending on the item's Wait Until Done parameter.
 * @param startedAt when the node started, Unix time in ms. All items share the time limit.
 * @throws ServiceError, UserError
 */
export async function fetchOrPoll(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	id: string,
	startedAt: number,
): Promise<PollResult> {
	const waitUntilDone = readBoolean(context.getNodeParameter('waitUntilDone', itemIndex, false), 'Wait Until Done');
	if (!waitUntilDone) return { job: await fetchJob(session, id), timedOut: false };
	const minutes = limitOf(context, itemIndex);
	return await pollUntilDone(context, session, id, startedAt + minutes * 60_000);
}

/** @throws UserError */
function limitOf(context: IExecuteFunctions, itemIndex: number): number {
	const range = { min: 0, max: MAX_WAIT_MINUTES };
	const minutes = readNumber(context.getNodeParameter('maxWaitMinutes', itemIndex, 10), 'Max Wait (Minutes)', range);
	if (minutes) return minutes;
	throw userError(
		`“Max Wait (Minutes)” is ${minutes === 0 ? '0' : 'empty'}`,
		`Enter the number of minutes to wait, up to ${MAX_WAIT_MINUTES}, or turn off “Wait Until Done”.`,
	);
}

async function pollUntilDone(
	context: IExecuteFunctions,
	session: Session,
	id: string,
	deadline: number,
): Promise<PollResult> {
	let last: FetchedJob | undefined;
	let endsAt = deadline;
	for (let attempt = 0; ; attempt++) {
		const result = await tryFetch(context, session, id, last !== undefined);
		if ('job' in result && isSettled(result.job)) return { job: result.job, timedOut: false };
		if ('job' in result) {
			if (result.job.isUnsettled && !last?.isUnsettled) endsAt = Math.min(deadline, Date.now() + MAX_SETTLE_MS);
			last = result.job;
		}
		const remainingMs = endsAt - Date.now();
		// A job that only lacks late results has ended, so it hasn't timed out.
		if (remainingMs <= 0 && last) return { job: last, timedOut: !last.isUnsettled };
		if (remainingMs <= 0 && 'error' in result) throw withWaitLimitNote(result.error);
		const pauseMs = (PAUSES_S[attempt] ?? PAUSES_S.at(-1) ?? 0) * 1000;
		await pause(Math.min(pauseMs, remainingMs), () => throwIfStopped(context));
	}
}

/**
 * Returns errors that may not occur on the next attempt, and throws all others.
 * @param wasFound whether the service has returned this job before
 */
async function tryFetch(
	context: IExecuteFunctions,
	session: Session,
	id: string,
	wasFound: boolean,
): Promise<{ job: FetchedJob } | { error: ServiceError }> {
	return await fetchJob(session, id).then(
		(job) => ({ job }),
		(error: unknown) => {
			// Stopping the execution aborts the current request, which looks like a network error.
			throwIfStopped(context);
			const isRetryable =
				error instanceof ServiceError &&
				(error.isNotFound ? mayHideRunningJobs(session) : isTemporary(error, wasFound));
			if (isRetryable) return { error };
			throw error;
		},
	);
}

/**
 * Whether an error is temporary. A failed connection counts as temporary only if the host has responded before, since
 * the base URL could be wrong.
 */
function isTemporary(error: ServiceError, wasFound: boolean): boolean {
	return error.isTransient && (wasFound || error.status !== undefined);
}

function withWaitLimitNote({ explanation, status }: ServiceError): ServiceError {
	const description = `The error persisted until the maximum wait was reached. Increase “Max Wait (Minutes)”, or fetch the transcript by the same ID later. ${explanation.description}`;
	return new ServiceError({ ...explanation, description }, status);
}

/** @throws UserError if the execution was stopped */
function throwIfStopped(context: IExecuteFunctions): void {
	if (context.getExecutionCancelSignal()?.aborted) {
		throw userError(
			'The execution was stopped while this node was waiting',
			'The jobs are still running at the provider. Fetch them by ID later.',
		);
	}
}
