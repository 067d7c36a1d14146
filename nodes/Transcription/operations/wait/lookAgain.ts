import { type IExecuteFunctions, type IN8nHttpFullResponse, type IWebhookFunctions, sleep } from 'n8n-workflow';
import { signProbe } from '../../callback/probe';

/** Waits before each try, in ms. n8n answers 409 until the execution is stored as waiting. */
const WAITS_MS = [1000, 1000, 2000, 4000, 8000, 16_000];
const TIMEOUT_MS = 15_000;

/** 409: not parked yet, or gone on already. 503: the service could not be asked. */
const TRY_AGAIN = [409, 503];

/** A batch of jobs, where its execution waits, and what proves to it that a message is ours. */
export interface WaitingBatch {
	/** ID of its first job. An execution may wait several times, one after the other. */
	first: string;
	/** At which n8n makes this execution go on. n8n's token is in it: it is not for the log. */
	url: string;
	/** That callbacks to that URL prove. */
	secret: string;
}

/** What an execution answers to our own message. */
export interface LookAnswer {
	/** Of the batch that it waits for. */
	first: string;
	goesOn: boolean;
}

/**
 * Tells our own execution, once it is parked, to look whether its jobs have ended. A callback that came while n8n had
 * not yet stored the execution as waiting was answered with 409, and some services do not repeat those.
 *
 * Returns at once. Trouble is only told in the log: other callbacks, and the deadline, still make the execution go on.
 */
export function lookAgain(context: IExecuteFunctions, batch: WaitingBatch): void {
	const { logger } = context;
	void untilTold(context, batch).catch((error: unknown) =>
		logger.warn(
			`“${context.getNode().name}” could not tell its own waiting execution to look again: ${(error as Error).message.replaceAll(batch.url, new URL(batch.url).origin)}. It goes on when a callback comes, at the latest at its deadline.`,
		),
	);
}

async function untilTold(context: IExecuteFunctions, batch: WaitingBatch): Promise<void> {
	let status = 0;
	for (const wait of WAITS_MS) {
		await sleep(wait);
		({ status } = await ask(context, batch));
		if (!TRY_AGAIN.includes(status)) break;
	}
	// With 409 it has gone on.
	if (status !== 200 && status !== 409) throw new Error(`it was answered with status ${status}`);
}

/**
 * - `over`: the execution went on, and does not wait for this batch any more
 * - `waits`: it waits for it, now
 * - `busy`: another request is about it
 * - `unknown`: n8n cannot be reached at its own address
 */
export type Standing = 'over' | 'waits' | 'busy' | 'unknown';

/** Tells our own execution to look now, and asks how it stands. Where it can go on, it does so by this: it is `over` then. */
export async function standingOf(context: IWebhookFunctions, batch: WaitingBatch): Promise<Standing> {
	const answer = await ask(context, batch).catch(() => undefined);
	const body = answer && objectIn(answer.body);
	// None, or a page of some other server at that address.
	if (!body) return 'unknown';
	if (answer.status === 503) return 'busy';
	const { first, goesOn } = body;
	return answer.status === 200 && first === batch.first && goesOn === false ? 'waits' : 'over';
}

/** The batch that our own message is about. */
export function batchAskedFor(rawBody: Buffer): string | undefined {
	const first = objectIn(rawBody.toString('utf8'))?.first;
	return typeof first === 'string' ? first : undefined;
}

/** n8n's versions differ in whether they read JSON answers. */
function objectIn(body: unknown): Record<string, unknown> | undefined {
	try {
		const value: unknown = typeof body === 'string' ? JSON.parse(body) : body;
		return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}

async function ask(
	{ helpers }: IExecuteFunctions | IWebhookFunctions,
	{ first, url, secret }: WaitingBatch,
): Promise<{ status: number; body: unknown }> {
	const body = JSON.stringify({ first });
	const answer = (await helpers.httpRequest({
		method: 'POST',
		url,
		body,
		headers: { 'Content-Type': 'application/json', ...signProbe('look', secret, body, Date.now() / 1000) },
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT_MS,
	})) as IN8nHttpFullResponse;
	return { status: answer.statusCode, body: answer.body };
}
