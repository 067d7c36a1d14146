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

/** Options for starting a sandbox. */
export interface SandboxOptions extends Partial<SandboxSettings> {
	/** Default: 0, which means any free port. */
	port?: number;
	/** Sandbox seconds per real second. Default: 1. */
	speed?: number;
	/** Total sandbox seconds per job, instead of `queuedSeconds` and `processingSeconds`. */
	jobSeconds?: number;
	/** Seed of the random faults. Default: based on the time. */
	seed?: number;
	/** Accounts that replace a provider's default accounts. */
	accounts?: Partial<Record<ProviderName, Account[]>>;
	/** Folder with the samples. Default: the repository's `samples/` folder. */
	samplesFolder?: string;
}

/** The response of `GET /_sandbox/`. */
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

/** A running sandbox. */
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
	/** Returns the base URL of a provider's API. */
	baseUrl(provider: ProviderName): string;
	/** Returns a provider's accounts. The first one is the default. */
	accounts(provider: ProviderName): readonly Account[];
	/** Changes the given settings, including speed and hold. */
	configure(patch: SettingsPatch): void;
	state(): SandboxState;
	/** Resolves when no job or callback is in progress. */
	settled(): Promise<void>;
	/** Restores the initial state: deletes jobs, uploads, faults, and logs, and resets the settings and the speed. */
	reset(): void;
	/** Stops everything and closes all handles. */
	close(): Promise<void>;
}
