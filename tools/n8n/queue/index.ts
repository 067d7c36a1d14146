import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { tailBuffer } from '../command';
import { ensureHost } from '../host';
import { installPackage } from '../installPackage';
import { freePorts } from '../ports';
import type { RunningN8n, StartOptions } from '../start';
import { databaseEnvironment, startDatabases, type Databases } from './databases';
import { Member, type Role } from './member';
import { startProxy, type Proxy } from './proxy';

interface QueueOptions extends StartOptions {
	/** Default: 2. */
	workers?: number;
	/** Default: 2. */
	webhookProcessors?: number;
	/** Concurrent jobs per worker. Default: 5. */
	concurrency?: number;
}

/**
 * n8n in queue mode with its own Redis and PostgreSQL: a main process, workers, webhook processors, and a reverse proxy. `url`
 * is the proxy's URL; `pid` and `ended` belong to the main process. `stop`, `kill`, and `restart` affect all n8n processes, but
 * not the databases and the proxy. Everything, including the data, is removed when this process ends, if not before.
 */
export interface QueueN8n extends RunningN8n {
	/** Sends SIGKILL to a worker and its task runner. Indexes start at 0. */
	killWorker(index: number): Promise<void>;
	/** Starts a worker again and waits until it accepts jobs. If it is running, it is stopped first. */
	startWorker(index: number): Promise<void>;
	/** Sends SIGKILL to a webhook processor. Indexes start at 0. */
	killWebhookProcessor(index: number): Promise<void>;
	startWebhookProcessor(index: number): Promise<void>;
	/** Sends SIGKILL to the main process. */
	killMain(): Promise<void>;
	startMain(): Promise<void>;
	/** Returns the status and memory usage of each process (`main`, `worker 1`, `webhook processor 1`, …), including its task runner. */
	members(): Array<{ name: string; isRunning: boolean; rssBytes: number }>;
	/** Stops everything, including the databases and the proxy. The user folder isn't deleted. */
	close(): Promise<void>;
}

/**
 * Starts n8n in queue mode and waits until all its processes accept work. Installs everything first if necessary.
 * @throws Error with the end of the log if a process doesn't start, or naming what to install if Redis or PostgreSQL is missing
 */
export async function startQueueN8n(options: QueueOptions): Promise<QueueN8n> {
	const { onProgress, workers = 2, webhookProcessors = 2, concurrency = 5, fileAccess = [] } = options;
	const host = await ensureHost(options.version, { onProgress });
	const userFolder = resolve(options.userFolder);
	mkdirSync(userFolder, { recursive: true });
	if (options.tarball !== undefined) await installPackage(options.tarball, userFolder, host.node, onProgress);

	const log = tailBuffer(200_000);
	const [proxyPort = 0, ...ports] = await freePorts(1 + 2 * (1 + workers + webhookProcessors));
	const member = (role: Role, name: string) =>
		new Member({
			host,
			role,
			name,
			port: ports.shift() ?? 0,
			brokerPort: ports.shift() ?? 0,
			userFolder,
			fileAccess,
			concurrency,
			readyTimeoutMs: options.readyTimeoutMs,
			onLog: (line) => {
				log.add(`[${name}] ${line}\n`);
				options.onLog?.(line);
			},
		});
	const several = (count: number, role: Role, name: string) =>
		Array.from({ length: count }, (_, index) => member(role, `${name} ${index + 1}`));
	const cluster = new Cluster(
		{ ...options, userFolder, port: options.port || proxyPort },
		log.text,
		member('main', 'main'),
		several(workers, 'worker', 'worker'),
		several(webhookProcessors, 'webhook', 'webhook processor'),
	);
	await cluster.open();
	return cluster;
}

class Cluster implements QueueN8n {
	private databases: Databases | undefined;

	private proxy: Proxy | undefined;

	/** Additional settings of the latest `restart`, which also apply when a single process is started. */
	private added: Record<string, string> = {};

	constructor(
		private readonly options: QueueOptions & { port: number },
		readonly logs: () => string,
		private readonly main: Member,
		private readonly workers: Member[],
		private readonly webhookProcessors: Member[],
	) {}

	get version() {
		return this.options.version;
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
		return this.main.pid;
	}

	get ended() {
		return this.main.ended;
	}

	private get all() {
		return [this.main, ...this.workers, ...this.webhookProcessors];
	}

	async open() {
		try {
			this.databases = await startDatabases(this.options.onProgress);
			this.proxy = await startProxy({
				own: this.port,
				main: this.main.port,
				webhookProcessors: this.webhookProcessors.map(({ port }) => port),
			});
			await this.restart();
		} catch (error) {
			await this.close();
			throw error;
		}
	}

	async restart({ env = {} }: { env?: Record<string, string> } = {}) {
		await this.stop();
		this.added = env;
		const { onProgress } = this.options;
		const startedAt = Date.now();
		const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
		onProgress?.(`starting n8n ${this.version} in queue mode on ${this.url} …`);
		// The main process runs the migrations. The other processes wouldn't wait for them.
		await this.main.start(this.env);
		onProgress?.(`main is ready after ${seconds()}`);
		const others = await Promise.allSettled(
			[...this.workers, ...this.webhookProcessors].map(async (one) => await one.start(this.env)),
		);
		const failed = others.find((outcome) => outcome.status === 'rejected');
		if (failed) throw failed.reason;
		onProgress?.(
			`${this.workers.length} workers and ${this.webhookProcessors.length} webhook processors are ready after ${seconds()}`,
		);
	}

	private get env(): Record<string, string> {
		if (this.databases === undefined) throw new Error('The cluster was closed');
		return {
			EXECUTIONS_MODE: 'queue',
			...databaseEnvironment(this.databases),
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			WEBHOOK_URL: `${this.url}/`,
			N8N_EDITOR_BASE_URL: `${this.url}/`,
			N8N_PROXY_HOPS: '1',
			...this.options.env,
			...this.added,
		};
	}

	async stop() {
		await Promise.all(this.all.map(async (member) => await member.stop()));
	}

	async kill() {
		await Promise.all(this.all.map(async (member) => await member.kill()));
	}

	async close() {
		await this.stop();
		await this.proxy?.close();
		await this.databases?.stop();
		this.proxy = undefined;
		this.databases = undefined;
	}

	async killMain() {
		await this.main.kill();
	}

	async startMain() {
		await this.main.start(this.env);
	}

	async killWorker(index: number) {
		await at(this.workers, index).kill();
	}

	async startWorker(index: number) {
		await at(this.workers, index).start(this.env);
	}

	async killWebhookProcessor(index: number) {
		await at(this.webhookProcessors, index).kill();
	}

	async startWebhookProcessor(index: number) {
		await at(this.webhookProcessors, index).start(this.env);
	}

	members() {
		return this.all.map((member) => ({ name: member.name, isRunning: member.isRunning, rssBytes: member.rssBytes() }));
	}

	rssBytes() {
		return this.members().reduce((sum, { rssBytes }) => sum + rssBytes, 0);
	}
}

function at(members: Member[], index: number): Member {
	const member = members[index];
	if (!member) throw new Error(`There is no process with the index ${index}; there are ${members.length}`);
	return member;
}
