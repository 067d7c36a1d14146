import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstalledHost } from './host';
import { ProcessGroup } from './processGroup';

export interface N8nCommand {
	host: InstalledHost;
	/** As errors and logs call it, e.g. `n8n 2.41`, `worker 1`. */
	name: string;
	/** n8n's own command with its arguments, e.g. `start`. */
	args: string[];
	/** Where it runs. */
	cwd: string;
	/** Everything it prints is appended here. */
	logFile: string;
	/** Called with what it prints, as it comes. */
	onText: (text: string) => void;
}

/** One process of n8n with its task runner, over all its lives. It ends with this process at the latest. */
export class N8nProcess {
	private group: ProcessGroup | undefined;

	/** What the present life printed: the reason when it does not start. */
	private printed = '';

	constructor(private readonly command: N8nCommand) {}

	get name() {
		return this.command.name;
	}

	get pid() {
		return this.started.pid;
	}

	get isRunning() {
		return this.group?.isRunning ?? false;
	}

	/** Resolves when the present life ends, with how. */
	get ended() {
		return this.started.exited;
	}

	private get started(): ProcessGroup {
		if (this.group === undefined) throw new Error(`${this.name} was not started yet`);
		return this.group;
	}

	/**
	 * Starts it, stopping it first when it runs.
	 * @param ready resolves when it takes requests; it is handed a promise that rejects when the process ends
	 * @throws with the end of its log when it exits early or does not become ready
	 */
	async start(env: NodeJS.ProcessEnv, ready: (ended: Promise<never>) => Promise<void>): Promise<void> {
		await this.stop();
		const { host, args, cwd, logFile } = this.command;
		const watch = join(__dirname, 'watch-parent.cjs');
		const group = ProcessGroup.start(host.node.path, ['-r', watch, host.script, ...args], { cwd, env });
		this.group = group;
		this.printed = '';
		for (const stream of [group.child.stdout, group.child.stderr]) {
			stream?.setEncoding('utf8').on('data', (text: string) => this.print(text));
		}
		const ended = group.exited.then((how): never => {
			throw new Error(`it ended (${how})`);
		});
		// Later ends are nobody's rejection: the promise only matters while n8n starts.
		ended.catch(() => {});
		try {
			await ready(ended);
		} catch (cause) {
			await group.kill();
			throw new Error(
				`${this.name} did not start: ${(cause as Error).message}. Its last output ` +
					`(all of it: ${logFile}):\n${this.printed.trim()}`,
				{ cause },
			);
		}
	}

	/** SIGTERM, and SIGKILL after 10 s. */
	async stop() {
		await this.group?.stop();
	}

	/** SIGKILL for n8n and its task runner, as a crash would. */
	async kill() {
		await this.group?.kill();
	}

	/** Resident memory of n8n and its task runner, in bytes; 0 when it does not run. */
	rssBytes(): number {
		return this.isRunning ? this.started.rssBytes() : 0;
	}

	private print(text: string) {
		this.printed = (this.printed + text).slice(-3_000);
		appendFileSync(this.command.logFile, text);
		this.command.onText(text);
	}
}

/** Calls `take` with each finished line of a text that comes in pieces. */
export function splitLines(take: (line: string) => void): (text: string) => void {
	let rest = '';
	return (text) => {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		lines.forEach(take);
	};
}
