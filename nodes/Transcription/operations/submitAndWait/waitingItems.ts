import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IWebhookFunctions,
	sleep,
} from 'n8n-workflow';
import type { Metadata } from '../../callback/metadata';
import type { FetchedJob, SubmittedJob } from '../../providers/provider';
import { eventIdOf, withoutAbsent } from '../../transcript/model';
import type { UserError } from '../../core/userError';
import type { OutputLevel } from '../../transcript/output';
import { attachFiles, type FileContext, type FileSelection } from '../../shared/files';
import { toItemJson, toOutputTranscript } from '../../shared/jobOutput';
import type { Session } from '../../shared/session';

/**
 * The jobs of a waiting execution. n8n stores them as the input of the waiting node; there is no other storage. At the
 * deadline, n8n passes that input on unchanged, so these items become the node's output.
 */

/** A job of a waiting execution. */
export interface WaitingJob {
	id: string;
	metadata?: Metadata;
	/** The name of the submitted recording, if known. */
	recordingName?: string;
	/** The item in the batch that the result replaces. */
	item: INodeExecutionData;
}

/** Returns the output for a job that hasn't ended by the deadline. */
export function waitingJson(provider: string, { id }: SubmittedJob, metadata: Metadata): IDataObject {
	return withoutAbsent({
		status: 'processing',
		id,
		metadata: Object.keys(metadata).length > 0 ? metadata : undefined,
		provider,
		eventId: eventIdOf(provider, id, 'processing'),
		timedOut: true,
	});
}

/** Returns the job in one of the batch's items, or undefined if the item's recording couldn't be submitted. */
export function waitingJobOf(item: INodeExecutionData): WaitingJob | undefined {
	const { id, metadata, recordingName, timedOut } = item.json;
	if (typeof id !== 'string' || timedOut !== true) return undefined;
	return {
		id,
		item,
		...(metadata !== undefined && { metadata: metadata as Metadata }),
		...(typeof recordingName === 'string' && { recordingName }),
	};
}

export function waitingJobsOf(items: readonly INodeExecutionData[]): WaitingJob[] {
	return items.flatMap((item) => waitingJobOf(item) ?? []);
}

/** Replaces some of the items, by identity, and keeps the order. */
export function replaceItems(
	items: readonly INodeExecutionData[],
	replaced: readonly INodeExecutionData[],
	replacements: readonly INodeExecutionData[],
): INodeExecutionData[] {
	const replacementOf = new Map(replaced.map((item, index) => [item, replacements[index]]));
	return items.map((item) => replacementOf.get(item) ?? item);
}

/**
 * In an execution that has waited before, the next wait starts at least this long after the start of the node's run, in
 * ms. That is longer than any process can wrongly assume that the execution is still waiting (`FRESH_RESPONSE_MS` in
 * `resume.ts`). A late callback for the earlier batch therefore arrives while the execution is running. n8n rejects it
 * at that time, so it can't rewind the execution.
 */
const NEXT_WAIT_AFTER_MS = 4000;

/** Key of our entry in the execution's context, which n8n stores with the execution. */
const HAS_WAITED = 'transcriptionHasWaited';

/**
 * Ends this run of the node, and makes n8n store the batch until the execution resumes. The jobs' items contain the
 * deadline, since webhook() has no other way to read it.
 * @param startedAt when the node's run started, Unix time in ms
 */
export async function pauseExecution(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	deadline: Date,
	startedAt: number,
): Promise<void> {
	const flow = context.getContext('flow');
	if (flow[HAS_WAITED]) await sleep(Math.max(0, startedAt + NEXT_WAIT_AFTER_MS - Date.now()));
	flow[HAS_WAITED] = true;
	for (const { item } of waitingJobsOf(items)) item.json.deadline = deadline.toISOString();
	const execution = context.getExecuteData();
	// n8n stores this as the node's input. It removes items from the arrays it receives, so it gets a copy.
	execution.data = { ...execution.data, main: [[...items]] };
	await context.putExecutionToWait(deadline);
}

/** Returns the batch of the waiting execution that received a callback. */
export function readWaitingItems(context: IWebhookFunctions): INodeExecutionData[] {
	const items: unknown = context.evaluateExpression('{{ $input.all() }}');
	return Array.isArray(items) ? (items as INodeExecutionData[]) : [];
}

/** The user's choice of output for each job. */
export interface OutputSelection extends FileSelection {
	level: OutputLevel;
}

export function readSelection(context: IExecuteFunctions): OutputSelection {
	return {
		level: context.getNodeParameter('output', 0) as OutputLevel,
		files: context.getNodeParameter('options.files', 0, []),
		serviceFiles: context.getNodeParameter('options.serviceFiles', 0, []),
	};
}

/** Returns the item for a job whose transcript can't be fetched: the waiting item with the error. */
export function unavailableItem(
	{ item }: WaitingJob,
	{ explanation: { message, description } }: UserError,
): INodeExecutionData {
	const { timedOut: _, deadline: __, ...json } = item.json;
	return { ...item, json: { ...json, errorMessage: `The transcript couldn’t be fetched: ${message}. ${description}` } };
}

/**
 * Returns the item for a job that has ended, in the same shape as Get's output. If files can't be created, the item
 * gets a warning, since the transcript itself must not be lost.
 */
export async function toJobItem(
	context: FileContext,
	session: Session,
	selection: OutputSelection,
	{ item, metadata, recordingName }: WaitingJob,
	fetched: FetchedJob,
): Promise<INodeExecutionData> {
	const job = withRecordingName(fetched, recordingName);
	const callbackData = metadata === undefined ? {} : { metadata };
	const json = toItemJson(job, selection.level, session, callbackData);
	const { pairedItem } = item;
	try {
		const binary = await attachFiles(context, selection, session, job, () =>
			toOutputTranscript(job, 'words', session, callbackData),
		);
		return { json, ...(binary && { binary }), pairedItem };
	} catch (error) {
		const message = `The files couldn’t be attached: ${(error as Error).message}`;
		const warnings = [...((json.warnings as string[] | undefined) ?? []), message];
		return { json: { ...json, warnings }, pairedItem };
	}
}

/** Adds the name of the submitted recording if the service doesn't report one. */
function withRecordingName(job: FetchedJob, submitted: string | undefined): FetchedJob {
	const { transcript } = job;
	return { ...job, transcript: withoutAbsent({ ...transcript, recordingName: transcript.recordingName ?? submitted }) };
}
