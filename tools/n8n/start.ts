import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tailBuffer, type Progress } from './command';
import { n8nEnvironment } from './environment';
import { ensureHost, type InstalledHost } from './host';
import type { HostVersion } from './hosts';
import { installPackage } from './installPackage';
import { splitLines, N8nProcess } from './n8nProcess';
import { freePorts } from './ports';
import { waitUntilReady } from './ready';

/** A first start runs all database migrations: on slow machines that takes a minute. */
export const READY_TIMEOUT_MS = 180_000;

export interface StartOptions {
	version: HostVersion;
	/** n8n's private folder: database, binaries, installed package, `n8n.log`. Created when missing. */
	userFolder: string;
	/** 0 or left out: a free one. */
	port?: number;
	/** The packed package (`npm pack`) to install into this n8n. */
	tarball?: string;
	/** Further settings of n8n; they win over ours. */
	env?: Record<string, string>;
	/** Folders that Read/Write Files from Disk may use. */
	fileAccess?: string[];
	/** Called with each line n8n prints. */
	onLog?: (line: string) => void;
	/** Called with each line about our own steps (installing, starting). */
	onProgress?: Progress;
	/** Default: READY_TIMEOUT_MS. */
	readyTimeoutMs?: number;
}

/** A running n8n. It ends with this process at the latest. */
export interface RunningN8n {
	readonly version: HostVersion;
	/** `http://127.0.0.1:<port>`, without a slash at the end. */
	readonly url: string;
	readonly port: number;
	/** Of n8n's main process; another one after `restart()`. */
	readonly pid: number;
	readonly userFolder: string;
	/** Resolves when the running n8n ends, with how: `exit code 1`, `SIGKILL`. Another one after `restart()`. */
	readonly ended: Promise<string>;
	/** The last 200,000 characters n8n printed, over all restarts. */
	logs(): string;
	/** SIGTERM, and SIGKILL after 10 s. */
	stop(): Promise<void>;
	/** SIGKILL for n8n and its task runner, as a crash would. */
	kill(): Promise<void>;
	/** Starts it again (stopping it first when it runs): same port, same data. */
	restart(options?: { env?: Record<string, string> }): Promise<void>;
	/** Resident memory of n8n and its task runner, in bytes. */
	rssBytes(): number;
}

/**
 * Installs (when needed) and starts a real n8n and waits until it takes requests.
 * @throws with the end of n8n's log when it exits early or does not become ready
 */
export async function startN8n(options: StartOptions): Promise<RunningN8n> {
	const host = await ensureHost(options.version, { onProgress: options.onProgress });
	const userFolder = resolve(options.userFolder);
	mkdirSync(userFolder, { recursive: true });
	if (options.tarball !== undefined) {
		await installPackage(options.tarball, userFolder, host.node, options.onProgress);
	}
	const [free = 0, brokerPort = 0] = await freePorts(2);
	const n8n = new SingleN8n(host, { ...options, userFolder, port: options.port || free }, brokerPort);
	await n8n.restart();
	return n8n;
}

class SingleN8n implements RunningN8n {
	private readonly log = tailBuffer(200_000);

	private readonly process: N8nProcess;

	constructor(
		private readonly host: InstalledHost,
		private readonly options: StartOptions & { port: number },
		private readonly brokerPort: number,
	) {
		const { userFolder, onLog } = options;
		const toListener = splitLines((line) => onLog?.(line));
		this.process = new N8nProcess({
			host,
			name: `n8n ${host.version}`,
			args: ['start'],
			cwd: userFolder,
			logFile: join(userFolder, 'n8n.log'),
			onText: (text) => {
				this.log.add(text);
				toListener(text);
			},
		});
	}

	get version() {
		return this.host.version;
	}

	get port() {
		return this.options.port;
	}

	get url() {
		return `http://127.0.0.1:${this.port}`;
	}

	get userFolder() {
		return this.options.userFolder;
	}

	get pid() {
		return this.process.pid;
	}

	get ended() {
		return this.process.ended;
	}

	logs() {
		return this.log.text();
	}

	async stop() {
		await this.process.stop();
	}

	async kill() {
		await this.process.kill();
	}

	rssBytes() {
		return this.process.rssBytes();
	}

	async restart({ env = {} }: { env?: Record<string, string> } = {}) {
		await this.stop();
		const { options, host } = this;
		options.onProgress?.(`starting n8n ${host.version} on ${this.url} …`);
		const begun = Date.now();
		const environment = n8nEnvironment({
			userFolder: options.userFolder,
			port: this.port,
			brokerPort: this.brokerPort,
			node: host.node,
			fileAccess: options.fileAccess ?? [],
			env: { ...options.env, ...env },
		});
		await this.process.start(
			environment,
			async (ended) => await waitUntilReady(this.url, options.readyTimeoutMs ?? READY_TIMEOUT_MS, ended),
		);
		options.onProgress?.(`n8n ${host.version} is ready after ${((Date.now() - begun) / 1000).toFixed(1)} s`);
	}
}
