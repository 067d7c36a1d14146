import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { n8nEnvironment } from '../environment';
import type { InstalledHost } from '../host';
import { splitLines, N8nProcess } from '../n8nProcess';
import { waitUntilReady } from '../ready';
import { READY_TIMEOUT_MS } from '../start';

/** The kinds of n8n processes in queue mode. */
export type Role = 'main' | 'worker' | 'webhook';

interface MemberOptions {
	host: InstalledHost;
	role: Role;
	/** e.g. `worker 1` */
	name: string;
	/** Port for requests; for workers, port of the health check. */
	port: number;
	/** Port of the task runners' broker, which must be unique. */
	brokerPort: number;
	userFolder: string;
	fileAccess: string[];
	/** Concurrent jobs of a worker. */
	concurrency: number;
	readyTimeoutMs?: number;
	onLog: (line: string) => void;
}

/** A process of the cluster. It can be restarted. */
export class Member {
	private readonly process: N8nProcess;

	constructor(private readonly options: MemberOptions) {
		const { host, role, name, userFolder, concurrency, onLog } = options;
		const args = { main: ['start'], worker: ['worker', `--concurrency=${concurrency}`], webhook: ['webhook'] }[role];
		const logFile = join(userFolder, `n8n-${name.replace(/ /g, '-')}.log`);
		this.process = new N8nProcess({ host, name, args, cwd: userFolder, logFile, onText: splitLines(onLog) });
	}

	get name() {
		return this.options.name;
	}

	get port() {
		return this.options.port;
	}

	get pid() {
		return this.process.pid;
	}

	get ended() {
		return this.process.ended;
	}

	get isRunning() {
		return this.process.isRunning;
	}

	/** Starts the process and waits until it accepts work. If it is running, it is stopped first. */
	async start(env: Record<string, string>): Promise<void> {
		const { host, role, port, brokerPort, userFolder, fileAccess, readyTimeoutMs = READY_TIMEOUT_MS } = this.options;
		await this.process.stop();
		// Each process creates this file and removes it when it ends normally. A process that finds it pauses for ten seconds,
		// although in a shared folder it may belong to a running process.
		const crashMark = join(userFolder, '.n8n/crash.journal');
		const unmark = setInterval(() => rmSync(crashMark, { force: true }), 50);
		const health = {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		};
		const own = role === 'worker' ? health : {};
		try {
			await this.process.start(
				n8nEnvironment({ userFolder, port, brokerPort, node: host.node, fileAccess, env: { ...own, ...env } }),
				async (ended) =>
					await waitUntilReady(`http://127.0.0.1:${port}`, readyTimeoutMs, ended, { withEditor: role === 'main' }),
			);
		} finally {
			clearInterval(unmark);
		}
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
}
