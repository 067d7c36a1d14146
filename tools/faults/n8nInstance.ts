import { join } from 'node:path';
import { type InstanceOptions, type N8nInstance, openN8n, openQueueN8n, type RunningN8n } from '../n8n';
import type { CampaignOptions } from './options';

/** A process that can be killed and started again, or all processes of one kind. */
export interface Victim {
	name: string;
	/** SIGKILL. */
	kill(): Promise<void>;
	/** Resolves when it works again. */
	start(): Promise<void>;
}

/** An n8n whose processes can be killed, in regular or in queue mode. */
export interface KillableN8n extends Omit<N8nInstance, 'folder'> {
	/** One of these is killed at each random moment, in turn. */
	victims: readonly Victim[];
	/** The processes that run executions. */
	workers: Victim;
	/** Restarts n8n with its clock set ahead. */
	setClockAhead(aheadMs: number): Promise<void>;
}

const clockSetter = (n8n: RunningN8n) => async (aheadMs: number) =>
	await n8n.restart({
		env: { NODE_OPTIONS: `-r ${join(__dirname, 'clock-ahead.cjs')}`, FAULTS_CLOCK_AHEAD_MS: String(aheadMs) },
	});

/**
 * Starts n8n in a temporary folder.
 * @throws Error with the end of its log if it doesn't start
 */
export async function openKillableN8n(
	{ mode, version, keep }: Pick<CampaignOptions, 'mode' | 'version' | 'keep'>,
	tarball: string,
	say: (line: string) => void,
	env: Record<string, string> = {},
): Promise<KillableN8n> {
	// Starting takes a few seconds, or longer on a machine that is busy with other work.
	const options: InstanceOptions = {
		name: 'faults',
		version,
		tarball,
		onProgress: say,
		env,
		readyTimeoutMs: 600_000,
		keepFolder: keep,
	};
	if (mode === 'queue') return await openKillableQueueN8n(options);
	const { n8n, client, close } = await openN8n(options);
	const main: Victim = { name: 'n8n', kill: async () => await n8n.kill(), start: async () => await n8n.restart() };
	return { n8n, client, victims: [main], workers: main, setClockAhead: clockSetter(n8n), close };
}

/** Runs two workers and two webhook processors, so that one of each is always left. */
async function openKillableQueueN8n(options: InstanceOptions): Promise<KillableN8n> {
	const { n8n, client, close } = await openQueueN8n(options);
	const worker = (index: number): Victim => ({
		name: `worker ${index + 1}`,
		kill: async () => await n8n.killWorker(index),
		start: async () => await n8n.startWorker(index),
	});
	const processor = (index: number): Victim => ({
		name: `webhook processor ${index + 1}`,
		kill: async () => await n8n.killWebhookProcessor(index),
		start: async () => await n8n.startWebhookProcessor(index),
	});
	const main: Victim = {
		name: 'main',
		kill: async () => await n8n.killMain(),
		start: async () => await n8n.startMain(),
	};
	const both = [worker(0), worker(1)];
	const workers: Victim = {
		name: 'both workers',
		kill: async () => void (await Promise.all(both.map(async (one) => await one.kill()))),
		start: async () => void (await Promise.all(both.map(async (one) => await one.start()))),
	};
	return {
		n8n,
		client,
		victims: [worker(0), processor(0), main, processor(1), worker(1)],
		workers,
		setClockAhead: clockSetter(n8n),
		close,
	};
}
