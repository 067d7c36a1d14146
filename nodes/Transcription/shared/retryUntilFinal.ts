import { sleep } from 'n8n-workflow';

/** Delays before each retry, in ms. A service may announce the end of a job before its own API reports it. */
const DELAYS_MS = [1000, 2000, 4000];

/**
 * Repeats a request until its result is final, with increasing pauses.
 * @param attempt returns undefined to be called again. On the last call, it must return a result or throw.
 */
export async function retryUntilFinal<T>(
	attempt: (isLast: boolean) => Promise<{ result: T } | undefined>,
): Promise<T | undefined> {
	for (const delay of DELAYS_MS) {
		const outcome = await attempt(false);
		if (outcome) return outcome.result;
		await sleep(delay);
	}
	return (await attempt(true))?.result;
}
