import type { FastifyInstance } from 'fastify';

import type { AudioFetcher } from '../audio/fetchAudio';
import type { SampleLibrary } from '../audio/sampleLibrary';
import type { CallbackDispatcher } from '../callbacks/dispatcher';
import type { JobStore } from './jobStore';
import type { SandboxSettings } from './settings';

/** A customer of a simulated service. */
export interface Account {
	/** Shown in logs; the key never is. */
	name: string;
	apiKey: string;
	/** `exhausted`: reading works, submitting is refused the way the service refuses it. */
	balance: 'ok' | 'exhausted';
}

/** What the sandbox lends to every provider. */
export interface ProviderContext {
	readonly name: string;
	readonly accounts: readonly Account[];
	readonly jobs: JobStore;
	readonly callbacks: CallbackDispatcher;
	readonly audio: AudioFetcher;
	readonly samples: SampleLibrary;
	settings(): SandboxSettings;
	/** Where the provider is mounted, e.g. `http://127.0.0.1:4010/assemblyai`; known once the server listens. */
	baseUrl(): string;
}

/** A simulated service, mounted under its own prefix. */
export interface SandboxProvider {
	/** Adds the routes, relative to the mount. */
	register(app: FastifyInstance): void;
	/** The body the service sends with an error status it did not choose itself. */
	errorBody(status: number): string;
	/** Forgets uploads, transcripts and whatever else it keeps. */
	reset(): void;
}

/** How a provider is entered in the registry. */
export interface ProviderDefinition {
	/** For people. */
	title: string;
	/** Path under which it is mounted, with leading slash. */
	mount: string;
	accounts: readonly Account[];
	create(context: ProviderContext): SandboxProvider;
}
