import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Metadata } from '../../callback/metadata';
import { UserError } from '../../core/userError';
import { isNotFound } from '../../http/errors';
import type { Provider } from '../../providers/provider';
import { readConcurrency } from '../../shared/concurrency';
import { failedItem, toNodeError } from '../../shared/errors';
import { pollUntilDone, type PollResult, type TimedOut } from '../../shared/polling';
import { mayHideRunningJobs, openSession, type Session } from '../../shared/session';
import { readMetadata } from '../submit/callbackTarget';
import { submitItems, throwIfCanceled, withSubmittedJobs } from '../submit/submitItems';
import { type Deadline, latest, readDeadline } from './deadline';
import { notFoundTranscript } from './pollJobs';
import {
	type OutputSelection,
	readSelection,
	toJobItem,
	unavailableItem,
	type WaitingJob,
	waitingJobOf,
	waitingJson,
} from './waitingItems';

/** The data of one item that isn't sent to the service. */
interface ItemPlan {
	target?: undefined;
	metadata: Metadata;
	deadline: Deadline;
}

/**
 * Submits all items without a callback, and polls until all jobs have ended or the deadline has passed. The execution
 * keeps running: n8n passes an execution that it resumes at a point in time to the next node, without calling this one.
 */
export async function submitAndPoll(
	context: IExecuteFunctions,
	provider: Provider,
	nodeRun: string,
): Promise<INodeExecutionData[]> {
	const session = await openSession(context, provider);
	const plans: ItemPlan[] = [];
	const items = await submitItems(context, session, {
		nodeRun,
		async planItem(itemIndex): Promise<ItemPlan> {
			const plan = { metadata: readMetadata(context, itemIndex), deadline: readDeadline(context, itemIndex) };
			plans.push(plan);
			return plan;
		},
		toJson: (job, { metadata }) => waitingJson(provider.name, job, metadata),
	});
	const deadline = latest(
		plans.map((plan) => plan.deadline),
		Date.now(),
	).getTime();
	const jobs = items.flatMap((item, index) => {
		const job = waitingJobOf(item);
		return job ? [{ ...job, index, deadline }] : [];
	});
	const selection = readSelection(context);
	const concurrency = readConcurrency(context);
	const output = [...items];
	const work = pollUntilDone(
		context,
		session,
		jobs,
		async (job, result) => {
			output[job.index] = await toItem(context, session, selection, job, result);
		},
		{ justSubmitted: true, concurrency },
	);
	await work.catch((error: unknown) => {
		throwIfCanceled(context, items, [], 'The jobs are still running at the provider. Fetch them by ID later.');
		throw withSubmittedJobs(toNodeError(context.getNode(), error), items);
	});
	return output;
}

async function toItem(
	context: IExecuteFunctions,
	session: Session,
	selection: OutputSelection,
	job: WaitingJob & { index: number },
	result: PollResult,
): Promise<INodeExecutionData> {
	if ('timedOut' in result) return timedOutItem(session, job, result);
	if ('job' in result) return await toJobItem(context, session, selection, job, result.job);
	const { error } = result;
	if (isNotFound(error)) {
		const transcript = notFoundTranscript(session.provider.name, job.id, error);
		return await toJobItem(context, session, selection, job, { transcript });
	}
	const isExpected = error instanceof UserError;
	if (!context.continueOnFail()) {
		if (isExpected) return unavailableItem(job, error);
		throw toNodeError(context.getNode(), error, job.index);
	}
	const withId = isExpected
		? error.withNote(`The job’s ID is ${job.id}. Fetch the transcript by this ID later.`)
		: new Error(`${error.message} (job ${job.id})`, { cause: error });
	return failedItem(toNodeError(context.getNode(), withId, job.index), job.index);
}

/** If the service's last response was an error, the item says so: the job may have ended. */
function timedOutItem(session: Session, { item }: WaitingJob, { lastError }: TimedOut): INodeExecutionData {
	const isRunning = lastError?.isNotFound && mayHideRunningJobs(session);
	if (!lastError || isRunning) return item;
	const { message, description } = lastError.explanation;
	return { ...item, json: { ...item.json, warnings: [`The job’s state is unknown: ${message}. ${description}`] } };
}
