import type { SampleLibrary } from './audio/sampleLibrary';
import type { CallbackDispatcher } from './callbacks/dispatcher';
import type { SandboxClock } from './core/clock';
import type { JobStore } from './core/jobStore';
import type { Account } from './core/provider';
import type { SandboxSettings } from './core/settings';
import type { ProviderName } from './providers';
import type { SettingsPatch } from './server/controlSchemas';
import type { HttpFaults } from './server/httpFaults';
import type { RequestLog } from './server/requestLog';

/** How a sandbox is started. */
export interface SandboxOptions extends Partial<SandboxSettings> {
	/** 0 = any free port. */
	port?: number;
	/** Sandbox seconds per real second, 1 by default. */
	speed?: number;
	/** Total sandbox seconds a job takes, in place of `queuedSeconds` and `processingSeconds`. */
	jobSeconds?: number;
	/** Seed of the faults' chance; the time by default. */
	seed?: number;
	/** Accounts in place of a provider's own. */
	accounts?: Partial<Record<ProviderName, Account[]>>;
	/** Folder of the samples, the repository's by default. */
	samplesFolder?: string;
}

/** What `GET /_sandbox/` answers. */
export interface SandboxState {
	origin: string;
	seed: number;
	speed: number;
	hold: 'queued' | 'processing' | null;
	settings: SandboxSettings;
	providers: Array<{ name: ProviderName; title: string; baseUrl: string }>;
	jobs: Record<string, number>;
	requests: number;
	deliveries: number;
	faults: { callbacks: number; http: number };
}

/** A running sandbox and everything that can be done to it. */
export interface Sandbox {
	/** `http://127.0.0.1:<port>` */
	readonly origin: string;
	readonly seed: number;
	readonly clock: SandboxClock;
	readonly jobs: JobStore;
	readonly callbacks: CallbackDispatcher;
	readonly httpFaults: HttpFaults;
	readonly requests: RequestLog;
	readonly samples: SampleLibrary;
	/** Where a provider's API begins. */
	baseUrl(provider: ProviderName): string;
	/** The accounts a provider accepts; the first is the ordinary one. */
	accounts(provider: ProviderName): readonly Account[];
	/** Changes settings, speed and hold; what is not named stays. */
	configure(patch: SettingsPatch): void;
	state(): SandboxState;
	/** Resolves when no job and no callback is under way. */
	settled(): Promise<void>;
	/** Back to the state after the start: no jobs, uploads, faults or logs, the settings and the speed of the start. */
	reset(): void;
	/** Ends everything; no handle stays open. */
	close(): Promise<void>;
}
