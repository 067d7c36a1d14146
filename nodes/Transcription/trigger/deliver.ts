import {
	type IBinaryKeyData,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	sleep,
} from 'n8n-workflow';
import { scopeOf, triggerScope } from '../callback/url';
import { ServiceRefusal } from '../http/refusal';
import { deleteAfterFetching, filesOf } from '../operations/afterFetch';
import { explanationOf, toNodeError } from '../operations/nodeError';
import { present, presented } from '../operations/present';
import { openSession, type Session } from '../operations/session';
import { booleanOf } from '../providers/optionValues';
import { type FetchedJob, InputError, type Provider } from '../providers/provider';
import { receivedElsewhere, recordReceived } from '../record';
import { eventIdOf, isFinal, type Transcript, withoutAbsent } from '../transcript/model';
import type { OutputLevel } from '../transcript/output';
import type { ReceivedEvent } from './receivedEvent';

/** Waits before asking again, in ms, where the service announced an end that its own answer does not show yet. */
const SETTLING_DELAYS_MS = [1000, 2000, 4000];

/** A job's way out of the trigger; `failed` leads to the second output. */
interface Outcome {
	json: IDataObject;
	binary?: IBinaryKeyData;
	eventId: string;
	failed: boolean;
	/** What is left to do once the event is recorded. */
	cleanUp(): Promise<void>;
}

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
		try {
			// Read before the event is recorded: an expression in it may fail.
			const failExecution = isOn(context, itemIndex, 'options.failExecution', 'Fail the Execution When a Job Fails');
			const outcome = await outcomeOf(context, provider, received, itemIndex);
			if (!outcome || !(await recordReceived(context, [outcome.eventId])).has(outcome.eventId)) continue;
			await outcome.cleanUp();
			if (outcome.failed && failExecution) throw jobFailed(provider, received, outcome);
			const { json, binary } = outcome;
			(outcome.failed ? failed : completed).push({ json, ...(binary && { binary }), pairedItem: { item: itemIndex } });
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), namingJob(error, received), itemIndex);
			if (!context.continueOnFail()) throw nodeError;
			const { message, description } = nodeError;
			const errorMessage = description ? `${message}. ${description}` : message;
			const json = { ...announcementOf(received), errorMessage };
			failed.push({ json, pairedItem: { item: itemIndex } });
		}
	}
	return [completed, failed];
}

/** The callback without the transcript that it may have carried: that goes out only as the user chose, secrets replaced. */
function announcementOf({ transcript: _, ...announcement }: ReceivedEvent): IDataObject {
	return announcement as IDataObject;
}

/** A switch of the trigger, which an expression may have set to text. */
function isOn(context: IExecuteFunctions, itemIndex: number, name: string, displayName: string): boolean {
	return booleanOf(context.getNodeParameter(name, itemIndex, false), displayName);
}

async function outcomeOf(
	context: IExecuteFunctions,
	provider: Provider,
	received: ReceivedEvent,
	itemIndex: number,
): Promise<Outcome | undefined> {
	const { id } = received;
	if (id === undefined || !isOn(context, itemIndex, 'fetchTranscript', 'Fetch Transcript')) {
		return {
			json: announcementOf(received),
			eventId: received.eventId,
			failed: received.status === 'failed',
			cleanUp: async () => {},
		};
	}
	const session = await openSession(context, provider);
	const job = await fetchFinal(context, session, received, id).catch(
		async (error: unknown) => await withoutService(context, provider, error, received, id),
	);
	if (!job) return undefined;
	// A sample is the trigger's own choice; what the callback carried was looked at when it came.
	const isTrusted = received.sample || job.transcript === received.transcript;
	if (!isTrusted && !belongsHere(context, provider, job)) return undefined;
	const carried = withoutAbsent({ ref: received.ref, metadata: received.metadata });
	const complete = () => presented(job, 'words', session, carried);
	const files = await attachedFiles(context, itemIndex, session, job, complete);
	if (files === 'handled') return undefined;
	const level = context.getNodeParameter('output', itemIndex) as OutputLevel;
	const { status } = job.transcript;
	return {
		json: present(job, level, session, carried),
		binary: files,
		eventId: eventIdOf(provider.name, id, status),
		failed: status === 'failed',
		cleanUp: async () => {
			// A test by hand may be repeated; and a sample is the account's latest transcript, which somebody may wait for.
			if (context.getMode() !== 'manual') await deleteAfterFetching(context, itemIndex, session, job.transcript);
		},
	};
}

