import { sleep } from 'n8n-workflow';

/** Timers can't be longer than about 24 days, so longer pauses are split into steps of this length, in ms. */
const LONGEST_STEP_MS = 3_600_000;

/**
 * Waits, but ends the wait immediately if the execution is stopped. n8n's `sleep` can't be aborted before 2.41.
 * @param signal the execution's cancellation signal; the caller checks it afterwards
 */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
	let stop = () => {};
	const stopped = new Promise<void>((resolve) => (stop = resolve));
	signal?.addEventListener('abort', stop);
	const end = Date.now() + ms;
	for (let remainingMs = ms; remainingMs > 0 && !signal?.aborted; remainingMs = end - Date.now()) {
		await Promise.race([sleep(Math.min(LONGEST_STEP_MS, remainingMs)), stopped]);
	}
	signal?.removeEventListener('abort', stop);
}
