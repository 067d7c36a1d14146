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
import { refuseStopped, submitItems } from '../submit/submitItems';
import { warn } from '../../shared/errors';
import { type Deadline, deadlineOf, latest } from './deadline';
import { initialPoll, readInitialPoll, mapConcurrently } from './pollJobs';
import { submitAndWaitFields } from './fields';
import { batchKey, batchMemory } from './batchMemory';
import { replaceItems, toJobItem, waitingJobsOf, park, waitingJson } from './waitingItems';
import { checkSelf, checkJobsOnceWaiting } from './selfProbe';

/** What makes the execution go on stands in `resume.ts`. */
export const submitAndWait: Operation = {
	resource: 'transcription',
	option: {
		name: 'Submit and Wait',
		value: 'submitAndWait',
		action: 'Submit a recording and wait for its transcript',
		description: 'Hand recordings to the service; the execution is parked, and goes on with all transcripts',
		// An agent that waits for its tool cannot be parked.
		displayOptions: { hide: { '@tool': [true] } },
	},
	fields: submitAndWaitFields,
	unsupportedReason,
	execute,
};

function unsupportedReason({ registration, displayName }: Provider): string | undefined {
	return registration
		? `${displayName} sends all its callbacks to one webhook of the workspace, so none can reach the execution that waits. Use Submit with the Transcription Trigger, or Get with Wait Until Done.`
		: undefined;
}

interface Callback {
	target: CallbackTarget;
	metadata: Metadata;
	deadline: Deadline;
	initialPoll: number;
}

async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	refuseTool(context);
	const nodeRun = nodeRunOf(context);
	const begunAt = Date.now();
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
				deadline: givenDeadline(context, itemIndex),
				initialPoll: readInitialPoll(options.initialPoll),
			};
			refuseShortTimeout(context, callback.deadline);
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

	const deadline = latest(callbacks.map((callback) => callback.deadline), Date.now());
	const seconds = Math.max(...callbacks.map((callback) => callback.initialPoll));
	const cancelled = context.getExecutionCancelSignal();
	const ends = await initialPoll(session, jobs, seconds, cancelled);
	if (ends) {
		const wanted = {
			level: context.getNodeParameter('output', 0) as OutputLevel,
			files: context.getNodeParameter('options.files', 0, []),
			serviceFiles: context.getNodeParameter('options.serviceFiles', 0, []),
		};
		const pairs = jobs.map((job, index) => ({ job, end: ends[index]! }));
		const ended = await mapConcurrently(pairs, async ({ job, end }) => await toJobItem(context, session, wanted, job, end));
		return replaceItems(items, jobs.map(({ item }) => item), ended);
	}
	refuseStopped(context, items);
	if (deadline.getTime() <= Date.now()) return items;
	await park(context, items, deadline, begunAt);
	const batch = { first: jobs[0]?.id ?? '', url, secret: first.target.secret };
	const memory = batchMemory(batchKey(context.getExecutionId(), batch.first));
	// In queue mode, workers run published workflows and take no callbacks.
	memory.isOnlyProcess = context.getMode() !== 'manual';
	memory.selfUnreachable = selfUnreachable;
	checkJobsOnceWaiting(context, batch);
	return items;
}

/** Where the service sends the callbacks of this execution. @throws InputError */
function callbackUrl(context: IExecuteFunctions): string {
	const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
	const url = waitingUrl(resumeUrl);
	if (url) return url;
	throw userError(
		`The URL at which n8n would resume this execution isn’t valid: ${resumeUrl.split('?')[0]?.slice(0, 120)}`,
		'Set WEBHOOK_URL of this n8n to its public address, such as https://n8n.example.com/. Nothing was submitted.',
	);
}

/** @returns whether nothing answered at this n8n's own address. @throws InputError where something else did */
async function warnIfUnreachable(context: IExecuteFunctions, { displayName }: Provider, url: string, secret: string): Promise<boolean> {
	const reason = await checkSelf(context, url, secret);
	if (reason === undefined) return false;
	warn(
		context,
		`This n8n couldn’t reach its own address ${new URL(url).origin} (${reason}), so it can’t check whether the execution still waits before a callback resumes it. In queue mode it resumes only when ${displayName} repeats a callback, at the latest at the deadline. Correct WEBHOOK_URL or the network, or use Submit with Callback: None and Get with Wait Until Done. If this is how your network has to be, add the option “Skip Self-Check”.`,
	);
	return true;
}

function givenDeadline(context: IExecuteFunctions, itemIndex: number): Deadline {
	const fields = {
		kind: context.getNodeParameter('deadline', itemIndex, 'afterTime'),
		amount: context.getNodeParameter('deadlineAmount', itemIndex, 2),
		unit: context.getNodeParameter('deadlineUnit', itemIndex, 'hours'),
		at: context.getNodeParameter('deadlineAt', itemIndex, ''),
		timezone: context.getTimezone(),
	};
	return deadlineOf(fields, Date.now());
}

/** n8n counts the time from the beginning of the execution, and cancels one whose time is over when it goes on. */
function refuseShortTimeout(context: IExecuteFunctions, deadline: Deadline): void {
	const timeout = Number(context.getWorkflowSettings().executionTimeout ?? 0);
	const now = Date.now();
	if (!(timeout > 0) || latest([deadline], now).getTime() - now < timeout * 1000) return;
	throw userError(
		`This workflow may run for ${timeout} seconds, which is not longer than the deadline: n8n would cancel the execution in place of going on`,
		'Choose an earlier deadline, or raise or turn off Timeout Workflow in the settings of the workflow. Nothing was submitted.',
	);
}

function waitingTarget(url: string, session: Session): CallbackTarget {
	return callbackTargetAt(url, session, {
		attach: (plain) => plain,
		whatIsLong: 'The URL at which n8n waits for the callback',
		shorten: 'Use a shorter public address for this n8n (WEBHOOK_URL). Nothing was submitted.',
		insteadOfCallback: 'use Submit with Callback: None, and Get with Wait Until Done',
	});
}

/** Parking would end the agent's run, and nobody would tell it the transcript. */
function refuseTool(context: IExecuteFunctions): void {
	if (!context.isToolExecution?.() && !context.getNode().type.endsWith('Tool')) return;
	throw userError(
		'Submit and Wait cannot be a tool of an AI agent: the agent would not get the transcript',
		'Give the agent two tools: Submit with Callback: None, and Get, which takes the ID that Submit gives. Nothing was submitted.',
	);
}
