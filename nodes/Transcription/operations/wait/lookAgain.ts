import { type IExecuteFunctions, type IN8nHttpFullResponse, sleep } from 'n8n-workflow';
import { signProbe } from '../../callback/probe';

/** Waits before each try, in ms. n8n answers 409 until the execution is stored as waiting. */
const WAITS_MS = [1000, 1000, 2000, 4000, 8000, 16_000];
const TIMEOUT_MS = 15_000;

/** 409: not parked yet, or gone on already. 503: the service could not be asked. */
const TRY_AGAIN = [409, 503];

/**
 * Tells our own execution, once it is parked, to look whether its jobs have ended. A callback that came while n8n had
 * not yet stored the execution as waiting was answered with 409, and some services do not repeat those.
 *
 * Returns at once. Trouble is only told in the log: other callbacks, and the deadline, still make the execution go on.
 *
 * @param url at which n8n makes this execution go on
 * @param secret that callbacks to that URL prove
 */
export function lookAgain(context: IExecuteFunctions, url: string, secret: string): void {
	const { logger } = context;
	// The URL has n8n's token in it: it is not for the log.
	void post(context, url, secret).catch((error: unknown) =>
		logger.warn(
			`“${context.getNode().name}” could not tell its own waiting execution to look again: ${(error as Error).message.replaceAll(url, new URL(url).origin)}. It goes on when a callback comes, at the latest at its deadline.`,
		),
	);
}

async function post(context: IExecuteFunctions, url: string, secret: string): Promise<void> {
	const body = '{}';
	for (const wait of WAITS_MS) {
		await sleep(wait);
		const { statusCode } = (await context.helpers.httpRequest({
			method: 'POST',
			url,
			body,
			headers: { 'Content-Type': 'application/json', ...signProbe('look', secret, body, Date.now() / 1000) },
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: TIMEOUT_MS,
		})) as IN8nHttpFullResponse;
		if (statusCode === 200) return;
		if (!TRY_AGAIN.includes(statusCode)) throw new Error(`it was answered with status ${statusCode}`);
	}
}
