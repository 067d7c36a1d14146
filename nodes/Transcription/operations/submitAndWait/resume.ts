import { type INodeExecutionData, type IWebhookFunctions, type IWebhookResponseData, sleep } from 'n8n-workflow';
import { type Delivery, readCallback, type Verification } from '../../callback/delivery';
import { respondWith, readDelivery, RECEIVED, refuse, warnUnreadable } from '../../callback/endpoint';
import { runExclusive } from '../../core/keyedMutex';
import { claimedProbe, verifyProbe } from '../../callback/probe';
import { acceptedSecrets, callbackSecret } from '../../callback/secrets';
import { scopeOf, waitingUrl } from '../../callback/url';
import type { Connection } from '../../http/connection';
import type { ServiceError } from '../../http/errors';
import { findProvider } from '../../providers';
import type { Provider } from '../../providers/provider';
import { readBoolean } from '../../core/optionReaders';
import type { OutputLevel } from '../../transcript/output';
import { type Session, sessionWith } from '../../shared/session';
import { MAX_SETTLE_MS } from '../../shared/untilSettled';
import { verifyCallback } from '../../shared/verifyCallback';
import { mapConcurrently } from '../../shared/concurrency';
import { type JobResult, resolveJob, pollJobs } from './pollJobs';
import {
	batchKey,
	type BatchMemory,
	batchMemory,
	claimBatch,
	dropReadyItems,
	keepReadyItems,
	PROCESS_ID,
	readyItemsOf,
	releaseBatch,
} from './batchMemory';
import {
	replaceItems,
	toJobItem,
	waitingJobsOf,
	readWaitingItems,
	type WaitingJob,
	unavailableItem,
} from './waitingItems';
import { readProbe, type WaitStatus, statusResponse, requestStatus, type WaitingBatch } from './selfProbe';

/** Services wait at most ten seconds for a response. */
const RESPOND_WITHIN_MS = 8000;

/** How long n8n may take to resume an execution before another callback tries again, in ms. */
const RESUMING_MS = 10_000;

/** If n8n can't be reached at its own address, the execution data it read counts as fresh for this long, in ms. */
const FRESH_MS = 250;

/**
 * The response to a `status` probe counts as fresh if it took at most this long, in ms. An execution that is resumed
 * elsewhere in the meantime needs longer to reach its next Submit and Wait, see `NEXT_WAIT_AFTER_MS` in `waitingItems.ts`.
 */
const FRESH_RESPONSE_MS = 2000;

/** Maximum number of attempts to confirm that the execution is still waiting. */
const STATUS_ATTEMPTS = 8;

/** Minimum pause after the first attempt, in ms. */
const STATUS_PAUSE_MS = 250;

/** Jobs that still lack late results this long before the deadline, in ms, are output without them. */
const SETTLE_MARGIN_MS = 10_000;

/**
 * If several processes receive callbacks, each probe reaches one of them. With this many probes, a process rarely
 * misses another's claim.
 */
const CLAIM_PROBES = 3;

/**
 * During this time before the deadline, in ms, callbacks no longer resume the execution. n8n is about to resume it, and
 * an execution that is resumed twice runs everything after this node twice.
 */
export const DEADLINE_MARGIN_MS = 1000;

/**
 * Handles one request to the URL of a waiting execution. n8n versions that put their own token in the URL have already
 * checked it. The execution resumes on the last callback, when the service reports that all jobs have ended.
 *
 * n8n passes the execution as it was when the request arrived, and would store that state again. By the time the
 * transcripts are fetched, another process or the deadline may have resumed the execution, and it may be waiting at a
 * later node. Resuming it now would rewind it and run everything in between twice. Therefore, n8n is asked to read the
 * execution again immediately before it is resumed, and the processes tell each other which of them is about to resume
 * it. The only remaining gap is the few milliseconds from that read until n8n has stored the resumed execution. For
 * anything to go wrong, the execution would have to be resumed elsewhere, unnoticed, and reach its next wait within
 * that time.
 *
 * Never throws, because n8n would then end the execution permanently.
 *
 * - 400: not verified, and n8n couldn't provide the body. No provider sends such a request.
 * - 401: not verified. The execution keeps waiting, and the reason is logged.
 * - 503: the service couldn't be queried, or takes too long to respond. The provider retries the callback.
 * - 200: everything else.
 */
