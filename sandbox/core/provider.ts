import type { FastifyInstance } from 'fastify';

import type { AudioFetcher } from '../audio/fetchAudio';
import type { SampleLibrary } from '../audio/sampleLibrary';
import type { CallbackDispatcher } from '../callbacks/dispatcher';
import type { SandboxClock } from './clock';
import type { JobStore } from './jobStore';
import type { SandboxSettings } from './settings';

/** A customer of a simulated service. */
export interface Account {
	/** The name shown in logs instead of the key. */
	name: string;
	apiKey: string;
	/** `exhausted`: reading works, but submit requests are rejected with the service's own error. */
	balance: 'ok' | 'exhausted';
}

/** The parts of the sandbox that are available to every provider. */
export interface ProviderContext {
	readonly name: string;
	readonly accounts: readonly Account[];
	readonly clock: SandboxClock;
	readonly jobs: JobStore;
	readonly callbacks: CallbackDispatcher;
	readonly audio: AudioFetcher;
	readonly samples: SampleLibrary;
	/** Runs `action` after a number of sandbox seconds. */
	after(seconds: number, action: () => void): void;
	settings(): SandboxSettings;
	/** Returns the provider's URL, e.g. `http://127.0.0.1:4010/assemblyai`. Only available once the server is listening. */
	baseUrl(): string;
}

/** A simulated service, mounted at its own path. */
export interface SandboxProvider {
	/** Adds the routes, relative to the mount path. */
	register(app: FastifyInstance): void;
	/** Returns the body that the service sends with an error caused by an HTTP fault. */
	errorBody(status: number): string;
	/** Deletes uploads, transcripts, and all other data. */
	reset(): void;
}

/** An entry in the registry of providers. */
export interface ProviderDefinition {
	title: string;
	/** Mount path with a leading slash. */
	mount: string;
	accounts: readonly Account[];
	create(context: ProviderContext): SandboxProvider;
}
