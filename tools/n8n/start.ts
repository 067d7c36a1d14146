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

/** The first start runs all database migrations, which takes a minute on a slow machine. */
export const READY_TIMEOUT_MS = 180_000;

export interface StartOptions {
	version: HostVersion;
	/** n8n's user folder with its database, binary data, installed package, and `n8n.log`. It is created if missing. */
	userFolder: string;
	/** Default: a free port. */
	port?: number;
	/** The packed package (`npm pack`) to install in this n8n. */
	tarball?: string;
	/** Additional settings of n8n, which override the defaults. */
	env?: Record<string, string>;
	/** Folders that Read/Write Files from Disk can access. */
	fileAccess?: string[];
	/** Called with each line of n8n's output. */
	onLog?: (line: string) => void;
	/** Called with each line of progress (installing, starting). */
	onProgress?: Progress;
	/** Default: READY_TIMEOUT_MS. */
	readyTimeoutMs?: number;
}

/** A running n8n. It never outlives this process. */
export interface RunningN8n {
	readonly version: HostVersion;
	/** `http://127.0.0.1:<port>`, without a trailing slash. */
	readonly url: string;
	readonly port: number;
	/** PID of n8n's main process. It changes with `restart()`. */
	readonly pid: number;
	readonly userFolder: string;
	/** Resolves with the reason when the running n8n ends, e.g. `exit code 1` or `SIGKILL`. It is a new promise after `restart()`. */
	readonly ended: Promise<string>;
	/** The last 200,000 characters of n8n's output, including earlier starts. */
	logs(): string;
	/** Sends SIGTERM, and SIGKILL after 10 s. */
	stop(): Promise<void>;
	/** Sends SIGKILL to n8n and its task runner, to simulate a crash. */
	kill(): Promise<void>;
	/** Starts n8n again with the same port and data. Stops it first if it is running. */
	restart(options?: { env?: Record<string, string> }): Promise<void>;
	/** Resident memory of n8n and its task runner, in bytes. */
	rssBytes(): number;
}

/**
 * Starts a real n8n and waits until it accepts requests. Installs it first if necessary.
 * @throws Error with the end of n8n's log if it exits early or doesn't become ready
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
		const startedAt = Date.now();
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
		options.onProgress?.(`n8n ${host.version} is ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
	}
}
