import { userError } from '../../core/userError';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Metadata } from '../../callback/metadata';
import { waitingUrl } from '../../callback/url';
import { readBoolean } from '../../core/optionReaders';
import { type CallbackTarget, type Provider } from '../../providers/provider';
import { nodeRunOf } from '../../deduplication';
import { readMetadata, callbackTargetAt } from '../submit/callbackTarget';
import type { Operation } from '../operation';
import { openSession, type Session } from '../../shared/session';
import { submitItems, throwIfCanceled } from '../submit/submitItems';
import { warn } from '../../shared/errors';
import { type Deadline, latest, readDeadline } from './deadline';
import { mapConcurrently, readConcurrency } from '../../shared/concurrency';
import { initialPoll, readInitialPoll } from './pollJobs';
import { submitAndWaitFields } from './fields';
import { submitAndPoll } from './submitAndPoll';
import { readWaitBy } from './waitBy';
import { batchKey, batchMemory } from './batchMemory';
import { readSelection, replaceItems, toJobItem, waitingJobsOf, pauseExecution, waitingJson } from './waitingItems';
import { checkSelf, checkJobsOnceWaiting } from './selfProbe';

/** See `resume.ts` for how the execution resumes. */
export const submitAndWait: Operation = {
	resource: 'transcription',
	option: {
		name: 'Submit and Wait',
		value: 'submitAndWait',
		action: 'Transcribe a recording and wait',
		description: 'Submit audio and pause the execution until all transcripts are ready',
	},
	fields: submitAndWaitFields,
	execute,
};

async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const nodeRun = nodeRunOf(context);
	return readWaitBy(context, provider) === 'polling'
		? await submitAndPoll(context, provider, nodeRun)
		: await submitAndPause(context, provider, nodeRun);
}

interface Callback {
	target: CallbackTarget;
	metadata: Metadata;
	deadline: Deadline;
	initialPoll: number;
}

/** Submits all items, and pauses the execution until the callbacks arrive. */
async function submitAndPause(
	context: IExecuteFunctions,
	provider: Provider,
	nodeRun: string,
): Promise<INodeExecutionData[]> {
	const startedAt = Date.now();
	const session = await openSession(context, provider);
	const callbacks: Callback[] = [];
	const url = callbackUrl(context);
	let selfUnreachable: boolean | undefined;
	const items = await submitItems(context, session, {
		nodeRun,
		async planItem(itemIndex, options) {
			const callback = {
				target: waitingTarget(url, session),
				metadata: readMetadata(context, itemIndex),
				deadline: readDeadline(context, itemIndex),
				initialPoll: readInitialPoll(options.initialPoll),
			};
			const skipSelfCheck = readBoolean(options.skipSelfCheck, 'Skip Self-Check');
			if (!skipSelfCheck) selfUnreachable ??= await warnIfUnreachable(context, provider, url, callback.target.secret);
			callbacks.push(callback);
			return callback;
		},
		toJson: (job, { metadata }) => waitingJson(provider.name, job, metadata),
	});
	const jobs = waitingJobsOf(items);
	const [first] = callbacks;
	if (jobs.length === 0 || !first) return items;

	const deadline = latest(
		callbacks.map((callback) => callback.deadline),
		Date.now(),
	);
	const seconds = Math.max(...callbacks.map((callback) => callback.initialPoll));
	const canceled = context.getExecutionCancelSignal();
	const concurrency = readConcurrency(context);
	const finishedJobs = await initialPoll(session, jobs, seconds, canceled, concurrency);
	if (finishedJobs) {
		const selection = readSelection(context);
		const pairs = jobs.map((job, index) => ({ job, finishedJob: finishedJobs[index]! }));
		const jobItems = await mapConcurrently(
			pairs,
			async ({ job, finishedJob }) => await toJobItem(context, session, selection, job, finishedJob),
			concurrency,
		);
		return replaceItems(
			items,
			jobs.map(({ item }) => item),
			jobItems,
		);
	}
	throwIfCanceled(context, items);
	if (deadline.getTime() <= Date.now()) return items;
	await pauseExecution(context, items, deadline, startedAt);
	const batch = { first: jobs[0]?.id ?? '', url, secret: first.target.secret };
	const memory = batchMemory(batchKey(context.getExecutionId(), batch.first));
	// In queue mode, published workflows run on workers, which don't receive callbacks.
	memory.isOnlyProcess = context.getMode() !== 'manual';
	memory.selfUnreachable = selfUnreachable;
	checkJobsOnceWaiting(context, batch);
	return items;
}

/** Returns the URL for the callbacks to this execution. @throws UserError */
function callbackUrl(context: IExecuteFunctions): string {
	const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
	const url = waitingUrl(resumeUrl);
	if (url) return url;
	throw userError(
		`The URL for resuming this execution isn’t valid: ${resumeUrl.split('?')[0]?.slice(0, 120)}`,
		'Set the WEBHOOK_URL of this n8n instance to its public address, such as https://n8n.example.com/. Nothing was submitted.',
	);
}

/**
 * @returns whether this n8n instance couldn't be reached at its own address
 * @throws UserError if another server responded there
 */
async function warnIfUnreachable(
	context: IExecuteFunctions,
	{ displayName }: Provider,
	url: string,
	secret: string,
): Promise<boolean> {
	const reason = await checkSelf(context, url, secret);
	if (reason === undefined) return false;
	warn(
		context,
		`This n8n instance couldn’t reach its own address ${new URL(url).origin} (${reason}), so it can’t check whether the execution is still waiting before a callback resumes it. In queue mode, the execution only resumes when ${displayName} retries a callback, or at the deadline. Correct WEBHOOK_URL or the network, or set “Wait By” to Polling. If your network doesn’t allow this connection, add the “Skip Self-Check” option.`,
	);
	return true;
}

function waitingTarget(url: string, session: Session): CallbackTarget {
	return callbackTargetAt(url, session, {
		attach: (plain) => plain,
		subject: 'The callback URL of this execution',
		howToShorten: 'Use a shorter public address for this n8n instance (WEBHOOK_URL). Nothing was submitted.',
		alternative: 'set “Wait By” to Polling',
	});
}
