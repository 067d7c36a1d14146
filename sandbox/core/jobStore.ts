import { randomUUID } from 'node:crypto';

import type { SandboxClock, Timer } from './clock';
import type { HoldStage, Job, JobWork, WorkResult } from './job';
import type { SandboxSettings } from './settings';
import { Waiters } from './waiters';

interface Running {
	readonly job: Job;
	readonly work: JobWork;
	readonly abort: AbortController;
	released: boolean;
	holdAt: HoldStage | null;
	finishInSeconds: number | null;
	/** Restarts the current timer with the current settings. */
	restartTimer: (() => void) | null;
}

interface ForcedFailure {
	remaining: number;
	readonly reason: string;
	readonly provider?: string;
}

/** Stores all jobs and, using the sandbox clock, moves them from queued through processing to their final status. */
export class JobStore {
	private readonly entries = new Map<string, Running>();
	private readonly waiters = new Waiters();
	private failures: ForcedFailure[] = [];
	private holdAll: HoldStage | null = null;
	private sequence = 0;

	constructor(
		private readonly clock: SandboxClock,
		private readonly settings: () => SandboxSettings,
	) {}

	/** Creates and starts a job. Its ID is random instead of seeded, so that it isn't reused after a restart, because receivers may remember IDs. */
	start(provider: string, account: string, work: JobWork, id: string = randomUUID()): Job {
		this.sequence += 1;
		const job: Job = {
			id,
			provider,
			account,
			sequence: this.sequence,
			createdAt: new Date(),
			status: 'queued',
			finishedAt: null,
			errorMessage: null,
			held: false,
		};
		const running: Running = {
			job,
			work,
			abort: new AbortController(),
			released: false,
			holdAt: this.holdAll,
			finishInSeconds: null,
			restartTimer: null,
		};
		this.entries.set(id, running);
		const forced = this.takeFailure(provider);
		void this.run(running, forced).catch((error: unknown) => this.finish(running, `Sandbox error: ${String(error)}`));
		return job;
	}

	get(id: string): Job | undefined {
		return this.entries.get(id)?.job;
	}

	/** Returns all jobs, oldest first. */
	list(provider?: string): Job[] {
		const jobs = [...this.entries.values()].map((entry) => entry.job);
		return provider === undefined ? jobs : jobs.filter((job) => job.provider === provider);
	}

	/** Holds every current and future job in the given status until it is released. */
	hold(stage: HoldStage = 'processing'): void {
		this.holdAll = stage;
		for (const entry of this.entries.values()) {
			if (!entry.released) entry.holdAt = stage;
		}
		// A job that is held in the other status moves on to this one.
		this.waiters.notify();
	}

	/** Returns the status in which new jobs are held, if any. */
	get holding(): HoldStage | null {
		return this.holdAll;
	}

	/** Releases a job. Without an ID, releases all jobs and stops holding new ones. */
	release(id?: string): void {
		if (id === undefined) this.holdAll = null;
		for (const entry of this.entries.values()) {
			if (id !== undefined && entry.job.id !== id) continue;
			entry.released = true;
			entry.holdAt = null;
		}
		this.waiters.notify();
	}

	/** Ends a running job after a number of seconds, regardless of the settings. @returns false if there is no such running job */
	finishIn(id: string, seconds: number): boolean {
		const entry = this.entries.get(id);
		if (!entry || isFinal(entry.job)) return false;
		entry.finishInSeconds = seconds;
		entry.restartTimer?.();
		return true;
	}

	/** Makes the next jobs fail with this reason. */
	failNext(reason: string, count = 1, provider?: string): void {
		this.failures.push({ remaining: count, reason, provider });
	}

	/** Resolves when the job has ended or was removed by a reset. */
	async finished(id: string): Promise<void> {
		await this.waiters.until(() => {
			const job = this.get(id);
			return job === undefined || isFinal(job);
		});
	}

	/** Resolves when no job is running. */
	async settled(): Promise<void> {
		await this.waiters.until(() => this.list().every(isFinal));
	}

	/** Removes all jobs, holds, and planned failures. */
	clear(): void {
		for (const entry of this.entries.values()) entry.abort.abort();
		this.entries.clear();
		this.failures = [];
		this.holdAll = null;
		this.waiters.notify();
	}

	private async run(entry: Running, forcedError: string | null): Promise<void> {
		const { job, work, abort } = entry;
		await this.wait(entry, this.settings().queuedSeconds, 'queued');
		if (abort.signal.aborted) return;
		job.status = 'processing';
		this.waiters.notify();
		const result: WorkResult = await work.process(abort.signal);
		if (abort.signal.aborted) return;
		const { processingSeconds, processingFactor } = this.settings();
		await this.wait(entry, processingSeconds ?? result.mediaSeconds * processingFactor, 'processing');
		if (!abort.signal.aborted) this.finish(entry, forcedError ?? result.errorMessage ?? null);
	}

	private async wait(entry: Running, seconds: number, stage: HoldStage): Promise<void> {
		let timer: Timer | null = null;
		const override = () => (entry.finishInSeconds === null ? seconds : stage === 'queued' ? 0 : entry.finishInSeconds);
		await new Promise<void>((resolve) => {
			const arm = (delay: number) => {
				timer?.cancel();
				timer = this.clock.after(delay, resolve);
			};
			entry.restartTimer = () => arm(override());
			entry.abort.signal.addEventListener('abort', () => resolve(), { once: true });
			arm(override());
		});
		entry.restartTimer = null;
		entry.job.held = entry.holdAt === stage;
		this.waiters.notify();
		await this.waiters.until(() => entry.holdAt !== stage, entry.abort.signal);
		entry.job.held = false;
	}

	private finish(entry: Running, errorMessage: string | null): void {
		entry.job.status = errorMessage === null ? 'completed' : 'failed';
		entry.job.errorMessage = errorMessage;
		entry.job.finishedAt = new Date();
		entry.work.finished(entry.job);
		this.waiters.notify();
	}

	private takeFailure(provider: string): string | null {
		const failure = this.failures.find((planned) => planned.provider === undefined || planned.provider === provider);
		if (!failure) return null;
		failure.remaining -= 1;
		this.failures = this.failures.filter((planned) => planned.remaining > 0);
		return failure.reason;
	}
}

function isFinal(job: Job): boolean {
	return job.status === 'completed' || job.status === 'failed';
}
