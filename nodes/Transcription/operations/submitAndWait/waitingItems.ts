import { type IDataObject, type IExecuteFunctions, type INodeExecutionData, type IWebhookFunctions, sleep } from 'n8n-workflow';
import type { Metadata } from '../../callback/metadata';
import type { FetchedJob, SubmittedJob } from '../../providers/provider';
import { eventIdOf, withoutAbsent } from '../../transcript/model';
import type { ServiceError } from '../../http/errors';
import type { OutputLevel } from '../../transcript/output';
import { attachFiles, type FileContext, type FileSelection } from '../../shared/files';
import { toItemJson, toOutputTranscript } from '../../shared/jobOutput';
import type { Session } from '../../shared/session';

/**
 * The jobs of an execution that waits. n8n keeps them as the input of the node that waits; there is no other storage.
 * At the deadline n8n hands that input on as it stands, so these are the items that then leave the node.
 */

/** One of them. */
export interface WaitingJob {
	id: string;
	metadata?: Metadata;
	/** Of the batch, for the item that takes its place. */
	item: INodeExecutionData;
}

/** How a job leaves the node that has not ended by the deadline. */
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

/** The job in an item of the batch; undefined for one that stands for a recording that could not be submitted. */
export function waitingJobOf(item: INodeExecutionData): WaitingJob | undefined {
	const { id, metadata, timedOut } = item.json;
	if (typeof id !== 'string' || timedOut !== true) return undefined;
	return { id, item, ...(metadata !== undefined && { metadata: metadata as Metadata }) };
}

export function waitingJobsOf(items: readonly INodeExecutionData[]): WaitingJob[] {
	return items.flatMap((item) => waitingJobOf(item) ?? []);
}

/** The batch with other items in the places of some. */
export function replaceItems(
	items: readonly INodeExecutionData[],
	some: readonly INodeExecutionData[],
	others: readonly INodeExecutionData[],
): INodeExecutionData[] {
	const replaced = new Map(some.map((item, index) => [item, others[index]]));
	return items.map((item) => replaced.get(item) ?? item);
}

/**
 * In an execution that has waited before, the next wait begins no sooner than this after the node's run, in ms. It is longer
 * than a process can be mistaken about whether the execution still waits (`FRESH_ANSWER_MS` in `resume.ts`): a late callback
 * for the earlier batch finds the execution running, which n8n refuses, and can't take it back.
 */
const NEXT_WAIT_AFTER_MS = 4000;

/** Name of our entry in the execution's context, which n8n stores with it. */
const HAS_WAITED = 'transcriptionHasWaited';

/**
 * Ends this run of the node, and makes n8n keep the batch until the execution resumes. The jobs' items name the deadline,
 * which webhook() couldn't learn otherwise.
 * @param begunAt when the node's run began, Unix time in ms
 */
export async function park(context: IExecuteFunctions, items: readonly INodeExecutionData[], deadline: Date, begunAt: number): Promise<void> {
	const flow = context.getContext('flow');
	if (flow[HAS_WAITED]) await sleep(Math.max(0, begunAt + NEXT_WAIT_AFTER_MS - Date.now()));
	flow[HAS_WAITED] = true;
	for (const { item } of waitingJobsOf(items)) item.json.deadline = deadline.toISOString();
	const execution = context.getExecuteData();
	// n8n stores what stands here as the node's input. It takes items out of arrays it is given: hence a copy.
	execution.data = { ...execution.data, main: [[...items]] };
	await context.putExecutionToWait(deadline);
}

/** The batch of the execution that a callback came for. */
export function readWaitingItems(context: IWebhookFunctions): INodeExecutionData[] {
	const items: unknown = context.evaluateExpression('{{ $input.all() }}');
	return Array.isArray(items) ? (items as INodeExecutionData[]) : [];
}

/** What shall leave the node for each job. */
export interface OutputSelection extends FileSelection {
	level: OutputLevel;
}

/** The item of a job whose transcript cannot be had: what was parked, and why. */
export function unavailableItem({ item }: WaitingJob, { explanation: { message, description } }: ServiceError): INodeExecutionData {
	const { timedOut: _, deadline: __, ...json } = item.json;
	return { ...item, json: { ...json, errorMessage: `The transcript cannot be fetched: ${message}. ${description}` } };
}

/**
 * The item of a job that has ended, in the shape of Get's. Files that cannot be made are told in its `warning`: the
 * transcript itself must not be lost for them.
 */
export async function toJobItem(
	context: FileContext,
	session: Session,
	wanted: OutputSelection,
	{ item, metadata }: WaitingJob,
	end: FetchedJob,
): Promise<INodeExecutionData> {
	const carried = metadata === undefined ? {} : { metadata };
	const json = toItemJson(end, wanted.level, session, carried);
	const { pairedItem } = item;
	try {
		const binary = await attachFiles(context, wanted, session, end, () => toOutputTranscript(end, 'words', session, carried));
		return { json, ...(binary && { binary }), pairedItem };
	} catch (error) {
		const trouble = `The files could not be attached: ${(error as Error).message}`;
		const warning = json.warning === undefined ? trouble : `${String(json.warning)} ${trouble}`;
		return { json: { ...json, warning }, pairedItem };
	}
}
