import { userError, UserError } from '../../core/userError';
import type { UploadSource } from '../../http/upload';
import {
	type AudioSource,
	type CallbackTarget,
	type Provider,
	type SubmitPlan,
	type SubmittedJob,
} from '../../providers/provider';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { PROVIDERS } from '../../providers';
import { assertOwnModel } from '../../providers/common/foreignModel';
import type { ApiRequest, ProviderApi } from '../../http/api';
import { DEFAULT_CONCURRENCY, mapConcurrently, readConcurrency } from '../../shared/concurrency';
import { ServiceError } from '../../http/errors';
import { openLedger } from '../../deduplication';
import { readRecording, type Recording } from './audioSource';
import { failedItem, toNodeError, warn } from '../../shared/errors';
import type { Session } from '../../shared/session';
import { withoutAbsent } from '../../transcript/model';

/** Smaller files don't cause memory problems. */
const NOTICEABLE_BYTES = 32 * 2 ** 20;

const KEPT = { process: 'in memory', database: 'in the database' } as const;

/**
 * Returns a warning about recordings that n8n can't stream and therefore holds in memory while they are uploaded, or
 * undefined if none of them is large. One warning covers all recordings, since the cause is an n8n setting.
 */
export function memoryHint(sources: readonly AudioSource[]): string | undefined {
	const [largest] = sources
		.flatMap((source) => ('file' in source ? [source.file] : []))
		.filter(
			(file): file is UploadSource & { inMemoryOf: keyof typeof KEPT } =>
				file.inMemoryOf !== undefined && file.bytes > NOTICEABLE_BYTES,
		)
		.sort((a, b) => b.bytes - a.bytes);
	if (!largest) return undefined;
	return (
		`This n8n instance keeps files ${KEPT[largest.inMemoryOf]}, so “${largest.fileName}” (${Math.round(largest.bytes / 1e6)} MB) is held in memory while it is uploaded. ` +
		'To stream files, set N8N_DEFAULT_BINARY_DATA_MODE to filesystem, or to s3 if you run several workers. Or host the recording online and choose Source: URL.'
	);
}

/** The differences between the operations that submit. */
export interface SubmitPlanner<Plan extends { target?: CallbackTarget } | undefined> {
	/** Identifies the node's run in the submit ledger, see `nodeRunOf`. */
	nodeRun: string;
	/**
	 * Plans one item, including its callback if there is one, and performs all validation that doesn't require the
	 * provider.
	 * @throws UserError
	 */
	planItem(itemIndex: number, options: IDataObject): Promise<Plan>;
	/** Returns the JSON of the output item for a submitted job, with the job ID in `id`. */
	toJson(job: SubmittedJob, plan: Plan): IDataObject;
}

/**
 * Submits the recording of every input item.
 *
 * Every item is validated, at no cost, before the first recording is submitted. Otherwise, an invalid last item would
 * fail the node, and the other items' jobs would be paid for and lost.
 *
 * The items are submitted concurrently. After a failure, or if the execution is stopped, no further item is submitted,
 * but the submits in progress are awaited, so that every job is known.
 *
 * Before anything is submitted, every item is recorded in the submit ledger. Items that an earlier run in the same
 * execution submitted aren't submitted again: their job is returned if this process knows it; otherwise, the item
 * fails.
 *
 * @returns one item per input item, in input order; with Continue On Fail, failed items contain the error
 * @throws NodeOperationError, NodeApiError, listing the jobs that were already submitted
 */
