/** A scheduled action that may still be called off. */
export interface Timer {
	cancel(): void;
}

interface Pending {
	readonly action: () => void;
	remainingSeconds: number;
	armedAt: number;
	handle: NodeJS.Timeout;
}

// Node fires at once when a delay exceeds 31 bits, so longer waits end early at about 24 days instead.
const LONGEST_DELAY_MS = 2_147_483_647;

/**
 * The time the services live in: sandbox seconds pass `speed` times faster than real ones.
 * A change of speed applies to what is already waiting. Timestamps in answers stay real time.
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

	/** Changes the speed, also for waits already under way. Throws RangeError unless the speed is a positive number. */
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

	/** Runs `action` after that many sandbox seconds. */
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

	/** Resolves after that many sandbox seconds, or at once when the signal aborts; the caller looks at the signal. */
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

	/** Calls off everything that is scheduled. */
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
