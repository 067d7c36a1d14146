/** Lets tests and the job runner wait for a condition without polling: every change wakes all who wait. */
export class Waiters {
	private waiting: Array<() => void> = [];

	/** Wakes everybody who waits; each looks again whether its condition holds. */
	notify(): void {
		const woken = this.waiting;
		this.waiting = [];
		for (const wake of woken) wake();
	}

	/** Resolves once `condition` holds or the signal aborts. */
	async until(condition: () => boolean, signal?: AbortSignal): Promise<void> {
		const wakeAll = () => this.notify();
		signal?.addEventListener('abort', wakeAll);
		while (!condition() && !signal?.aborted) {
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
		signal?.removeEventListener('abort', wakeAll);
	}
}
