import { type INodeExecutionData, type IWebhookFunctions, type IWebhookResponseData, sleep } from 'n8n-workflow';
import type { Delivery, Verification } from '../../callback/delivery';
import { respondWith, readDelivery, RECEIVED, refuse } from '../../callback/endpoint';
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
import { verifyCallback } from '../../shared/verifyCallback';
import { type JobResult, resolveJob, pollJobs, mapConcurrently } from './pollJobs';
import { batchKey, type BatchMemory, batchMemory, claimBatch, dropReadyItems, keepReadyItems, PROCESS_ID, readyItemsOf, releaseBatch } from './batchMemory';
import { replaceItems, toJobItem, waitingJobsOf, readWaitingItems, type WaitingJob, unavailableItem } from './waitingItems';
import { readProbe, type WaitStatus, statusResponse, requestStatus, type WaitingBatch } from './selfProbe';

/** Services wait ten seconds at most. */
const ANSWER_WITHIN_MS = 8000;

/** How long n8n may take to resume an execution before another callback tries again, in ms. */
const RESUMING_MS = 10_000;

/** Where n8n can't be reached at its own address: its reading of the execution counts as fresh for this long, in ms. */
const FRESH_MS = 250;

/**
 * n8n's answer to whether the execution still waits is fresh if it took at most this long, in ms. An execution that is resumed
 * elsewhere meanwhile needs longer until its next Submit and Wait, see `NEXT_WAIT_AFTER_MS` in `parked.ts`.
 */
const FRESH_ANSWER_MS = 2000;

/** How often n8n is asked whether the execution still waits. */
const STATUS_ATTEMPTS = 8;

/** The first pause before it is asked again, in ms, at least. */
const STATUS_PAUSE_MS = 250;

/** If several processes accept callbacks, each probe reaches one of them. With this many, a process rarely misses another's claim. */
const CLAIM_PROBES = 3;

/**
 * This long before the deadline, in ms, a callback doesn't resume the execution any more: n8n is about to, and an execution
 * that is resumed twice runs everything after this node twice.
 */
export const DEADLINE_MARGIN_MS = 1000;

/**
 * Handles one request to the URL of a waiting execution. n8n has checked its own token in the URL, on the versions that
 * have one. The execution resumes on the last callback, when the service says that all jobs have ended.
 *
 * n8n hands over the execution as it was when the request arrived, and would store that state again. By the time the
 * transcripts are fetched, another process or the deadline may have resumed the execution, and it may wait at a later node:
 * resuming it then would take it back and run everything in between twice. So n8n is asked for a fresh reading
 * immediately before, and the processes tell each other which of them is about to resume the execution. What remains is the
 * time n8n takes from that reading to storing the resumed execution: milliseconds, in which the execution would have to be
 * resumed elsewhere, unnoticed, and reach its next wait.
 *
 * Never throws: n8n would end the execution for good.
 *
 * - 400: no readable body, which no provider sends.
 * - 401: not verified. The execution goes on waiting; the log says why.
 * - 503: the service could not be asked, or takes long to answer. The provider repeats the callback.
 * - 200: everything else.
 */
export async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const begunAt = Date.now();
	const delivery = await readDelivery(context);
	if (!delivery) return respondWith(context, 400, 'Unreadable');
	const response = { sent: false };
	void sleep(ANSWER_WITHIN_MS).then(() => {
		if (!response.sent) respondWith(context, 503, TRY_LATER);
		response.sent = true;
	});
	const { status, items, told = RECEIVED, reason = '' } = await outcomeOf(context, delivery, begunAt).catch(asFailure);
	const goOn = items && { workflowData: [items] };
	if (status === 503) logFailure(context, reason);
	if (response.sent) return { noWebhookResponse: true, ...goOn };
	response.sent = true;
	if (status === 401) return refuse(context, serviceOf(context), reason);
	if (status === 503) return respondWith(context, 503, TRY_LATER);
	return { webhookResponse: told, ...goOn };
}

const TRY_LATER = 'Temporarily unavailable';

/** What a request led to. With `items` the execution goes on. */
interface Outcome {
	status: 200 | 401 | 503;
	items?: INodeExecutionData[];
	/** What the caller is told, where that isn't just that the callback was received. */
	told?: object;
	/** For the log. */
	reason?: string;
}

const asFailure = (error: Error): Outcome => ({ status: 503, reason: error.message });