export async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const startedAt = Date.now();
	const delivery = await readDelivery(context);
	const response = { sent: false };
	void sleep(RESPOND_WITHIN_MS).then(() => {
		if (!response.sent) respondWith(context, 503, TRY_LATER);
		response.sent = true;
	});
	const {
		status,
		items,
		body = RECEIVED,
		reason = '',
	} = await handleRequest(context, delivery, startedAt).catch(toFailure);
	const resumption = items && { workflowData: [items] };
	if (status === 503) logFailure(context, reason);
	if (response.sent) return { noWebhookResponse: true, ...resumption };
	response.sent = true;
	if (status === 401) return refuse(context, providerNameOf(context), delivery, reason);
	if (status === 503) return respondWith(context, 503, TRY_LATER);
	return { webhookResponse: body, ...resumption };
}

const TRY_LATER = 'Temporarily unavailable';

/** The outcome of a request. */
interface Outcome {
	status: 200 | 401 | 503;
	/** If set, the execution resumes with these items. */
	items?: INodeExecutionData[];
	/** Response body. Default: {@link RECEIVED}. */
	body?: object;
	/** For the log. */
	reason?: string;
}

const toFailure = (error: Error): Outcome => ({ status: 503, reason: error.message });

async function handleRequest(context: IWebhookFunctions, delivery: Delivery, startedAt: number): Promise<Outcome> {
	const provider = findProvider(String(context.getNodeParameter('provider')));
	const url = waitingUrl(String(context.evaluateExpression('{{ $execution.resumeUrl }}'))) ?? '';
	const scope = scopeOf(url);
	const { verification, connection } = await verifyCallback(context, provider, (current) =>
		verify(provider, current, delivery, scope),
	);
	if (!verification.ok) return { status: 401, reason: verification.reason };
	const session = sessionWith(context, provider, connection);
	const items = readWaitingItems(context);
	const jobs = waitingJobsOf(items);
	const [job] = jobs;
	if (!job) return { status: 503, reason: 'n8n didn’t provide the jobs that the execution is waiting for' };
	const waiting: WaitingBatch = { first: job.id, url, secret: callbackSecret(connection, scope) };
	const probe = claimedProbe(delivery);
	const key = batchKey(String(context.getExecutionId()), waiting.first);
	const batch = batchMemory(key);
	const { first, claimant } = probe === undefined ? {} : readProbe(delivery.rawBody);
	if (probe === 'status') {
		const claimedBy = claimant !== undefined && first === waiting.first ? claimBatch(batch, claimant) : undefined;
		return { status: 200, body: statusResponse(waiting.first, claimedBy) };
	}
	// This probe was sent for an earlier batch.
	if (probe !== undefined && first !== waiting.first) return { status: 200 };
	if (probe === undefined && !recordEnd(context, provider, delivery, jobs, batch)) return { status: 200 };
	const check = ++batch.checks;
	return await runExclusive(`wait:${key}`, async () => {
		if (batch.resumedAt !== undefined && Date.now() - batch.resumedAt < RESUMING_MS) return { status: 200 };
		// If more requests have arrived in the meantime, the last one checks all jobs.
		const isLast = check === batch.checks || readyItemsOf(key) || jobs.every(({ id }) => batch.ended.has(id));
		if (!isLast) return { status: 200 };
		const ready = readyItemsOf(key) ?? (await collectItems(context, session, jobs, batch));
		if (!ready) return { status: 200 };
		keepReadyItems(key, ready);
		const refusal = await reasonNotToResume(context, waiting, batch, Date.now() - startedAt);
		if (refusal) return refusal;
		if (isTooLate(job)) {
			context.logger.info(
				`The jobs of “${context.getNode().name}” (execution ${context.getExecutionId()}) ended at the deadline, so n8n resumes the execution without their results`,
			);
			return { status: 200 };
		}
		batch.resumedAt = Date.now();
		dropReadyItems(key);
		return {
			status: 200,
			items: replaceItems(
				items,
				jobs.map(({ item }) => item),
				ready,
			),
		};
	});
}

