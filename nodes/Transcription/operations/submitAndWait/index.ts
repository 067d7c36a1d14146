import { userError } from '../../core/userError';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Metadata } from '../../callback/metadata';
import { waitingUrl } from '../../callback/url';
import { readBoolean } from '../../core/optionReaders';
import { type CallbackTarget, type Provider } from '../../providers/provider';
import { nodeRunOf } from '../../deduplication';
import type { OutputLevel } from '../../transcript/output';
import { readMetadata, callbackTargetAt } from '../submit/callbackTarget';
import type { Operation } from '../operation';
import { openSession, type Session } from '../../shared/session';
import { submitItems, throwIfCanceled } from '../submit/submitItems';
import { warn } from '../../shared/errors';
import { type Deadline, deadlineOf, latest } from './deadline';
import { initialPoll, readInitialPoll, mapConcurrently } from './pollJobs';
import { submitAndWaitFields } from './fields';
import { batchKey, batchMemory } from './batchMemory';
import { replaceItems, toJobItem, waitingJobsOf, pauseExecution, waitingJson } from './waitingItems';
import { checkSelf, checkJobsOnceWaiting } from './selfProbe';

/** See `resume.ts` for how the execution resumes. */
export const submitAndWait: Operation = {
	resource: 'transcription',
	option: {
		name: 'Submit and Wait',
		value: 'submitAndWait',
		action: 'Transcribe a recording and wait for the transcript',
		description: 'Submit audio and pause the execution until all transcripts are ready',
		// An agent waits for its tool, so its execution can't be paused.
		displayOptions: { hide: { '@tool': [true] } },
	},
	fields: submitAndWaitFields,
	unsupportedReason,
	execute,
};

function unsupportedReason({ registration, displayName }: Provider): string | undefined {
	return registration
		? `${displayName} sends all callbacks to one webhook per workspace, so they can’t reach a waiting execution. Use Submit with the Transcription Trigger, or Get with “Wait Until Done”.`
		: undefined;
}

interface Callback {
	target: CallbackTarget;
	metadata: Metadata;
	deadline: Deadline;
	initialPoll: number;
}

async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	assertNotTool(context);
	const nodeRun = nodeRunOf(context);
	const startedAt = Date.now();
	const session = await openSession(context, provider);
	const callbacks: Callback[] = [];
	const url = callbackUrl(context);
	let selfUnreachable: boolean | undefined;
	const items = await submitItems(context, session, {
		nodeRun,
		async planCallback(itemIndex, options) {
			const callback = {
				target: waitingTarget(url, session),
				metadata: readMetadata(context, itemIndex),
				deadline: readDeadline(context, itemIndex),
				initialPoll: readInitialPoll(options.initialPoll),
			};
			assertTimeoutAfterDeadline(context, callback.deadline);
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
	const finishedJobs = await initialPoll(session, jobs, seconds, canceled);
	if (finishedJobs) {
		const selection = {
			level: context.getNodeParameter('output', 0) as OutputLevel,
			files: context.getNodeParameter('options.files', 0, []),
			serviceFiles: context.getNodeParameter('options.serviceFiles', 0, []),
		};
		const pairs = jobs.map((job, index) => ({ job, finishedJob: finishedJobs[index]! }));
		const jobItems = await mapConcurrently(
			pairs,
			async ({ job, finishedJob }) => await toJobItem(context, session, selection, job, finishedJob),
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
		`This n8n instance couldn’t reach its own address ${new URL(url).origin} (${reason}), so it can’t check whether the execution is still waiting before a callback resumes it. In queue mode, the execution only resumes when ${displayName} retries a callback, or at the deadline. Correct WEBHOOK_URL or the network, or use Submit with Callback: None and Get with “Wait Until Done”. If your network doesn’t allow this connection, add the “Skip Self-Check” option.`,
	);
	return true;
}

function readDeadline(context: IExecuteFunctions, itemIndex: number): Deadline {
	const fields = {
		kind: context.getNodeParameter('deadline', itemIndex, 'afterTime'),
		amount: context.getNodeParameter('deadlineAmount', itemIndex, 2),
		unit: context.getNodeParameter('deadlineUnit', itemIndex, 'hours'),
		at: context.getNodeParameter('deadlineAt', itemIndex, ''),
		timezone: context.getTimezone(),
	};
	return deadlineOf(fields, Date.now());
}

/**
 * Checks that the workflow's timeout is after the deadline. n8n measures the timeout from the start of the execution,
 * and cancels an execution that resumes too late.
 */
function assertTimeoutAfterDeadline(context: IExecuteFunctions, deadline: Deadline): void {
	const timeout = Number(context.getWorkflowSettings().executionTimeout ?? 0);
	const now = Date.now();
	if (!(timeout > 0) || latest([deadline], now).getTime() - now < timeout * 1000) return;
	throw userError(
		`This workflow’s timeout (${timeout} seconds) isn’t longer than the deadline, so n8n would cancel the execution instead of resuming it`,
		'Choose an earlier deadline, or increase or turn off “Timeout Workflow” in the workflow settings. Nothing was submitted.',
	);
}

function waitingTarget(url: string, session: Session): CallbackTarget {
	return callbackTargetAt(url, session, {
		attach: (plain) => plain,
		subject: 'The callback URL of this execution',
		howToShorten: 'Use a shorter public address for this n8n instance (WEBHOOK_URL). Nothing was submitted.',
		alternative: 'use Submit with Callback: None, and Get with “Wait Until Done”',
	});
}

/**
 * Checks that the node isn't used as an agent's tool. Pausing would end the agent's run, and the agent would never
 * receive the transcript.
 */
function assertNotTool(context: IExecuteFunctions): void {
	if (!context.isToolExecution?.() && !context.getNode().type.endsWith('Tool')) return;
	throw userError(
		'Submit and Wait can’t be used as an AI agent tool, because the agent wouldn’t receive the transcript',
		'Give the agent two tools: Submit with Callback: None, and Get with the ID that Submit returns. Nothing was submitted.',
	);
}
