import { type INodeExecutionData, type IWebhookFunctions, type IWebhookResponseData, sleep } from 'n8n-workflow';
import type { Delivery, Verification } from '../../callback/delivery';
import { answer, readDelivery, RECEIVED, refuse } from '../../callback/endpoint';
import { inTurn } from '../../record/inTurn';
import { claimedProbe, verifyProbe } from '../../callback/probe';
import { acceptedSecrets } from '../../callback/secrets';
import { scopeOf } from '../../callback/url';
import type { ServiceRefusal } from '../../http/refusal';
import { providerNamed } from '../../providers';
import type { Provider } from '../../providers/provider';
import type { OutputLevel } from '../../transcript/output';
import { openSession, type Session } from '../session';
import { type End, endOf, endsOf, inParallel } from './ends';
import { batchAskedFor, type LookAnswer, standingOf, type WaitingBatch } from './lookAgain';
import { type Batch, batchOf } from './memory';
import { itemOf, withoutTranscript } from './outcome';
import { inPlaceOf, jobsIn, type ParkedJob, parkedItems } from './parked';

/** Services wait ten seconds at most. */
const ANSWER_WITHIN_MS = 8000;

/** How long an execution that was told to go on may take to do so before another callback tries again, in ms. */
const RESUMING_MS = 10_000;

/**
 * What n8n told of the execution is taken to be still true for so long, in ms. Later it may have gone on (by its deadline,
 * by another process) and wait at another place, which n8n does not tell apart: it would go back, and submit again.
 */
const FRESH_MS = 2000;

/**
 * Takes one request to the URL of an execution that waits. n8n has checked its own token in the URL, on the versions
 * that have one. The execution goes on with the last callback, when the service says that all jobs have ended.
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
	if (!delivery) return answer(context, 400, 'Unreadable');
	const response = { sent: false };
	void sleep(ANSWER_WITHIN_MS).then(() => {
		if (!response.sent) answer(context, 503, TRY_LATER);
		response.sent = true;
	});
	const { status, items, told = RECEIVED, reason = '' } = await outcomeOf(context, delivery, begunAt).catch(trouble);
	const goOn = items && { workflowData: [items] };
	if (status === 503) logTrouble(context, reason);
	if (response.sent) return { noWebhookResponse: true, ...goOn };
	response.sent = true;
	if (status === 401) return refuse(context, serviceOf(context), reason);
	if (status === 503) return answer(context, 503, TRY_LATER);
	return { webhookResponse: told, ...goOn };
}

const TRY_LATER = 'Temporarily unavailable';

/** What a request led to. With `items` the execution goes on. */
interface Outcome {
	status: 200 | 401 | 503;
	items?: INodeExecutionData[];
	/** The answer to our own message. */
	told?: LookAnswer;
	/** For the log. */
	reason?: string;
}

const trouble = (error: Error): Outcome => ({ status: 503, reason: error.message });

async function outcomeOf(context: IWebhookFunctions, delivery: Delivery, begunAt: number): Promise<Outcome> {
	const provider = providerNamed(String(context.getNodeParameter('provider')));
	const session = await openSession(context, provider);
	const url = String(context.evaluateExpression('{{ $execution.resumeUrl }}'));
	const scope = scopeOf(url);
	const secrets = acceptedSecrets(session.connection, scope);
	const verification = verify(session, delivery, secrets, scope);
	if (!verification.ok) return { status: 401, reason: verification.reason };
	const items = parkedItems(context);
	const jobs = jobsIn(items);
	const [job] = jobs;
	if (!job) return { status: 503, reason: 'n8n did not hand over the jobs that it waits for' };
	const waiting: WaitingBatch = { first: job.id, url, secret: secrets[0] ?? '' };
	const key = `${context.getExecutionId()}:${waiting.first}`;
	const batch = batchOf(key);
	const isOurs = claimedProbe(delivery) !== undefined;
	const told = (goesOn: boolean) => ({ status: 200 as const, ...(isOurs && { told: { first: waiting.first, goesOn } }) });
	// Meant for a batch before this one.
	if (isOurs && batchAskedFor(delivery.rawBody) !== waiting.first) return told(false);
	if (!isOurs && !takeNote(context, provider, delivery, jobs, batch)) return { status: 200 };
	const look = ++batch.looks;
	const isResuming = () => batch.resumedAt !== undefined && Date.now() - batch.resumedAt < RESUMING_MS;
	const goOn = (left: INodeExecutionData[]): Outcome => {
		batch.resumedAt = Date.now();
		// It may be large, and is not needed again.
		delete batch.left;
		return { ...told(true), items: inPlaceOf(items, jobs.map(({ item }) => item), left) };
	};
	const seen = await inTurn(`wait:${key}`, async () => {
		if (isResuming()) return told(true);
		// Of those that came meanwhile the last one looks for all.
		const isLast = look === batch.looks || batch.left || jobs.every(({ id }) => batch.ended.has(id));
		if (!isLast) return told(false);
		const left = (batch.left ??= await itemsOf(context, session, jobs, batch));
		if (!left) return told(false);
		return Date.now() - begunAt <= FRESH_MS ? goOn(left) : left;
	});
	if (!Array.isArray(seen)) return seen;
	const standing = await standingOf(context, waiting);
	delete batch.left;
	if (standing === 'over' || isResuming()) return told(true);
	return standing === 'busy' ? { status: 503, reason: 'another request is about the same jobs' } : goOn(seen);
}

function verify({ provider, connection }: Session, delivery: Delivery, secrets: readonly string[], scope: string): Verification {
	const nowSeconds = Date.now() / 1000;
	const probe = claimedProbe(delivery);
	if (probe === undefined) return provider.callback.verify(delivery, { secrets, scope, settings: connection.settings, nowSeconds });
	return probe === 'look'
		? verifyProbe(probe, delivery, secrets, nowSeconds)
		: { ok: false, reason: `a ${probe} is meant for a trigger` };
}

/** @returns whether a verified callback tells the end of one of these jobs */
function takeNote(
	context: IWebhookFunctions,
	{ callback, displayName }: Provider,
	delivery: Delivery,
	jobs: readonly ParkedJob[],
	batch: Batch,
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
async function itemsOf(
	context: IWebhookFunctions,
	session: Session,
	jobs: readonly ParkedJob[],
	batch: Batch,
): Promise<INodeExecutionData[] | undefined> {
	const known = new Map<string, End>();
	const unseen = jobs.filter(({ id }) => !batch.ended.has(id));
	const ends = await endsOf(unseen, async ({ id }) => {
		const end = await endOf(session, id);
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
	const refusals: ServiceRefusal[] = [];
	const items = await inParallel(jobs, async (job) => {
		const end = known.get(job.id) ?? (await endOf(session, job.id, batch.ended.get(job.id)));
		if (!end) throw new Error(`the end of the job ${job.id} was announced, but the service still reports it as running`);
		if ('transcript' in end) return await itemOf(context, session, wanted, job, end);
		refusals.push(end.refusal);
		return withoutTranscript(job, end.refusal);
	});
	// One that cannot be had stops nobody. Where none can, it may be no matter of the jobs, and pass.
	if (refusals[0] && refusals.length === jobs.length) throw refusals[0];
	return items;
}

function logTrouble(context: IWebhookFunctions, reason: string): void {
	context.logger.error(
		`Callback to the waiting execution ${context.getExecutionId()} of “${context.getNode().name}” answered with 503: ${reason}. It goes on when the service repeats the callback, at the latest at its deadline.`,
	);
}

function serviceOf(context: IWebhookFunctions): string {
	return providerNamed(String(context.getNodeParameter('provider'))).displayName;
}