/**
 * @param ageMs how long ago n8n read the execution
 * @returns the response if this request must not resume the execution, or undefined if it may
 */
async function reasonNotToResume(
	context: IWebhookFunctions,
	waiting: WaitingBatch,
	batch: BatchMemory,
	ageMs: number,
): Promise<Outcome | undefined> {
	if (readBoolean(context.getNodeParameter('options.skipSelfCheck', false), 'Skip Self-Check')) return undefined;
	const status = batch.selfUnreachable ? 'unknown' : await confirmStatus(context, waiting, batch);
	switch (status) {
		case 'waits':
			return undefined;
		case 'over':
			return { status: 200 };
		case 'busy':
			return { status: 503, reason: 'n8n was too busy to report whether the execution is still waiting' };
		case 'unknown':
			batch.selfUnreachable = true;
			// The items are kept: when the service retries the callback, n8n reads the execution again, and nothing has to be
			// fetched again.
			return batch.isOnlyProcess || ageMs <= FRESH_MS
				? undefined
				: {
						status: 503,
						reason:
							'this n8n instance can’t be reached at its own address, so it can’t check whether the execution is still waiting',
					};
	}
}

/**
 * Calls {@link requestStatus} until the response is fresh and no other process is about to resume the execution.
 *
 * Callbacks that arrive concurrently may reach several processes, and each of them reads that the execution is waiting.
 * Therefore, each process claims the batch in its own memory and in the memory of the processes that respond to its
 * probes. If two processes claim it at the same time, at least one of them finds out about the other, unless each
 * process's probes reached only that process. A process that finds out releases its claim, waits, and tries again.
 *
 * A slow response may be outdated, so the status is requested again, with growing pauses that let a burst of callbacks
 * pass. The last response is always used, because not every service retries a rejected callback. If the execution is
 * resumed twice anyway, the submit ledger still prevents it from submitting twice.
 */
async function confirmStatus(
	context: IWebhookFunctions,
	waiting: WaitingBatch,
	batch: BatchMemory,
): Promise<WaitStatus> {
	for (let attempt = 1; ; attempt++) {
		const { status, isReliable } = await claimAndProbe(context, waiting, batch);
		if (status !== 'waits' || isReliable || attempt === STATUS_ATTEMPTS) return status;
		// The random part keeps processes that probed at the same time from doing so again.
		await sleep(attempt * STATUS_PAUSE_MS * (1 + Math.random()));
	}
}

/**
 * Claims the batch and sends a few probes. Stops early if another process has claimed the batch, if the execution is no
 * longer waiting, or if a response was slow.
 */
async function claimAndProbe(
	context: IWebhookFunctions,
	waiting: WaitingBatch,
	batch: BatchMemory,
): Promise<{ status: WaitStatus; isReliable: boolean }> {
	let isOurs = claimBatch(batch, PROCESS_ID) === PROCESS_ID;
	let probesLeft = batch.isOnlyProcess ? 1 : CLAIM_PROBES;
	let result: { status: WaitStatus; isReliable: boolean };
	do {
		const sentAt = Date.now();
		const { status, claimedBy = PROCESS_ID } = await requestStatus(context, waiting, isOurs ? PROCESS_ID : undefined);
		isOurs &&= claimedBy === PROCESS_ID;
		result = { status, isReliable: isOurs && Date.now() - sentAt <= FRESH_RESPONSE_MS };
	} while (--probesLeft > 0 && result.status === 'waits' && result.isReliable);
	if (!isOurs) releaseBatch(batch, PROCESS_ID);
	return result;
}

function isTooLate(job: WaitingJob): boolean {
	return timeLeft(job) < DEADLINE_MARGIN_MS;
}

/** Returns the time until the deadline in ms, or infinity if n8n didn't provide it. */
function timeLeft(job: WaitingJob | undefined): number {
	const deadline = Date.parse(String(job?.item.json.deadline ?? ''));
	return Number.isNaN(deadline) ? Infinity : deadline - Date.now();
}

