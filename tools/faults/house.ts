import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startN8n, startQueueN8n, type RunningN8n } from '../n8n';
import type { CampaignOptions } from './options';

/** A process, or all processes of one kind, that can be killed and started again. */
export interface Victim {
	name: string;
	/** SIGKILL. */
	kill(): Promise<void>;
	/** Resolves when it works again. */
	start(): Promise<void>;
}

/** The n8n of a campaign, whichever mode it runs in. */
export interface House {
	n8n: RunningN8n;
	/** At random moments one of these is killed, in turn. */
	victims: readonly Victim[];
	/** What does the work of executions. */
	workers: Victim;
	/** Starts n8n anew with a clock that is ahead. */
	turnClock(aheadMs: number): Promise<void>;
	close(): Promise<void>;
}

const turner = (n8n: RunningN8n) => async (aheadMs: number) =>
	await n8n.restart({
		env: { NODE_OPTIONS: `-r ${join(__dirname, 'clock-ahead.cjs')}`, FAULTS_CLOCK_AHEAD_MS: String(aheadMs) },
	});

/**
 * Starts n8n in a folder of its own.
 * @throws with the end of its log when it does not start
 */
export async function openHouse({ mode, version, keep }: Pick<CampaignOptions, 'mode' | 'version' | 'keep'>, tarball: string, say: (line: string) => void, env: Record<string, string> = {}): Promise<House> {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-faults-'));
	// A start takes seconds, but not on a machine that is busy with other work.
	const options = { version, tarball, userFolder: join(folder, 'n8n'), onProgress: say, env, readyTimeoutMs: 600_000 };
	const remove = () => {
		if (keep) say(`n8n's folder: ${folder}`);
		else rmSync(folder, { recursive: true, force: true });
	};
	if (mode === 'queue') return await openQueueHouse(options, remove);
	const n8n = await startN8n(options);
	const main: Victim = { name: 'n8n', kill: async () => await n8n.kill(), start: async () => await n8n.restart() };
	const close = async () => {
		await n8n.stop();
		remove();
	};
	return { n8n, victims: [main], workers: main, turnClock: turner(n8n), close };
}

/** Two workers and two webhook processors, as of which one is always left. */
async function openQueueHouse(options: Parameters<typeof startQueueN8n>[0], remove: () => void): Promise<House> {
	const n8n = await startQueueN8n(options);
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
	const main: Victim = { name: 'main', kill: async () => await n8n.killMain(), start: async () => await n8n.startMain() };
	const both = [worker(0), worker(1)];
	const workers: Victim = {
		name: 'both workers',
		kill: async () => void (await Promise.all(both.map(async (one) => await one.kill()))),
		start: async () => void (await Promise.all(both.map(async (one) => await one.start()))),
	};
	const close = async () => {
		await n8n.close();
		remove();
	};
	return { n8n, victims: [worker(0), processor(0), main, processor(1), worker(1)], workers, turnClock: turner(n8n), close };
}