async function outcomeOf(context: IWebhookFunctions, delivery: Delivery, begunAt: number): Promise<Outcome> {
	const provider = findProvider(String(context.getNodeParameter('provider')));
	const url = waitingUrl(String(context.evaluateExpression('{{ $execution.resumeUrl }}'))) ?? '';
	const scope = scopeOf(url);
	const { verification, connection } = await verifyCallback(context, provider, (current) => verify(provider, current, delivery, scope));
	if (!verification.ok) return { status: 401, reason: verification.reason };
	const session = sessionWith(context, provider, connection);
	const items = readWaitingItems(context);
	const jobs = waitingJobsOf(items);
	const [job] = jobs;
	if (!job) return { status: 503, reason: 'n8n did not hand over the jobs that it waits for' };
	const waiting: WaitingBatch = { first: job.id, url, secret: callbackSecret(connection, scope) };
	const probe = claimedProbe(delivery);
	const key = batchKey(String(context.getExecutionId()), waiting.first);
	const batch = batchMemory(key);
	const { first, claimant } = probe === undefined ? {} : readProbe(delivery.rawBody);
	if (probe === 'status') {
		const claimedBy = claimant !== undefined && first === waiting.first ? claimBatch(batch, claimant) : undefined;
		return { status: 200, told: statusResponse(waiting.first, claimedBy) };
	}
	// Meant for an earlier batch.
	if (probe !== undefined && first !== waiting.first) return { status: 200 };
	if (probe === undefined && !recordEnd(context, provider, delivery, jobs, batch)) return { status: 200 };
	const look = ++batch.looks;
	return await runExclusive(`wait:${key}`, async () => {
		if (batch.resumedAt !== undefined && Date.now() - batch.resumedAt < RESUMING_MS) return { status: 200 };
		// Of the requests that arrived meanwhile, the last one checks all jobs.
		const isLast = look === batch.looks || readyItemsOf(key) || jobs.every(({ id }) => batch.ended.has(id));
		if (!isLast) return { status: 200 };
		const ready = readyItemsOf(key) ?? (await collectItems(context, session, jobs, batch));
		if (!ready) return { status: 200 };
		keepReadyItems(key, ready);
		const hold = await reasonNotToResume(context, waiting, batch, Date.now() - begunAt);
		if (hold) return hold;
		if (isTooLate(job)) {
			context.logger.info(`The jobs of “${context.getNode().name}” (execution ${context.getExecutionId()}) ended at the deadline: n8n resumes the execution without them`);
			return { status: 200 };
		}
		batch.resumedAt = Date.now();
		dropReadyItems(key);
		return { status: 200, items: replaceItems(items, jobs.map(({ item }) => item), ready) };
	});
}

/**
 * Why the execution must not be resumed by this request; undefined if it may.
 * @param ageMs how long ago n8n read the execution
 */
async function reasonNotToResume(context: IWebhookFunctions, waiting: WaitingBatch, batch: BatchMemory, ageMs: number): Promise<Outcome | undefined> {
	if (readBoolean(context.getNodeParameter('options.skipSelfCheck', false), 'Skip Self-Check')) return undefined;
	const status = batch.selfUnreachable ? 'unknown' : await confirmStatus(context, waiting, batch);
	switch (status) {
		case 'waits':
			return undefined;
		case 'over':
			return { status: 200 };
		case 'busy':
			return { status: 503, reason: 'the process of n8n that was asked whether the execution still waits could not tell' };
		case 'unknown':
			batch.selfUnreachable = true;
			// The items are kept: when the service repeats the callback, n8n reads the execution anew, and nothing has to be fetched.
			return batch.isOnlyProcess || ageMs <= FRESH_MS
				? undefined
				: { status: 503, reason: 'this n8n can’t be reached at its own address, so whether the execution still waits can’t be checked' };
	}
}

/**
 * As {@link requestStatus}, until the answer is fresh and no other process is about to resume the execution.
 *
 * Callbacks that arrive together may reach several processes, which all read that the execution waits. So each claims the
 * batch in its own memory, and in that of the processes that answer its probes. Of two that claim it at the same time, at
 * least one learns of the other unless all probes of both came back to their senders; it gives up its claim, waits, and
 * asks again. A slow answer may be outdated and is asked for again, too, with growing pauses that let a burst of callbacks
 * pass. The last answer counts in any case: not every service repeats a refused callback, and the submit ledger still keeps
 * an execution that is resumed twice from submitting twice.
 */
async function confirmStatus(context: IWebhookFunctions, waiting: WaitingBatch, batch: BatchMemory): Promise<WaitStatus> {
	for (let attempt = 1; ; attempt++) {
		const { status, isReliable } = await askOnce(context, waiting, batch);
		if (status !== 'waits' || isReliable || attempt === STATUS_ATTEMPTS) return status;
		// Not equally long each time: processes that asked together would ask together again.
		await sleep(attempt * STATUS_PAUSE_MS * (1 + Math.random()));
	}
}

