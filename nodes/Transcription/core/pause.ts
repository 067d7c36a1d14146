import { sleep } from 'n8n-workflow';

/** n8n's `sleep` can't be aborted before 2.41, so the wait is split into steps of this length, in ms. */
const STEP_MS = 500;

/**
 * Waits, but ends the wait early if the execution is stopped.
 * @param throwIfStopped called before each step and at the end
 */
export async function pause(ms: number, throwIfStopped: () => void): Promise<void> {
	const end = Date.now() + ms;
	for (let remainingMs = ms; remainingMs > 0; remainingMs = end - Date.now()) {
		throwIfStopped();
		await sleep(Math.min(STEP_MS, remainingMs));
	}
	throwIfStopped();
}
