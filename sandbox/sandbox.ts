import { join } from 'node:path';

import { AudioFetcher } from './audio/fetchAudio';
import { SampleLibrary } from './audio/sampleLibrary';
import { CallbackDispatcher } from './callbacks/dispatcher';
import { SandboxClock } from './core/clock';
import { JobStore } from './core/jobs';
import type { Account } from './core/provider';
import { SeededRandom } from './core/random';
import { DEFAULT_SETTINGS, jobSeconds, type SandboxSettings } from './core/settings';
import { providers, type ProviderName } from './providers';
import { buildApp } from './server/app';
import { controlRoutes } from './server/control';
import type { SettingsPatch } from './server/controlSchemas';
import { HttpFaults } from './server/httpFaults';
import { RequestLog } from './server/requestLog';

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

/** Starts a sandbox on 127.0.0.1. Throws when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const initial = initialSettings(options);
	let settings: SandboxSettings = { ...initial };
	let origin = '';
	const current = () => settings;
	const seed = options.seed ?? Date.now() % 1_000_000;
	const random = new SeededRandom(seed);
	const clock = new SandboxClock(options.speed ?? 1);
	const jobs = new JobStore(clock, current);
	const callbacks = new CallbackDispatcher(clock, random, current);
	const httpFaults = new HttpFaults(random);
	const requests = new RequestLog();
	const audio = new AudioFetcher();
	const samples = new SampleLibrary(options.samplesFolder ?? join(__dirname, '..', 'samples'));

	const names = Object.keys(providers) as ProviderName[];
	const accountsOf = (name: ProviderName) => options.accounts?.[name] ?? providers[name].accounts;
	const baseUrl = (name: ProviderName) => origin + providers[name].mount;
	const mounted = names.map((name) => ({
		name,
		mount: providers[name].mount,
		provider: providers[name].create({
			name,
			accounts: accountsOf(name),
			jobs,
			callbacks,
			audio,
			samples,
			settings: current,
			baseUrl: () => baseUrl(name),
		}),
	}));
	const app = buildApp(mounted, samples, requests, httpFaults);

	const configure = ({ speed, hold, jobSeconds: total, ...patch }: SettingsPatch) => {
		settings = { ...settings, ...(total === undefined ? {} : jobSeconds(total)), ...patch };
		if (speed !== undefined) clock.setSpeed(speed);
		if (hold === null) jobs.release();
		else if (hold !== undefined) jobs.hold(hold);
	};
	const state = (): SandboxState => ({
		origin,
		seed,
		speed: clock.speed,
		hold: jobs.holding,
		settings: { ...settings },
		providers: names.map((name) => ({ name, title: providers[name].title, baseUrl: baseUrl(name) })),
		jobs: countByStatus(jobs),
		requests: requests.list().length,
		deliveries: callbacks.deliveries().length,
		faults: { callbacks: callbacks.faults.list().length, http: httpFaults.list().length },
	});
	const settled = async () => {
		await jobs.settled();
		await callbacks.settled();
	};
	const clearAll = () => {
		jobs.clear();
		callbacks.clear();
		httpFaults.clear();
		requests.clear();
		clock.cancelAll();
		for (const { provider } of mounted) provider.reset();
	};
	const reset = () => {
		clearAll();
		random.restart();
		settings = { ...initial };
		clock.setSpeed(options.speed ?? 1);
	};
	const close = async () => {
		clearAll();
		await app.close();
		await Promise.all([callbacks.close(), audio.close()]);
	};

	const sandbox: Sandbox = {
		get origin() {
			return origin;
		},
		seed,
		clock,
		jobs,
		callbacks,
		httpFaults,
		requests,
		samples,
		baseUrl,
		accounts: accountsOf,
		configure,
		state,
		settled,
		reset,
		close,
	};
	void app.register(async (scope) => controlRoutes(scope, sandbox), { prefix: '/_sandbox' });
	origin = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	return sandbox;
}

function initialSettings(options: SandboxOptions): SandboxSettings {
	const settings = { ...DEFAULT_SETTINGS, ...(options.jobSeconds === undefined ? {} : jobSeconds(options.jobSeconds)) };
	for (const key of Object.keys(DEFAULT_SETTINGS) as Array<keyof SandboxSettings>) {
		if (options[key] !== undefined) Object.assign(settings, { [key]: options[key] });
	}
	return settings;
}

function countByStatus(jobs: JobStore): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { status } of jobs.list()) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
}
