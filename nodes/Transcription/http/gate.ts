import { pause } from '../core/pause';

/**
 * Holds back all requests of a batch while the service asks for a pause, so that a batch that is too fast isn't refused
 * item by item. After a pause, half as many requests are sent at a time, and each success adds one. If the pause is longer
 * than a batch waits, the remaining requests fail without being sent.
 */
export class Gate {
	/** Unix time in ms. */
	private pausedUntil = 0;
	/** The maximum number of requests in progress. */
	private limit = Infinity;
	private inProgress = 0;
	private readonly queue: Array<() => void> = [];
	/** A refusal for longer than a batch waits, and when it is over, Unix time in ms. */
	private longRefusal?: { error: Error; until: number };

	/**
	 * Runs `send` when the gate is open, or when the signal aborts. `send` checks the signal.
	 * @throws the error of `refuse`, without running `send`
	 */
	async pass<T>(send: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
		while (this.inProgress >= this.limit) await new Promise<void>((resolve) => this.queue.push(resolve));
		this.inProgress++;
		try {
			// The pause may be extended in the meantime.
			while (this.isClosed && !signal?.aborted) await pause(this.pausedUntil - Date.now(), signal);
			if (this.longRefusal && Date.now() < this.longRefusal.until) throw this.longRefusal.error;
			return await send();
		} finally {
			this.inProgress--;
			this.queue.shift()?.();
		}
	}

	/** Begins a pause, or extends it. A refusal during a pause is the response to a request that was sent before it. */
	close(ms: number): void {
		if (!this.isClosed) this.limit = Math.max(1, Math.floor(Math.min(this.limit, this.inProgress) / 2));
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + ms);
	}

	/** Lets `pass` fail with this error for so long. The requests that are already in progress aren't affected. */
	refuse(error: Error, ms: number): void {
		this.longRefusal = { error, until: Date.now() + ms };
	}

	get isClosed(): boolean {
		return Date.now() < this.pausedUntil;
	}

	/** Must be called for every request that the service accepted. */
	recordSuccess(): void {
		if (this.limit === Infinity) return;
		this.limit++;
		this.queue.shift()?.();
	}
}