function verify(provider: Provider, connection: Connection, delivery: Delivery, scope: string): Verification {
	const secrets = acceptedSecrets(connection, scope);
	const nowSeconds = Date.now() / 1000;
	const probe = claimedProbe(delivery);
	if (probe === undefined) {
		const { settings, webhookSecret } = connection;
		const isSecretDerived = webhookSecret === undefined;
		return provider.callback.verify(delivery, { secrets, isSecretDerived, scope, settings, nowSeconds });
	}
	return probe === 'checkJobs' || probe === 'status'
		? verifyProbe(probe, delivery, secrets, nowSeconds)
		: { ok: false, reason: `a ${probe} is meant for a trigger` };
}

/** @returns whether a verified callback reports, or may report, the end of one of these jobs */
function recordEnd(
	context: IWebhookFunctions,
	{ callback, displayName }: Provider,
	delivery: Delivery,
	jobs: readonly WaitingJob[],
	batch: BatchMemory,
): boolean {
	const event = readCallback(callback.read, delivery);
	if ('unreadable' in event) {
		warnUnreadable(
			context,
			displayName,
			event.unreadable,
			`Execution ${context.getExecutionId()} asks ${displayName} about its jobs instead.`,
		);
		return true;
	}
	if ('ignored' in event) {
		context.logger.info(`${displayName} callback ignored: ${event.ignored}`);
		return false;
	}
	const { id, details } = event;
	const isEnd = event.event === 'completed' || event.event === 'failed';
	if (!isEnd || id === undefined) return false;
	if (!jobs.some((job) => job.id === id)) {
		context.logger.warn(
			`“${context.getNode().name}” (execution ${context.getExecutionId()}): ${displayName} sent a callback for job ${id.slice(0, 128)}, which this execution isn’t waiting for. If this node submitted it but received no response, fetch the transcript by this ID.`,
		);
		return false;
	}
	batch.ended.set(id, { event: event.event, ...(details && { details }) });
	return true;
}

/** @returns the output items of the jobs, in order, or undefined if one is still running */
async function collectItems(
	context: IWebhookFunctions,
	session: Session,
	jobs: readonly WaitingJob[],
	batch: BatchMemory,
): Promise<INodeExecutionData[] | undefined> {
	const results = new Map<string, JobResult>();
	const settleMs = Math.min(MAX_SETTLE_MS, timeLeft(jobs[0]) - SETTLE_MARGIN_MS);
	const unannounced = jobs.filter(({ id }) => !batch.ended.has(id));
	const polled = await pollJobs(unannounced, async ({ id }) => {
		const result = await resolveJob(session, id, undefined, settleMs);
		// No callback has announced the end of this job, so the error doesn't count as its result.
		if (result && 'error' in result) throw result.error;
		if (result) results.set(id, result);
		if (result) batch.ended.set(id, { event: result.transcript.status });
		return result;
	});
	if (!polled) return undefined;
	const selection = {
		level: context.getNodeParameter('output') as OutputLevel,
		files: context.getNodeParameter('options.files', []),
		serviceFiles: context.getNodeParameter('options.serviceFiles', []),
	};
	const errors: ServiceError[] = [];
	const items = await mapConcurrently(jobs, async (job) => {
		const result = results.get(job.id) ?? (await resolveJob(session, job.id, batch.ended.get(job.id), settleMs));
		if (!result)
			throw new Error(`a callback reported that job ${job.id} has ended, but the provider still reports it as running`);
		if ('transcript' in result) return await toJobItem(context, session, selection, job, result);
		errors.push(result.error);
		return unavailableItem(job, result.error);
	});
	// A single unavailable transcript doesn't stop the others. If all are unavailable, the cause may be temporary.
	if (errors[0] && errors.length === jobs.length) throw errors[0];
	return items;
}

function logFailure(context: IWebhookFunctions, reason: string): void {
	context.logger.error(
		`Responded with 503 to a callback to the waiting execution ${context.getExecutionId()} of “${context.getNode().name}”: ${reason}. The execution resumes when the provider retries the callback, or at its deadline.`,
	);
}

function providerNameOf(context: IWebhookFunctions): string {
	return findProvider(String(context.getNodeParameter('provider'))).displayName;
}
