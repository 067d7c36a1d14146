/**
 * Limits the duration of a request. Pass the signal to the request: n8n's helpers close the connection when it aborts,
 * whether the request is connecting, sending, or receiving.
 */
export class Deadline {
	private readonly controller = new AbortController();
	/** On the monotonic clock, in ms. */
	private endsAt: number;
	private timer?: AbortSignal;

	/**
	 * @param allowed milliseconds from now
	 * @param cancel the execution's cancellation signal, which aborts the request
	 * @param graceMs milliseconds that the request may continue after it was canceled
	 */
	constructor(
		private allowed: number,
		private readonly cancel: AbortSignal | undefined,
		private readonly graceMs = 0,
	) {
		this.endsAt = performance.now() + allowed;
		this.cancel?.addEventListener('abort', this.endSoon);
		this.startTimer();
		if (this.cancel?.aborted) this.endSoon();
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Whether the time limit was reached; false if the execution was canceled. */
	get isOver(): boolean {
		return this.signal.aborted && !this.cancel?.aborted;
	}

	/** The total time limit in milliseconds, extensions included. */
	get allowedMs(): number {
		return this.allowed;
	}

	extend(ms: number): void {
		this.allowed += ms;
		this.endsAt += ms;
	}

	/** Releases the timer. Must be called when the request has ended. */
	release(): void {
		this.cancel?.removeEventListener('abort', this.endSoon);
		this.timer?.removeEventListener('abort', this.check);
	}

	private readonly abort = () => this.controller.abort();

	private readonly endSoon = () => {
		if (this.graceMs === 0) return this.abort();
		this.endsAt = Math.min(this.endsAt, performance.now() + this.graceMs);
		this.timer?.removeEventListener('abort', this.check);
		this.startTimer();
	};

	private readonly check = () => {
		if (performance.now() >= this.endsAt) this.abort();
		else this.startTimer();
	};

	// A timeout signal is the only stoppable timer that n8n's linter allows. Node keeps it alive while it has a listener.
	private startTimer(): void {
		this.timer = AbortSignal.timeout(Math.max(1, Math.ceil(this.endsAt - performance.now())));
		this.timer.addEventListener('abort', this.check);
	}
}
