import { request, type Dispatcher } from 'undici';

import type { CallbackMessage } from './order';

/** The receiver's status, or the reason why there was no response. */
type AttemptOutcome = { status: number; error: null } | { status: null; error: string };

/**
 * Sends a callback once with POST. Doesn't follow redirects, and discards the response body.
 * Never throws; network errors are part of the outcome.
 */
export async function attempt(
	dispatcher: Dispatcher,
	url: string,
	message: CallbackMessage,
	acknowledgeSeconds: number,
	signal: AbortSignal,
): Promise<AttemptOutcome> {
	const timeout = AbortSignal.timeout(acknowledgeSeconds * 1000);
	try {
		const response = await request(url, {
			dispatcher,
			method: 'POST',
			headers: message.headers,
			body: message.body,
			signal: AbortSignal.any([timeout, signal]),
		});
		await response.body.dump({ limit: 65_536 }).catch(() => undefined);
		return { status: response.statusCode, error: null };
	} catch (error) {
		if (timeout.aborted) return { status: null, error: `no response within ${acknowledgeSeconds} s` };
		return { status: null, error: describe(error) };
	}
}

function describe(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const code = (error as NodeJS.ErrnoException).code;
	return code && !error.message.includes(code) ? `${code} ${error.message}`.trim() : error.message || error.name;
}
