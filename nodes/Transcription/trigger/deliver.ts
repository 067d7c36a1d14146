import { UserError } from '../core/userError';
import { type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { parseJson } from '../core/json';
import { isNotFound, type ServiceError } from '../http/errors';
import { eventKeys } from '../shared/eventKeys';
import { FOREIGN, type JobOutcome, jobOutcome, originOf, wouldReportCallbackUrl } from '../shared/jobOutput';
import { toNodeError } from '../shared/errors';
import { fetchJob, openSession, type Session } from '../shared/session';
import { retryUntilFinal } from '../shared/retryUntilFinal';
import { untilSettled } from '../shared/untilSettled';
import { readBoolean, readTerms } from '../core/optionReaders';
import { type FetchedJob, type Provider } from '../providers/provider';
import { receivedElsewhere, recordReceived } from '../deduplication';
import { isFinal, withoutAbsent } from '../transcript/model';
import { exampleItem } from './example';
import type { ReceivedEvent } from './receivedEvent';

/**
 * Turns verified callbacks into transcripts: fetches them, records them, and returns them, in this order. If fetching
 * fails, the event isn't recorded yet, so a retried execution or Recover Missed can still handle it.
 *
 * @returns the items for the Completed and Failed outputs
 */
export async function deliver(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[][]> {
	const completed: INodeExecutionData[] = [];
	const failed: INodeExecutionData[] = [];
	for (const [itemIndex, item] of context.getInputData().entries()) {
		const received = item.json as unknown as ReceivedEvent;
		let isRecorded = false;
		try {
			// Read before the event is recorded, since an expression may fail.
			if (isExample(context, received)) {
				const fetchTranscript = readBooleanParameter(context, itemIndex, 'fetchTranscript', 'Fetch Transcript');
				const json = fetchTranscript ? undefined : announcementOf(received);
				completed.push(await exampleItem(context, provider, received, itemIndex, json));
				continue;
			}
			const failExecution = readBooleanParameter(context, itemIndex, 'options.failExecution', 'Fail on Failed Jobs');
			const isFailedOff =
				failExecution || !readTerms(context.getNodeParameter('events', itemIndex, [])).includes('failed');
			const outcome = await outcomeOf(context, provider, received, itemIndex);
			if (!outcome || !(await claimEvent(context, eventKeys(provider, outcome.eventId, received.ref)))) continue;
			isRecorded = true;
			await outcome.cleanUp();
			// A callback may announce something else than the provider then reports, or be unreadable. If the Failed output
			// is off, such a failure must not go unnoticed there.
			if (outcome.failed && isFailedOff) throw jobFailed(provider, received, outcome);
			const { json, binary } = outcome;
			(outcome.failed ? failed : completed).push({ json, ...(binary && { binary }), pairedItem: { item: itemIndex } });
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), withJobId(error, received), itemIndex);
			if (!context.continueOnFail()) throw nodeError;
			const { message, description } = nodeError;
			const errorMessage = description ? `${message}. ${description}` : message;
			const { eventId, ...announcement } = announcementOf(received);
			// An event that wasn't recorded will be delivered again. Until then, it must not be acknowledged or count as a duplicate.
			const json = { ...announcement, ...(isRecorded && { eventId }), errorMessage };
			failed.push({ json, pairedItem: { item: itemIndex } });
		}
	}
	return [completed, failed];
}

/**
 * Returns the event without internal data, and without the transcript that its callback may contain, which is output
 * only at the chosen level and with secrets redacted.
 */
function announcementOf({ callbackBody: _, unreadable: __, ...announcement }: ReceivedEvent): IDataObject {
	return announcement as IDataObject;
}

/** Whether this is the example transcript, which only exists in manual executions and their retries. */
function isExample(context: IExecuteFunctions, received: ReceivedEvent): boolean {
	return received.isExample === true && ['manual', 'retry'].includes(context.getMode());
}

/** Reads a boolean parameter that an expression may have set to text. */
function readBooleanParameter(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	displayName: string,
): boolean {
	return readBoolean(context.getNodeParameter(name, itemIndex, false), displayName);
}

async function outcomeOf(
	context: IExecuteFunctions,
	provider: Provider,
	received: ReceivedEvent,
	itemIndex: number,
): Promise<JobOutcome | undefined> {
	const { id } = received;
	if (id === undefined || !readBooleanParameter(context, itemIndex, 'fetchTranscript', 'Fetch Transcript')) {
		return {
			json: announcementOf(received),
			eventId: received.eventId,
			failed: received.status === 'failed',
			cleanUp: async () => {},
		};
	}
	const session = await openSession(context, provider);
	const isDuplicate = async (eventId: string) =>
		await isReceivedElsewhere(context, eventKeys(provider, eventId, received.ref));
	const job = await fetchFinal(session, received, id, isDuplicate).catch(async (error: unknown) => {
		if (!isNotFound(error)) throw error;
		return embeddedJob(provider, received, id) ?? (await announcedJob(provider, error, received, id, isDuplicate));
	});
	if (!job) return undefined;
	// The trigger itself chose the sample, and a transcript in a callback was checked when the callback arrived.
	if (!received.sample && !job.isFromCallback && !belongsHere(context, provider, job)) return undefined;
	// A sample is the account's latest transcript, so another workflow may have submitted it.
	const isForeign = received.sample === true && originOf(context, provider, job) !== 'here';
	const callbackData = isForeign ? FOREIGN : withoutAbsent({ ref: received.ref, metadata: received.metadata });
	const outcome = await jobOutcome(context, itemIndex, session, job, callbackData).catch(async (error: unknown) => {
		// After this execution fetched the transcript, another delivery of the event was handled and the transcript was
		// deleted.
		if (await isDuplicate(job.transcript.eventId)) return undefined;
		throw error;
	});
	// Only users who inspect the raw response need the names of these headers.
	const { signatureHeaders } = received;
	if (!outcome || !signatureHeaders || context.getNodeParameter('output', itemIndex) !== 'raw') return outcome;
	return { ...outcome, json: { ...outcome.json, signatureHeaders: [...signatureHeaders] } };
}

