import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostVersion, RunningN8n } from '../../../tools/n8n';
import { groupRssBytes } from '../../../tools/n8n/processGroup';

/** An n8n that `start` started, in the process that runs Jest. */
export interface Started {
	n8n: RunningN8n;
	/** The temporary folder from which n8n may read files. */
	folder: string;
	/** The owner's session, for all files: a login per file would exceed n8n's limit of five per minute and account. */
	token: string | undefined;
}

/** What a worker knows about its n8n. */
export interface SharedN8n {
	n8n: Pick<RunningN8n, 'version' | 'url' | 'port' | 'pid' | 'userFolder' | 'logs' | 'rssBytes'>;
	folder: string;
	token: string | undefined;
}

interface Published {
	version: HostVersion;
	url: string;
	port: number;
	pid: number;
	userFolder: string;
	folder: string;
	token: string | undefined;
}

const VARIABLE = 'TEST_SHARED_N8N';

/** Jest loads the modules of `start` and `stop` separately, so they share what is in the global object. */
const store = globalThis as { startedN8n?: Started[] };

/** Tells the workers, which are started later, about their n8n. */
export function publish(started: Started[]): void {
	store.startedN8n = started;
	const all = started.map(({ n8n: { version, url, port, pid, userFolder }, folder, token }): Published => ({
		version,
		url,
		port,
		pid,
		userFolder,
		folder,
		token,
	}));
	process.env[VARIABLE] = JSON.stringify(all);
}

export const startedHere = (): Started[] => store.startedN8n ?? [];

/** Returns the n8n of this worker. @throws Error if there is none */
export function sharedN8n(): SharedN8n {
	const all = JSON.parse(process.env[VARIABLE] ?? '[]') as Published[];
	const mine = all[Number(process.env.JEST_WORKER_ID ?? '1') - 1];
	if (!mine) throw new Error('There is no n8n for this worker of Jest: the project has no globalSetup');
	const { folder, token, ...known } = mine;
	return {
		folder,
		token,
		n8n: {
			...known,
			logs: () => readFileSync(join(known.userFolder, 'n8n.log'), 'utf8').slice(-200_000),
			rssBytes: () => groupRssBytes(known.pid),
		},
	};
}
