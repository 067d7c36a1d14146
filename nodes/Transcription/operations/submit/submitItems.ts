import { userError, UserError } from '../../core/userError';
import type { UploadSource } from '../../http/upload';
import { type AudioSource, type CallbackTarget, type Provider, type SubmitPlan, type SubmittedJob } from '../../providers/provider';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { PROVIDERS } from '../../providers';
import { assertOwnModel } from '../../providers/common/foreignModel';
import type { ApiRequest, ProviderApi } from '../../http/api';
import { ServiceError } from '../../http/errors';
import { openLedger } from '../../deduplication';
import { audioSource } from './audioSource';
import { failedItem, toNodeError, warn } from '../../shared/errors';
import type { Session } from '../../shared/session';
/** Below this nobody runs out of memory. */
const NOTICEABLE_BYTES = 32 * 2 ** 20;

const KEPT = { process: 'in its memory', database: 'in its database' } as const;

/**
 * A warning for recordings that n8n cannot stream, and so holds in memory as a whole while they are uploaded; undefined
 * where there are none of a size to speak of. One for all recordings: it is a setting of n8n.
 */
export function memoryHint(sources: readonly AudioSource[]): string | undefined {
	const [largest] = sources
		.flatMap((source) => ('file' in source ? [source.file] : []))
		.filter((file): file is UploadSource & { inMemoryOf: keyof typeof KEPT } => file.inMemoryOf !== undefined && file.bytes > NOTICEABLE_BYTES)
		.sort((a, b) => b.bytes - a.bytes);
	if (!largest) return undefined;
	return (
		`This n8n keeps files ${KEPT[largest.inMemoryOf]}, so that “${largest.fileName}” (${Math.round(largest.bytes / 1e6)} MB) takes that much memory while it is uploaded. ` +
		'Set N8N_DEFAULT_BINARY_DATA_MODE to filesystem, or with several workers to s3, and files are streamed; or put the recording online and choose Source: URL.'
	);
}

/** What differs between the operations that submit. */
export interface SubmitPlanner<Callback extends { target: CallbackTarget } | undefined> {
	/** Identifies the node's run in the submit ledger, see `nodeRunOf`. */
	nodeRun: string;
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
 * Before anything is submitted, the submit ledger records every item. What an earlier run of the same execution
 * submitted isn't submitted again: its job is returned where this process knows it, else the item fails.
 *
 * @returns an item for each input item in its place; with Continue On Fail those that failed say why
 * @throws NodeOperationError, NodeApiError, naming the jobs that were submitted before
 */
export async function submitItems<Callback extends { target: CallbackTarget } | undefined>(
	context: IExecuteFunctions,
	session: Session,
	{ nodeRun, planCallback, toJson }: SubmitPlanner<Callback>,
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
	const ledger = await openLedger<IDataObject>(context, nodeRun, [...jobs.keys()]);
	const unsubmitted = new Set([...jobs.keys()].filter((itemIndex) => !ledger.submittedBefore.has(itemIndex)));
	const watch = watchSubmits(session.api);
	const put = (itemIndex: number, json: IDataObject) => {
		output[itemIndex] = { json, pairedItem: { item: itemIndex } };
	};
	try {
		for (const [itemIndex, { source, submit, callback }] of jobs) {
			refuseStopped(context, output);
			await attempt(itemIndex, async () => {
				if (ledger.submittedBefore.has(itemIndex)) {
					const earlier = ledger.resultOf(itemIndex);
					if (!earlier) throw alreadySubmitted(session.provider, itemIndex);
					return put(itemIndex, { ...earlier });
				}
				watch.hasBegun = false;
				unsubmitted.delete(itemIndex);
				const job = await submit(watch.api, source, callback?.target).catch((error: unknown) => {
					if (!watch.hasBegun || isCertainRefusal(error)) unsubmitted.add(itemIndex);
					throw error;
				});
				logAccepted(context, session.provider, job, itemIndex);
				const json = toJson(job, callback);
				ledger.keep(itemIndex, { ...json });
				put(itemIndex, json);
			});
		}
		refuseStopped(context, output);
	} finally {
		await ledger.release([...unsubmitted]);
	}
	return output;
}

/** The API, which notes when the request begins that costs money. Uploads before it don't create a job. */
function watchSubmits(api: ProviderApi): { api: ProviderApi; hasBegun: boolean } {
	const watch = {
		hasBegun: false,
		api: {
			...api,
			async request(request: ApiRequest) {
				watch.hasBegun ||= !request.idempotent;
				return await api.request(request);
			},
		},
	};
	return watch;
}

function isCertainRefusal(error: unknown): boolean {
	return error instanceof UserError && !(error instanceof ServiceError && error.outcomeUnknown);
}

/** n8n stores a node's output only when the node ends: until then, the log is the only place that has the ID. */
function logAccepted(context: IExecuteFunctions, { displayName }: Provider, { id }: SubmittedJob, itemIndex: number): void {
	context.logger.info(
		`“${context.getNode().name}” (execution ${context.getExecutionId()}): ${displayName} accepted job ${id} (item ${itemIndex})`,
	);
}

function alreadySubmitted({ displayName, listing, echoesCallbackUrl }: Provider, itemIndex: number): UserError {
	const inList = listing && echoesCallbackUrl ? `, and ${displayName}’s list of jobs has it (Get Many)` : '';
	return userError(
		`Item ${itemIndex} wasn’t submitted again: this execution has submitted it, or may have`,
		`n8n’s log has the job ID where ${displayName} accepted the recording (“accepted job … (item ${itemIndex})”)${inList}: get the transcript by that ID. To submit the recording once more, start a new execution.`,
	);
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
		throw userError(
			`The file “${source.file.fileName}” in item ${itemIndex} has ${gigabytes(source.file.bytes)} GB; ${session.provider.displayName} accepts uploads up to ${gigabytes(uploadBytes)} GB`,
			'Put the recording online and choose Source: URL, or split or compress it.',
		);
	}
	assertOwnModel(options, session.provider, PROVIDERS);
	return { source, submit: session.provider.planSubmit(options, settings, source) };
}

/** n8n stores nothing of a node that runs when its execution is stopped: the IDs stand in the log as well. @throws NodeOperationError */
export function refuseStopped(context: IExecuteFunctions, output: readonly INodeExecutionData[]): void {
	if (!context.getExecutionCancelSignal()?.aborted) return;
	const stopped = userError('The execution was stopped before this node had ended', 'No other recording was submitted. One that was on its way may have been accepted: look for it at the service before you submit it again.');
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
