/**
 * Limits the time of a request. The request gets the signal: n8n's helpers close the connection when it aborts, whether
 * it is still connecting, sending, or receiving.
 */
export class Deadline {
	private readonly controller = new AbortController();
	/** On a clock that no one can set. */
	private endsAt: number;
	private timer?: AbortSignal;

	/**
	 * @param allowed milliseconds from now
	 * @param cancel the execution's own signal, which ends the request at once
	 */
	constructor(
		private allowed: number,
		private readonly cancel: AbortSignal | undefined,
	) {
		this.endsAt = performance.now() + allowed;
		this.cancel?.addEventListener('abort', this.abort);
		if (this.cancel?.aborted) this.abort();
		this.startTimer();
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Whether the time ran out; a canceled request isn't out of time. */
	get isOver(): boolean {
		return this.signal.aborted && !this.cancel?.aborted;
	}

	/** Milliseconds that the request had in all. */
	get allowedMs(): number {
		return this.allowed;
	}

	/** @param ms milliseconds */
	extend(ms: number): void {
		this.allowed += ms;
		this.endsAt += ms;
	}

	/** Must be called when the request has ended. */
	release(): void {
		this.cancel?.removeEventListener('abort', this.abort);
		this.timer?.removeEventListener('abort', this.check);
	}

	private readonly abort = () => this.controller.abort();

	private readonly check = () => {
		if (performance.now() >= this.endsAt) this.abort();
		else this.startTimer();
	};

	// A signal is the only timer that n8n's linter allows and that can be stopped. Node keeps it as long as it has a listener.
	private startTimer(): void {
		this.timer = AbortSignal.timeout(Math.max(1, Math.ceil(this.endsAt - performance.now())));
		this.timer.addEventListener('abort', this.check);
	}
}
