import { join } from 'node:path';

import { AudioFetcher } from './audio/fetchAudio';
import { SampleLibrary } from './audio/sampleLibrary';
import { CallbackDispatcher } from './callbacks/dispatcher';
import { SandboxClock } from './core/clock';
import { JobStore } from './core/jobStore';
import { SeededRandom } from './core/random';
import { DEFAULT_SETTINGS, jobSeconds, type SandboxSettings } from './core/settings';
import { providers, type ProviderName } from './providers';
import { buildApp } from './server/app';
import { controlRoutes } from './server/control';
import type { SettingsPatch } from './server/controlSchemas';
import { HttpFaults } from './server/httpFaults';
import { RequestLog } from './server/requestLog';
import type { Sandbox, SandboxOptions, SandboxState } from './types';

/** Starts a sandbox on 127.0.0.1. @throws Error if the port is in use */
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
			clock,
			jobs,
			callbacks,
			audio,
			samples,
			after: (seconds, action) => void clock.after(seconds, action),
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