/** Claims the batch and probes the execution until it is known that another process has claimed it, or that it no longer waits. */
async function askOnce(context: IWebhookFunctions, waiting: WaitingBatch, batch: BatchMemory): Promise<{ status: WaitStatus; isReliable: boolean }> {
	let isOurs = claimBatch(batch, PROCESS_ID) === PROCESS_ID;
	let probesLeft = batch.isOnlyProcess ? 1 : CLAIM_PROBES;
	let answer: { status: WaitStatus; isReliable: boolean };
	do {
		const askedAt = Date.now();
		const { status, claimedBy = PROCESS_ID } = await requestStatus(context, waiting, isOurs ? PROCESS_ID : undefined);
		isOurs &&= claimedBy === PROCESS_ID;
		answer = { status, isReliable: isOurs && Date.now() - askedAt <= FRESH_ANSWER_MS };
	} while (--probesLeft > 0 && answer.status === 'waits' && answer.isReliable);
	if (!isOurs) releaseBatch(batch, PROCESS_ID);
	return answer;
}

function isTooLate({ item }: WaitingJob): boolean {
	const deadline = Date.parse(String(item.json.deadline ?? ''));
	return Date.now() > deadline - DEADLINE_MARGIN_MS;
}

function verify(provider: Provider, connection: Connection, delivery: Delivery, scope: string): Verification {
	const secrets = acceptedSecrets(connection, scope);
	const nowSeconds = Date.now() / 1000;
	const probe = claimedProbe(delivery);
	if (probe === undefined) return provider.callback.verify(delivery, { secrets, scope, settings: connection.settings, nowSeconds });
	return probe === 'checkJobs' || probe === 'status'
		? verifyProbe(probe, delivery, secrets, nowSeconds)
		: { ok: false, reason: `a ${probe} is meant for a trigger` };
}

/** @returns whether a verified callback tells the end of one of these jobs */
function recordEnd(
	context: IWebhookFunctions,
	{ callback, displayName }: Provider,
	delivery: Delivery,
	jobs: readonly WaitingJob[],
	batch: BatchMemory,
): boolean {
	const event = callback.read(delivery);
	if ('ignored' in event) {
		context.logger.info(`${displayName} callback left aside: ${event.ignored}`);
		return false;
	}
	const { id, details } = event;
	const isEnd = event.event === 'completed' || event.event === 'failed';
	if (!isEnd || id === undefined) return false;
	if (!jobs.some((job) => job.id === id)) {
		context.logger.warn(
			`“${context.getNode().name}” (execution ${context.getExecutionId()}): ${displayName} tells of the job ${id.slice(0, 128)}, which is none of those that are waited for. If it was submitted here and no answer came, get it by this ID.`,
		);
		return false;
	}
	batch.ended.set(id, { event: event.event, ...(details && { details }) });
	return true;
}

/** What leaves the node for the jobs, in their order; undefined where one still runs. */
async function collectItems(
	context: IWebhookFunctions,
	session: Session,
	jobs: readonly WaitingJob[],
	batch: BatchMemory,
): Promise<INodeExecutionData[] | undefined> {
	const known = new Map<string, JobResult>();
	const unseen = jobs.filter(({ id }) => !batch.ended.has(id));
	const ends = await pollJobs(unseen, async ({ id }) => {
		const end = await resolveJob(session, id);
		// Nobody said that it has ended.
		if (end && 'refusal' in end) throw end.refusal;
		if (end) known.set(id, end);
		if (end) batch.ended.set(id, { event: end.transcript.status });
		return end;
	});
	if (!ends) return undefined;
	const wanted = {
		level: context.getNodeParameter('output') as OutputLevel,
		files: context.getNodeParameter('options.files', []),
		serviceFiles: context.getNodeParameter('options.serviceFiles', []),
	};
	const refusals: ServiceError[] = [];
	const items = await mapConcurrently(jobs, async (job) => {
		const end = known.get(job.id) ?? (await resolveJob(session, job.id, batch.ended.get(job.id)));
		if (!end) throw new Error(`the end of the job ${job.id} was announced, but the service still reports it as running`);
		if ('transcript' in end) return await toJobItem(context, session, wanted, job, end);
		refusals.push(end.refusal);
		return unavailableItem(job, end.refusal);
	});
	// One that cannot be had stops nobody. Where none can, it may be no matter of the jobs, and pass.
	if (refusals[0] && refusals.length === jobs.length) throw refusals[0];
	return items;
}

function logFailure(context: IWebhookFunctions, reason: string): void {
	context.logger.error(
		`Callback to the waiting execution ${context.getExecutionId()} of “${context.getNode().name}” answered with 503: ${reason}. It goes on when the service repeats the callback, at the latest at its deadline.`,
	);
}

function serviceOf(context: IWebhookFunctions): string {
	return findProvider(String(context.getNodeParameter('provider'))).displayName;
}
