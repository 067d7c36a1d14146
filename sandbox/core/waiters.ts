/** Waits for conditions without polling. All pending conditions are checked after every change. */
export class Waiters {
	private waiting: Array<() => void> = [];

	/** Checks all pending conditions again. */
	notify(): void {
		const woken = this.waiting;
		this.waiting = [];
		for (const wake of woken) wake();
	}

	/** Resolves when the condition is met or the signal aborts. */
	async until(condition: () => boolean, signal?: AbortSignal): Promise<void> {
		const wakeAll = () => this.notify();
		signal?.addEventListener('abort', wakeAll);
		while (!condition() && !signal?.aborted) {
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
		signal?.removeEventListener('abort', wakeAll);
	}
}