export async function submitItems<Plan extends { target?: CallbackTarget } | undefined>(
	context: IExecuteFunctions,
	session: Session,
	{ nodeRun, planItem, toJson }: SubmitPlanner<Plan>,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	const jobs = new Map<number, PlannedRecording & { plan: Plan }>();
	/** Items that were sent, but whose response doesn't say whether a job was created. */
	const uncertain: number[] = [];

	const attempt = async (itemIndex: number, work: () => Promise<void>) => {
		try {
			await work();
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), error, itemIndex);
			if (!context.continueOnFail()) throw nodeError;
			output[itemIndex] = failedItem(nodeError, itemIndex);
		}
	};

	for (const itemIndex of context.getInputData().keys()) {
		await attempt(itemIndex, async () => {
			const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
			const recording = await planRecording(context, itemIndex, session, options);
			jobs.set(itemIndex, { ...recording, plan: await planItem(itemIndex, options) });
		});
	}
	const sources = [...jobs.values()].map(({ source }) => source);
	const hint = memoryHint(sources);
	if (hint) warn(context, hint);
	const concurrency = Math.min(
		readConcurrency(context, defaultConcurrency(session, sources, hint !== undefined)),
		maxConcurrency(session, sources),
	);
	const ledger = await openLedger<IDataObject>(context, nodeRun, [...jobs.keys()]);
	const unsubmitted = new Set([...jobs.keys()].filter((itemIndex) => !ledger.submittedBefore.has(itemIndex)));
	const setOutput = (itemIndex: number, json: IDataObject) => {
		output[itemIndex] = { json, pairedItem: { item: itemIndex } };
	};
	const submitItem = async (
		itemIndex: number,
		{ source, recordingName, submit, plan }: PlannedRecording & { plan: Plan },
	) => {
		if (ledger.submittedBefore.has(itemIndex)) {
			const earlier = ledger.resultOf(itemIndex);
			if (!earlier) throw alreadySubmitted(session.provider, itemIndex);
			return setOutput(itemIndex, { ...earlier });
		}
		const watch = watchSubmits(session.api);
		unsubmitted.delete(itemIndex);
		const job = await submit(watch.api, source, plan?.target).catch((error: unknown) => {
			if (!watch.hasBegun || isCertainRefusal(error)) unsubmitted.add(itemIndex);
			else uncertain.push(itemIndex);
			throw error;
		});
		logAccepted(context, session.provider, job, itemIndex);
		// Some services don't report the name of an uploaded file.
		const json = withoutAbsent({ ...toJson(job, plan), recordingName });
		ledger.keep(itemIndex, { ...json });
		setOutput(itemIndex, json);
	};
	try {
		await mapConcurrently(
			[...jobs],
			async ([itemIndex, job]) => {
				if (isCanceled(context)) return;
				await attempt(itemIndex, async () => await submitItem(itemIndex, job));
			},
			concurrency,
		);
		throwIfCanceled(context, output, uncertain);
	} catch (error) {
		throwIfCanceled(context, output, uncertain);
		throw withSubmittedJobs(toNodeError(context.getNode(), error), output, uncertain);
	} finally {
		await ledger.release([...unsubmitted]);
	}
	return output;
}

/** Returns the number of recordings to submit at a time if the user doesn't choose one. */
function defaultConcurrency(
	{ provider, connection }: Session,
	sources: readonly AudioSource[],
	isHeldInMemory: boolean,
): number {
	if (isHeldInMemory) return 1;
	const { concurrentJobs = Infinity } = provider.limits(connection.settings);
	return Math.min(concurrentJobs, hasUpload(sources) ? DEFAULT_CONCURRENCY.upload : DEFAULT_CONCURRENCY.submitUrl);
}

/** Returns the number of recordings that the service accepts at a time, whatever the user chooses. */
function maxConcurrency({ provider, connection }: Session, sources: readonly AudioSource[]): number {
	const { concurrentUploads = Infinity } = provider.limits(connection.settings);
	return hasUpload(sources) ? concurrentUploads : Infinity;
}

function hasUpload(sources: readonly AudioSource[]): boolean {
	return sources.some((source) => 'file' in source);
}

/** Wraps the API to record when the billable request begins. Uploads before it don't create a job. */
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

/**
 * Logs an accepted job. n8n stores a node's output only when the node ends, so until then, the log is the only place
 * that has the job ID.
 */
