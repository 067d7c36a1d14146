import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstalledHost } from './host';
import { ProcessGroup } from './processGroup';

interface N8nCommand {
	host: InstalledHost;
	/** Name in errors and logs, e.g. `n8n 2.41`, `worker 1`. */
	name: string;
	/** n8n's command and its arguments, e.g. `start`. */
	args: string[];
	/** Working directory. */
	cwd: string;
	/** File that its output is appended to. */
	logFile: string;
	/** Called with each chunk of output. */
	onText: (text: string) => void;
}

/** An n8n process with its task runner. It can be restarted, and never outlives this process. */
export class N8nProcess {
	private group: ProcessGroup | undefined;

	/** Output since the last start, for the error message if n8n doesn't start. */
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

	/** Resolves with the reason when the running process ends. */
	get ended() {
		return this.started.exited;
	}

	private get started(): ProcessGroup {
		if (this.group === undefined) throw new Error(`${this.name} hasn't been started yet`);
		return this.group;
	}

	/**
	 * Starts the process. Stops it first if it is running.
	 * @param ready resolves when n8n accepts requests. Its argument rejects if the process ends
	 * @throws Error with the end of its log if it exits early or doesn't become ready
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
			throw new Error(`it exited (${how})`);
		});
		// After the start, nothing else handles a rejection of this promise.
		ended.catch(() => {});
		try {
			await ready(ended);
		} catch (cause) {
			await group.kill();
			throw new Error(
				`${this.name} didn't start: ${(cause as Error).message}. Its last output ` +
					`(complete log: ${logFile}):\n${this.printed.trim()}`,
				{ cause },
			);
		}
	}

	/** Sends SIGTERM, and SIGKILL after 10 s. */
	async stop() {
		await this.group?.stop();
	}

	/** Sends SIGKILL to n8n and its task runner, to simulate a crash. */
	async kill() {
		await this.group?.kill();
	}

	/** Resident memory of n8n and its task runner, in bytes; 0 if it isn't running. */
	rssBytes(): number {
		return this.isRunning ? this.started.rssBytes() : 0;
	}

	private print(text: string) {
		this.printed = (this.printed + text).slice(-3_000);
		appendFileSync(this.command.logFile, text);
		this.command.onText(text);
	}
}

/** @returns a function that accepts chunks of text and calls `onLine` with each complete line */
export function splitLines(onLine: (line: string) => void): (text: string) => void {
	let rest = '';
	return (text) => {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		lines.forEach(onLine);
	};
}
