import { UserError } from '../core/userError';
import { type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { parseJson } from '../core/json';
import { isNotFound, type ServiceError } from '../http/errors';
import { type JobOutcome, jobOutcome, originOf } from '../shared/jobOutput';
import { toNodeError } from '../shared/errors';
import { fetchJob, openSession, type Session } from '../shared/session';
import { untilSettled } from '../shared/untilSettled';
import { readBoolean } from '../core/optionReaders';
import { type FetchedJob, type Provider } from '../providers/provider';
import { receivedElsewhere, recordReceived } from '../deduplication';
import { isFinal, withoutAbsent } from '../transcript/model';
import type { ReceivedEvent } from './receivedEvent';

/**
 * Turns verified callbacks into transcripts: fetch, record, put out. In this order, so that a fetch that fails leaves
 * the event unrecorded and a retried execution or a recovery can still handle it.
 *
 * @returns the items for the outputs Completed and Failed
 */
export async function deliver(
	context: IExecuteFunctions,
	provider: Provider,
): Promise<INodeExecutionData[][]> {
	const completed: INodeExecutionData[] = [];
	const failed: INodeExecutionData[] = [];
	for (const [itemIndex, item] of context.getInputData().entries()) {
		const received = item.json as unknown as ReceivedEvent;
		let isRecorded = false;
		try {
			// Read before the event is recorded: an expression in it may fail.
			const failExecution = readSwitch(context, itemIndex, 'options.failExecution', 'Fail on Failed Jobs');
			const outcome = await outcomeOf(context, provider, received, itemIndex);
			if (!outcome || !(await claimEvent(context, outcome.eventId))) continue;
			isRecorded = true;
			await outcome.cleanUp();
			if (outcome.failed && failExecution) throw jobFailed(provider, received, outcome);
			const { json, binary } = outcome;
			(outcome.failed ? failed : completed).push({ json, ...(binary && { binary }), pairedItem: { item: itemIndex } });
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), withJobId(error, received), itemIndex);
			if (!context.continueOnFail()) throw nodeError;
			const { message, description } = nodeError;
			const errorMessage = description ? `${message}. ${description}` : message;
			const { eventId, ...announcement } = announcementOf(received);
			// What was not recorded will come again: nobody may acknowledge it, or keep its place, until then.
			const json = { ...announcement, ...(isRecorded && { eventId }), errorMessage };
			failed.push({ json, pairedItem: { item: itemIndex } });
		}
	}
	return [completed, failed];
}

/** The callback without the transcript that it may have carried: that goes out only as the user chose, secrets replaced. */
function announcementOf({ callbackBody: _, ...announcement }: ReceivedEvent): IDataObject {
	return announcement as IDataObject;
}

/** A switch of the trigger, which an expression may have set to text. */
function readSwitch(context: IExecuteFunctions, itemIndex: number, name: string, displayName: string): boolean {
	return readBoolean(context.getNodeParameter(name, itemIndex, false), displayName);
}

async function outcomeOf(
	context: IExecuteFunctions,
	provider: Provider,
	received: ReceivedEvent,
	itemIndex: number,
): Promise<JobOutcome | undefined> {
	const { id } = received;
	if (id === undefined || !readSwitch(context, itemIndex, 'fetchTranscript', 'Fetch Transcript')) {
		return {
			json: announcementOf(received),
			eventId: received.eventId,
			failed: received.status === 'failed',
			cleanUp: async () => {},
		};
	}
	const session = await openSession(context, provider);
	let isCarried = false;
	const job = await fetchFinal(context, session, received, id).catch(async (error: unknown) => {
		if (!isNotFound(error)) throw error;
		const carried = jobInCallback(provider, received, id);
		isCarried = carried !== undefined;
		return carried ?? (await jobFromCallback(context, provider, error, received, id));
	});
	if (!job) return undefined;
	// A sample is the trigger's own choice; what the callback carried was checked when it arrived.
	if (!received.sample && !isCarried && !belongsHere(context, provider, job)) return undefined;
	const carried = withoutAbsent({ ref: received.ref, metadata: received.metadata });
	return await jobOutcome(context, itemIndex, session, job, carried).catch(async (error: unknown) => {
		// Another delivery of the event was handled, and the transcript deleted, after this one had fetched it.
		if (await isDuplicate(context, job.transcript.eventId)) return undefined;
		throw error;
	});
}