type IsDuplicate = (eventId: string) => Promise<boolean>;

async function fetchFinal(
	session: Session,
	received: ReceivedEvent,
	id: string,
	isDuplicate: IsDuplicate,
): Promise<FetchedJob> {
	// The message of a callback that couldn't be read is ours, so it isn't the reason for a failure.
	const { errorMessage: _, ...unexplained } = received;
	const announced = received.unreadable ? unexplained : received;
	const ended = await retryUntilFinal(async (isLast) => {
		const job = await fetchJob(session, id, announced).catch(async (error: unknown) => {
			if (isLast || !(await mayAppear(error, received, isDuplicate))) throw error;
		});
		return job && isFinal(job.transcript.status) ? { result: job } : undefined;
	});
	if (ended) return await untilSettled(ended, async () => await fetchJob(session, id, announced));
	throw new UserError({
		message: `${session.provider.displayName} sent a callback for a job that it still reports as running`,
		description: 'Retry this execution from the executions list in a few minutes.',
	});
}

/** Whether the announced transcript may not be available yet, and there is no other source for it. */
async function mayAppear(error: unknown, received: ReceivedEvent, isDuplicate: IsDuplicate): Promise<boolean> {
	const mayBeCompleted = received.status === 'completed' || received.unreadable;
	if (!isNotFound(error) || !mayBeCompleted || received.callbackBody !== undefined) return false;
	return !(await isDuplicate(received.eventId));
}

/** Returns the job with the transcript in its callback, or undefined if the callback contains none. */
function embeddedJob({ callback }: Provider, { callbackBody }: ReceivedEvent, id: string): FetchedJob | undefined {
	if (callbackBody === undefined) return undefined;
	const transcript = callback.transcriptIn?.(parseJson(callbackBody), id);
	return transcript && { transcript, isFromCallback: true };
}

/**
 * Returns the job as announced by the callback, for a service that doesn't have it or no longer has it. Returns
 * undefined if the job was already handled and then deleted, as the user chose.
 */
async function announcedJob(
	{ echoesCallbackUrl }: Provider,
	error: ServiceError,
	{ provider, status, eventId, errorMessage }: ReceivedEvent,
	id: string,
	isDuplicate: IsDuplicate,
): Promise<FetchedJob | undefined> {
	if (await isDuplicate(eventId)) return undefined;
	// Some services don't keep data about failed jobs.
	if (status !== 'failed' || echoesCallbackUrl) throw error;
	const reason = typeof errorMessage === 'string' ? { errorMessage } : {};
	return { transcript: { status, ...reason, provider, id, eventId } };
}

/**
 * Records the event, unless it is a duplicate. A retried execution always continues, but is recorded too, so that later
 * deliveries are dropped.
 */
async function claimEvent(context: IExecuteFunctions, keys: readonly string[]): Promise<boolean> {
	const claimed = await recordReceived(context, keys);
	return keys.every((key) => claimed.has(key)) || context.getMode() === 'retry';
}

/** Whether a delivery can be dropped without fetching it. Manual and retried executions always run. */
async function isReceivedElsewhere(context: IExecuteFunctions, keys: readonly string[]): Promise<boolean> {
	if (['manual', 'retry'].includes(context.getMode())) return false;
	for (const key of keys) if (await receivedElsewhere(context, key)) return true;
	return false;
}

/**
 * Checks that the job was submitted with this trigger's callback URL. Without this check, anyone who learned the secret
 * could request any of the account's jobs. A failed job may not report the URL, but it contains no transcript either, and
 * its callback was verified for this trigger.
 */
function belongsHere(context: IExecuteFunctions, provider: Provider, job: FetchedJob): boolean {
	const origin = originOf(context, provider, job);
	if (origin === 'here') return true;
	if (origin === 'unknown') {
		if (!wouldReportCallbackUrl(provider, job)) return true;
		throw new UserError({
			message: `${provider.displayName} didn’t report the callback URL of the job, so it may belong to another workflow`,
			description:
				'Fetch the transcript by its ID. If the credential has a custom Base URL, check that your gateway doesn’t modify responses.',
		});
	}
	context.logger.warn(
		`Callback dropped: ${provider.displayName} job ${job.transcript.id} was submitted with a different callback URL than this trigger’s`,
	);
	return false;
}

function jobFailed({ displayName }: Provider, received: ReceivedEvent, { json }: JobOutcome): UserError {
	// A fetched job that failed has its own error message, or none.
	const isUnknown = received.unreadable && json.errorMessage === received.errorMessage;
	return new UserError({
		message: isUnknown
			? `${displayName} sent a callback that can’t be read`
			: `${displayName} couldn’t transcribe the recording`,
		description: `${(json.errorMessage as string | undefined) ?? 'The provider gave no reason.'} (${received.eventId})`,
	});
}

/** Adds the event ID to the error, so that the user can find the job. */
function withJobId(error: unknown, received: ReceivedEvent): unknown {
	if (!(error instanceof UserError) || error.explanation.description.includes(received.id ?? received.eventId))
		return error;
	return error.withNote(`(${received.eventId})`);
}
