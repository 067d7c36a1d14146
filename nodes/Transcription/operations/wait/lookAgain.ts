import { type IExecuteFunctions, type IN8nHttpFullResponse, type IWebhookFunctions, sleep } from 'n8n-workflow';
import { signProbe } from '../../callback/probe';

/**
 * Waits before each try, in ms. n8n answers 409 until the execution is stored as waiting; the last ones are for a service
 * that cannot be asked for a while.
 */
const AFTER_PARKING_MS = [1000, 1000, 2000, 4000, 8000, 16_000, 60_000, 300_000];
/** After a callback that found jobs still running: others may have ended at the same moment, seen by another process. */
const AFTER_CALLBACK_MS = [15_000];
/** After a callback for which the service could not be asked, and which it may not repeat. */
const AFTER_TROUBLE_MS = [30_000, 120_000, 600_000];
const TIMEOUT_MS = 15_000;

/** Where an execution of ours waits, and what proves to it that a message is ours. */
export interface WaitingAt {
	/** At which n8n makes this execution go on. n8n's token is in it: it is not for the log. */
	url: string;
	/** That callbacks to that URL prove. */
	secret: string;
}

/** What an execution answers to our own message. */
export interface LookAnswer {
	goesOn: boolean;
}

/**
 * Tells our own execution, once it is parked, to look whether its jobs have ended. A callback that came while n8n had
 * not yet stored the execution as waiting was answered with 409, and some services do not repeat those.
 *
 * Returns at once. Trouble is only told in the log: other callbacks, and the deadline, still make the execution go on.
 */
export function lookAgain(context: IExecuteFunctions, at: WaitingAt): void {
	inBackground(context, at, async () => {
		let status: number | undefined;
		for (const wait of AFTER_PARKING_MS) {
			await sleep(wait);
			({ status } = await ask(context, at));
			if (status !== 409 && status !== 503) break;
		}
		// It went on meanwhile, or will.
		if (status === 409 || status === 200) return;
		throw new Error(`it was answered with status ${status}`);
	});
}

/**
 * The same some time after a callback, unless another one came meanwhile. Returns at once.
 * @param isLast whether no other came meanwhile
 */
export function lookLater(context: IWebhookFunctions, at: WaitingAt, after: 'callback' | 'trouble', isLast: () => boolean): void {
	inBackground(context, at, async () => {
		for (const wait of after === 'callback' ? AFTER_CALLBACK_MS : AFTER_TROUBLE_MS) {
			await sleep(wait);
			if (!isLast()) return;
			if ((await ask(context, at)).status !== 503) return;
		}
	});
}

/**
 * Tells our own execution to look now.
 * @returns whether it goes on, or has gone on already; false where it could not be told
 */
export async function goesOn(context: IWebhookFunctions, at: WaitingAt): Promise<boolean> {
	const { status, body } = await ask(context, at).catch(() => ({ status: 0, body: undefined }));
	return status === 409 || (status === 200 && (body as Partial<LookAnswer> | undefined)?.goesOn === true);
}

async function ask({ helpers }: IExecuteFunctions | IWebhookFunctions, { url, secret }: WaitingAt): Promise<{ status: number; body: unknown }> {
	const body = '{}';
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

function inBackground(context: IExecuteFunctions | IWebhookFunctions, { url }: WaitingAt, work: () => Promise<void>): void {
	const { logger } = context;
	const node = context.getNode().name;
	void work().catch((error: unknown) =>
		logger.warn(
			`“${node}” could not tell its own waiting execution to look again: ${(error as Error).message.replaceAll(url, new URL(url).origin)}. It goes on when a callback comes, at the latest at its deadline.`,
		),
	);
}
