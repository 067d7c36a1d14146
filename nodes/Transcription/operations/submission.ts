import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { PROVIDERS } from '../providers';
import { refuseForeignModel } from '../providers/foreignModel';
import { type AudioSource, type CallbackTarget, inputError, type SubmitPlan, type SubmittedJob } from '../providers/provider';
import { audioSource } from './audioSource';
import { failedItem } from './items';
import { memoryHint } from './memoryHint';
import { toNodeError } from './nodeError';
import type { Session } from './session';
import { warn } from './warn';

/** What differs between the operations that submit. */
export interface Submission<Callback extends { target: CallbackTarget } | undefined> {
	/**
	 * Where the callback of one item goes, and what has to be known of it later. Whatever can be found wrong with the item
	 * is found here.
	 * @throws InputError, MetadataError
	 */
	planCallback(itemIndex: number, options: IDataObject): Promise<Callback>;
	/** What a submitted job leaves the node as; names the job in `id`. */
	toJson(job: SubmittedJob, callback: Callback): IDataObject;
}

/**
 * Submits the recording of every input item.
 *
 * First every item is checked, which costs nothing; only then is the first recording submitted. A mistake in the last
 * item must not leave the jobs of the first ones without a place to arrive.
 *
 * @returns an item for each input item in its place; with Continue On Fail those that failed say why
 * @throws NodeOperationError, NodeApiError, naming the jobs that were submitted before
 */
export async function submitItems<Callback extends { target: CallbackTarget } | undefined>(
	context: IExecuteFunctions,
	session: Session,
	{ planCallback, toJson }: Submission<Callback>,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	const jobs = new Map<number, Recording & { callback: Callback }>();

	const attempt = async (itemIndex: number, work: () => Promise<void>) => {
		try {
			await work();
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), error, itemIndex);
			if (!context.continueOnFail()) throw namingSubmitted(nodeError, output);
			output[itemIndex] = failedItem(nodeError, itemIndex);
		}
	};

	for (const itemIndex of context.getInputData().keys()) {
		await attempt(itemIndex, async () => {
			const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
			const recording = await planRecording(context, itemIndex, session, options);
			jobs.set(itemIndex, { ...recording, callback: await planCallback(itemIndex, options) });
		});
	}
	const hint = memoryHint([...jobs.values()].map(({ source }) => source));
	if (hint) warn(context, hint);
	for (const [itemIndex, { source, submit, callback }] of jobs) {
		refuseStopped(context, output);
		await attempt(itemIndex, async () => {
			const job = await submit(session.api, source, callback?.target);
			output[itemIndex] = { json: toJson(job, callback), pairedItem: { item: itemIndex } };
		});
	}
	refuseStopped(context, output);
	return output;
}

interface Recording {
	source: AudioSource;
	submit: SubmitPlan;
}

async function planRecording(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	options: IDataObject,
): Promise<Recording> {
	const { settings, baseUrl } = session.connection;
	const source = await audioSource(context, itemIndex, baseUrl);
	const { uploadBytes } = session.provider.limits(settings);
	if ('file' in source && source.file.bytes > uploadBytes) {
		throw inputError(
			`The file “${source.file.fileName}” in item ${itemIndex} has ${gigabytes(source.file.bytes)} GB; ${session.provider.displayName} accepts uploads up to ${gigabytes(uploadBytes)} GB`,
			'Put the recording online and choose Source: URL, or split or compress it.',
		);
	}
	refuseForeignModel(options, session.provider, PROVIDERS);
	return { source, submit: session.provider.planSubmit(options, settings, source) };
}

/** n8n stores nothing of a node that runs when its execution is stopped: the IDs stand in the log as well. @throws NodeOperationError */
export function refuseStopped(context: IExecuteFunctions, output: readonly INodeExecutionData[]): void {
	if (!context.getExecutionCancelSignal()?.aborted) return;
	const stopped = inputError('The execution was stopped before this node had ended', 'No other recording was submitted. One that was on its way may have been accepted: look for it at the service before you submit it again.');
	const error = namingSubmitted(toNodeError(context.getNode(), stopped), output);
	context.logger.warn(`“${context.getNode().name}”: ${error.message}. ${error.description ?? ''}`);
	throw error;
}

/** Jobs that were submitted before the failure are paid for: their IDs stay with the user. */
function namingSubmitted(
	error: ReturnType<typeof toNodeError>,
	output: readonly INodeExecutionData[],
): ReturnType<typeof toNodeError> {
	const submitted = Object.entries(output)
		.filter(([, item]) => item.json.id !== undefined)
		.map(([itemIndex, item]) => `item ${itemIndex}: ${item.json.id as string}`);
	if (submitted.length > 0) {
		error.description = `${error.description ?? ''} Submitted before this happened, do not submit again: ${submitted.join(', ')}.`.trim();
		error.context.submitted = submitted;
	}
	return error;
}

function gigabytes(bytes: number): string {
	return (bytes / 1e9).toFixed(1);
}
