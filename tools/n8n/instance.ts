import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from './client/client';
import type { HostVersion } from './hosts';
import { startQueueN8n, type QueueN8n } from './queue';
import { startN8n, type RunningN8n, type StartOptions } from './start';

/**
 * If n8n's database doesn't respond for five seconds, as can happen on a busy machine, n8n answers every request with 503.
 * Returns the setting that raises this limit. n8n 3 no longer knows the name that n8n 2.8 uses.
 */
export function slowDatabase(version: HostVersion = '2.41'): Record<string, string> {
	return { [version === '2.8' ? 'N8N_DB_PING_TIMEOUT' : 'DB_PING_TIMEOUT_MS']: '120000' };
}

/** A fresh n8n in a temporary folder, and a client that is logged in. */
export interface N8nInstance<N8n extends RunningN8n = RunningN8n> {
	n8n: N8n;
	client: N8nClient;
	/** The temporary folder. n8n may read files from it. */
	folder: string;
	/** Stops n8n and deletes the folder. */
	close(): Promise<void>;
}

export interface InstanceOptions
	extends Omit<StartOptions, 'userFolder' | 'version'>, Partial<Pick<StartOptions, 'version'>> {
	/** Part of the temporary folder's name. */
	name: string;
	/** Whether `close` keeps the folder, including n8n's log. */
	keepFolder?: boolean;
}

/**
 * Starts n8n (2.41 by default) with an empty database.
 * @throws Error with the end of n8n's log if it doesn't start
 */
export async function openN8n(options: InstanceOptions): Promise<N8nInstance> {
	return await open(options, startN8n, async (n8n) => await n8n.stop());
}

/** Like `openN8n`, but in queue mode. */
export async function openQueueN8n(options: InstanceOptions): Promise<N8nInstance<QueueN8n>> {
	return await open(options, startQueueN8n, async (n8n) => await n8n.close());
}

async function open<N8n extends RunningN8n>(
	{ name, keepFolder = false, fileAccess = [], ...options }: InstanceOptions,
	start: (options: StartOptions) => Promise<N8n>,
	stop: (n8n: N8n) => Promise<void>,
): Promise<N8nInstance<N8n>> {
	const folder = mkdtempSync(join(tmpdir(), `transcription-${name}-`));
	const removeFolder = () => {
		if (keepFolder) options.onProgress?.(`n8n's folder: ${folder}`);
		else rmSync(folder, { recursive: true, force: true });
	};
	let n8n: N8n | undefined;
	const close = async () => {
		if (n8n) await stop(n8n);
		removeFolder();
	};
	try {
		n8n = await start({
			version: '2.41',
			...options,
			fileAccess: [...fileAccess, folder],
			userFolder: join(folder, 'n8n'),
		});
		const client = new N8nClient(n8n.url);
		await client.signIn();
		return { n8n, client, folder, close };
	} catch (error) {
		await close();
		throw error;
	}
}
