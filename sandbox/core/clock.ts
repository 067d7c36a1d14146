/** A scheduled action that can be canceled. */
export interface Timer {
	cancel(): void;
}

interface Pending {
	readonly action: () => void;
	remainingSeconds: number;
	armedAt: number;
	handle: NodeJS.Timeout;
}

// Node fires immediately if a delay exceeds 31 bits, so delays are limited to about 24 days.
const LONGEST_DELAY_MS = 2_147_483_647;

/**
 * The clock of the simulated services. Sandbox seconds pass `speed` times as fast as real ones. A change of speed also
 * applies to pending timers. Timestamps in responses use real time.
 */
export class SandboxClock {
	private readonly pending = new Set<Pending>();

	constructor(private factor = 1) {
		assertSpeed(factor);
	}

	/** Sandbox seconds per real second. */
	get speed(): number {
		return this.factor;
	}

	/** Changes the speed, including that of pending timers. @throws RangeError if it isn't a positive number */
	setSpeed(speed: number): void {
		assertSpeed(speed);
		const now = Date.now();
		for (const entry of this.pending) {
			clearTimeout(entry.handle);
			const elapsed = ((now - entry.armedAt) / 1000) * this.factor;
			entry.remainingSeconds = Math.max(0, entry.remainingSeconds - elapsed);
		}
		this.factor = speed;
		for (const entry of this.pending) this.arm(entry);
	}

	/** Runs `action` after a number of sandbox seconds. */
	after(seconds: number, action: () => void): Timer {
		const entry: Pending = { action, remainingSeconds: Math.max(0, seconds), armedAt: 0, handle: undefined! };
		this.pending.add(entry);
		this.arm(entry);
		return {
			cancel: () => {
				clearTimeout(entry.handle);
				this.pending.delete(entry);
			},
		};
	}

	/** Resolves after a number of sandbox seconds, or as soon as the signal aborts. The caller must check the signal. */
	async sleep(seconds: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return;
		await new Promise<void>((resolve) => {
			const done = () => {
				timer.cancel();
				signal?.removeEventListener('abort', done);
				resolve();
			};
			const timer = this.after(seconds, done);
			signal?.addEventListener('abort', done);
		});
	}

	/** Cancels all scheduled actions. */
	cancelAll(): void {
		for (const entry of this.pending) clearTimeout(entry.handle);
		this.pending.clear();
	}

	private arm(entry: Pending): void {
		entry.armedAt = Date.now();
		const delay = Math.min((entry.remainingSeconds * 1000) / this.factor, LONGEST_DELAY_MS);
		entry.handle = setTimeout(() => {
			this.pending.delete(entry);
			entry.action();
		}, delay);
	}
}

function assertSpeed(speed: number): void {
	if (!Number.isFinite(speed) || speed <= 0) throw new RangeError('speed must be a positive number');
}