async function fetchFinal(
	context: IExecuteFunctions,
	{ provider, api }: Session,
	received: ReceivedEvent,
	id: string,
): Promise<FetchedJob> {
	for (const delay of [...SETTLING_DELAYS_MS, undefined]) {
		const job = await provider.fetchJob(api, id, received).catch(async (error: unknown) => {
			if (delay === undefined || !(await mayAppear(context, error, received))) throw error;
		});
		if (job && isFinal(job.transcript.status)) return job;
		if (delay !== undefined) await sleep(delay);
	}
	throw new InputError({
		message: `${provider.displayName} announced the end of a job that it still reports as running`,
		description: 'Retry this execution from the list of executions in a few minutes.',
	});
}

/** Whether the service may not have the transcript yet that it announced, and nothing else tells of it. */
async function mayAppear(context: IExecuteFunctions, error: unknown, received: ReceivedEvent): Promise<boolean> {
	const isMissing = error instanceof ServiceRefusal && error.gone;
	if (!isMissing || received.status !== 'completed' || received.transcript) return false;
	return !(await isDuplicate(context, received.eventId));
}

/**
 * The job by what the callback carried, where the service does not have it (any more); undefined where it was handled
 * already and deleted since, as the user wished.
 */
async function withoutService(
	context: IExecuteFunctions,
	{ echoesCallbackUrl }: Provider,
	error: unknown,
	received: ReceivedEvent,
	id: string,
): Promise<FetchedJob | undefined> {
	if (!(error instanceof ServiceRefusal && error.gone)) throw error;
	const { transcript, provider, status, eventId, errorMessage } = received;
	if (transcript) return { transcript };
	if (await isDuplicate(context, eventId)) return undefined;
	// Some services keep nothing of a job that failed.
	if (status !== 'failed' || echoesCallbackUrl) throw error;
	const reason = typeof errorMessage === 'string' ? { errorMessage } : {};
	return { transcript: { status, ...reason, provider, id, eventId } };
}

/**
 * The files that were asked for. Where the service's cannot be had any more because another delivery of the event was handled, and the
 * transcript deleted, after this one had fetched it: `handled`.
 */
async function attachedFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	job: FetchedJob,
	complete: () => Transcript,
): Promise<IBinaryKeyData | undefined | 'handled'> {
	return await filesOf(context, itemIndex, session, job, complete).catch(async (error: unknown) => {
		if (await isDuplicate(context, job.transcript.eventId)) return 'handled' as const;
		throw error;
	});
}

/** Whether a delivery may be dropped without being looked at. Tests by hand and retried executions always may run. */
async function isDuplicate(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	return !['manual', 'retry'].includes(context.getMode()) && (await receivedElsewhere(context, eventId));
}

/** Whoever once learned a secret could name any job of the account: one that was submitted for here names this trigger. */
function belongsHere(context: IExecuteFunctions, provider: Provider, job: FetchedJob): boolean {
	if (job.callbackUrl === undefined) {
		if (!provider.echoesCallbackUrl) return true;
		throw new InputError({
			message: `${provider.displayName} does not say where the job's callback was to go, so it may belong to another workflow`,
			description: 'Get the transcript by its ID. With a custom base URL, check that the gateway there leaves answers as they are.',
		});
	}
	const scope = triggerScope(String(context.getWorkflow().id), provider.name);
	if (scopeOf(job.callbackUrl) === scope) return true;
	context.logger.warn(
		`Callback dropped: ${provider.displayName} job ${job.transcript.id} was submitted for another callback URL than this trigger's`,
	);
	return false;
}

function jobFailed(provider: Provider, received: ReceivedEvent, { json }: Outcome): InputError {
	return new InputError({
		message: `${provider.displayName} could not transcribe the recording`,
		description: `${(json.errorMessage as string | undefined) ?? 'It gave no reason.'} (${received.eventId})`,
	});
}

/** The ID stays with the user whatever happens after the callback. */
function namingJob(error: unknown, received: ReceivedEvent): unknown {
	const explanation = explanationOf(error);
	if (explanation && !explanation.description.includes(received.id ?? received.eventId)) {
		explanation.description += ` (${received.eventId})`;
	}
	return error;
}