function logAccepted(
	context: IExecuteFunctions,
	{ displayName }: Provider,
	{ id }: SubmittedJob,
	itemIndex: number,
): void {
	context.logger.info(
		`“${context.getNode().name}” (execution ${context.getExecutionId()}): ${displayName} accepted job ${id} (item ${itemIndex})`,
	);
}

function alreadySubmitted({ displayName, listing, echoesCallbackUrl }: Provider, itemIndex: number): UserError {
	const inList = listing && echoesCallbackUrl ? ', and Get Many lists the job' : '';
	return userError(
		`Item ${itemIndex} wasn’t submitted again, because this execution may already have submitted it`,
		`If ${displayName} accepted the recording, n8n’s log contains the job ID (“accepted job … (item ${itemIndex})”)${inList}. Fetch the transcript by that ID. To submit the recording again, start a new execution.`,
	);
}

interface PlannedRecording extends Recording {
	submit: SubmitPlan;
}

async function planRecording(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	options: IDataObject,
): Promise<PlannedRecording> {
	const { settings, baseUrl } = session.connection;
	const recording = await readRecording(context, itemIndex, baseUrl);
	const { source } = recording;
	const { uploadBytes, forLargerFiles = 'Host the recording online and choose Source: URL, or split or compress it.' } =
		session.provider.limits(settings);
	if ('file' in source && source.file.bytes > uploadBytes) {
		throw userError(
			`The file “${source.file.fileName}” in item ${itemIndex} is ${readableSize(source.file.bytes)}, but ${session.provider.displayName} accepts uploads of up to ${readableSize(uploadBytes)}`,
			forLargerFiles,
		);
	}
	assertOwnModel(options, session.provider, PROVIDERS);
	return { ...recording, submit: session.provider.planSubmit(options, settings, source) };
}

/**
 * Throws if the execution was stopped. Also logs the job IDs, since n8n doesn't store the output of a node that is
 * running at that time.
 * @param uncertain items that may have been submitted
 * @throws NodeOperationError
 */
export function throwIfCanceled(
	context: IExecuteFunctions,
	output: readonly INodeExecutionData[],
	uncertain: readonly number[] = [],
	description = 'No further recordings were submitted.',
): void {
	if (!isCanceled(context)) return;
	const canceled = userError('The execution was stopped before this node finished', description);
	const error = withSubmittedJobs(toNodeError(context.getNode(), canceled), output, uncertain);
	context.logger.warn(`“${context.getNode().name}”: ${error.message}. ${error.description ?? ''}`);
	throw error;
}

function isCanceled(context: IExecuteFunctions): boolean {
	return context.getExecutionCancelSignal()?.aborted === true;
}

/**
 * Adds the IDs of the jobs that were submitted, since the user pays for them.
 * @param uncertain items that may have been submitted
 */
export function withSubmittedJobs(
	error: ReturnType<typeof toNodeError>,
	output: readonly INodeExecutionData[],
	uncertain: readonly number[] = [],
): ReturnType<typeof toNodeError> {
	const submitted = Object.entries(output)
		.filter(([, item]) => item.json.id !== undefined)
		.map(([itemIndex, item]) => `item ${itemIndex}: ${item.json.id as string}`);
	if (submitted.length > 0) {
		error.description =
			`${error.description ?? ''} Already submitted, don’t submit again: ${submitted.join(', ')}.`.trim();
		error.context.submitted = submitted;
	}
	// The error itself says so about its own item.
	const others = uncertain.filter((itemIndex) => itemIndex !== error.context.itemIndex).sort((a, b) => a - b);
	if (others.length > 0) {
		const items = others.map((itemIndex) => `item ${itemIndex}`).join(', ');
		error.description =
			`${error.description ?? ''} Possibly submitted, check your account before you submit again: ${items}.`.trim();
	}
	return error;
}

function readableSize(bytes: number): string {
	return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