async function fetchFinal(
	context: IExecuteFunctions,
	session: Session,
	received: ReceivedEvent,
	id: string,
): Promise<FetchedJob> {
	const ended = await untilSettled(async (isLast) => {
		const job = await fetchJob(session, id, received).catch(async (error: unknown) => {
			if (isLast || !(await mayAppear(context, error, received))) throw error;
		});
		return job && isFinal(job.transcript.status) ? { result: job } : undefined;
	});
	if (ended) return ended;
	throw new UserError({
		message: `${session.provider.displayName} announced the end of a job that it still reports as running`,
		description: 'Retry this execution from the list of executions in a few minutes.',
	});
}

/** Whether the service may not have the transcript yet that it announced, and nothing else tells of it. */
async function mayAppear(context: IExecuteFunctions, error: unknown, received: ReceivedEvent): Promise<boolean> {
	if (!isNotFound(error) || received.status !== 'completed' || received.callbackBody !== undefined) return false;
	return !(await isDuplicate(context, received.eventId));
}

/** The job with the transcript that its callback carried; undefined where it carried none. */
function jobInCallback({ callback }: Provider, { callbackBody }: ReceivedEvent, id: string): FetchedJob | undefined {
	if (callbackBody === undefined) return undefined;
	const transcript = callback.transcriptIn?.(parseJson(callbackBody), id);
	return transcript && { transcript };
}

/**
 * The job by what the callback said, where the service does not have it (any more); undefined where it was handled
 * already and deleted since, as the user wished.
 */
async function jobFromCallback(
	context: IExecuteFunctions,
	{ echoesCallbackUrl }: Provider,
	refusal: ServiceError,
	{ provider, status, eventId, errorMessage }: ReceivedEvent,
	id: string,
): Promise<FetchedJob | undefined> {
	if (await isDuplicate(context, eventId)) return undefined;
	// Some services keep nothing of a job that failed.
	if (status !== 'failed' || echoesCallbackUrl) throw refusal;
	const reason = typeof errorMessage === 'string' ? { errorMessage } : {};
	return { transcript: { status, ...reason, provider, id, eventId } };
}

/** Records the event. A retried execution is recorded, so that a later delivery is dropped, but always goes on. */
async function claimEvent(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	const mine = await recordReceived(context, [eventId]);
	return mine.has(eventId) || context.getMode() === 'retry';
}

/** Whether a delivery may be dropped without being looked at. Tests by hand and retried executions always may run. */
async function isDuplicate(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	return !['manual', 'retry'].includes(context.getMode()) && (await receivedElsewhere(context, eventId));
}

/** Whoever once learned a secret could name any job of the account: one that was submitted for here names this trigger. */
function belongsHere(context: IExecuteFunctions, provider: Provider, job: FetchedJob): boolean {
	const origin = originOf(context, provider, job);
	if (origin === 'here') return true;
	if (origin === 'unknown') {
		if (!provider.echoesCallbackUrl) return true;
		throw new UserError({
			message: `${provider.displayName} does not say where the job's callback was to go, so it may belong to another workflow`,
			description: 'Get the transcript by its ID. With a custom base URL, check that the gateway there leaves answers as they are.',
		});
	}
	context.logger.warn(
		`Callback dropped: ${provider.displayName} job ${job.transcript.id} was submitted for another callback URL than this trigger's`,
	);
	return false;
}

function jobFailed(provider: Provider, received: ReceivedEvent, { json }: JobOutcome): UserError {
	return new UserError({
		message: `${provider.displayName} could not transcribe the recording`,
		description: `${(json.errorMessage as string | undefined) ?? 'It gave no reason.'} (${received.eventId})`,
	});
}

/** The ID stays with the user whatever happens after the callback. */
function withJobId(error: unknown, received: ReceivedEvent): unknown {
	if (!(error instanceof UserError) || error.explanation.description.includes(received.id ?? received.eventId)) return error;
	return error.withNote(`(${received.eventId})`);
}
