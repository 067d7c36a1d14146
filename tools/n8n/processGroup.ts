import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Process groups that must not outlive this process. */
const groups = new Set<ProcessGroup>();
let guarded = false;

function guard(): void {
	if (guarded) return;
	guarded = true;
	process.once('exit', () => groups.forEach((group) => group.signal('SIGKILL')));
	const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
	for (const [name, number] of Object.entries(signals)) {
		process.once(name as NodeJS.Signals, () => {
			void Promise.allSettled([...groups].map(async (group) => await group.stop())).then(() =>
				process.exit(128 + number),
			);
		});
	}
}

/** A child process and all processes it starts. They are stopped together, and never outlive this process. */
export class ProcessGroup {
	readonly exited: Promise<string>;

	private running = true;

	private constructor(readonly child: ChildProcess) {
		this.exited = new Promise((resolve) => {
			child.once('error', (error) => this.ended(resolve, `it couldn't be started: ${error.message}`));
			child.once('exit', (code, signal) => this.ended(resolve, signal ?? `exit code ${code}`));
		});
	}

	/** Starts `command` as the leader of a new process group, with stdout and stderr piped. */
	static start(command: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): ProcessGroup {
		guard();
		const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
		const group = new ProcessGroup(child);
		groups.add(group);
		return group;
	}

	get pid(): number {
		return this.child.pid ?? -1;
	}

	get isRunning(): boolean {
		return this.running;
	}

	private ended(resolve: (how: string) => void, how: string): void {
		this.running = false;
		// Also kills the processes that the leader started.
		this.signal('SIGKILL');
		groups.delete(this);
		resolve(how);
	}

	/** Sends a signal to every process of the group. Does nothing if all have ended. */
	signal(signal: NodeJS.Signals): void {
		if (this.child.pid === undefined) return;
		try {
			process.kill(-this.child.pid, signal);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
		}
	}

	/** Sends SIGTERM to the leader and, after `timeoutMs`, SIGKILL to the whole group. */
	async stop(timeoutMs = 10_000): Promise<void> {
		if (!this.running) return;
		this.child.kill('SIGTERM');
		const timer = setTimeout(() => this.signal('SIGKILL'), timeoutMs);
		await this.exited;
		clearTimeout(timer);
	}

	/** Kills the whole group immediately, to simulate a crash or a power failure. */
	async kill(): Promise<void> {
		this.signal('SIGKILL');
		await this.exited;
	}

	/** Returns the resident memory of all processes in the group, in bytes. */
	rssBytes(): number {
		return groupRssBytes(this.pid);
	}
}

/** Returns the resident memory of all processes in the group with this ID, in bytes. */
export const groupRssBytes = (group: number): number =>
	process.platform === 'linux' ? rssFromProc(group) : rssFromPs(group);

function rssFromProc(group: number): number {
	let kilobytes = 0;
	for (const entry of readdirSync('/proc')) {
		if (!/^\d+$/.test(entry)) continue;
		try {
			const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
			// The command's name is in parentheses and may contain spaces, so fields are counted after it.
			if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) !== group) continue;
			const rss = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${entry}/status`, 'utf8'));
			kilobytes += Number(rss?.[1] ?? 0);
		} catch (error) {
			// The process may have ended since the folder was listed.
			if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
		}
	}
	return kilobytes * 1024;
}

function rssFromPs(group: number): number {
	const lines = execFileSync('ps', ['-axo', 'pgid=,rss='], { encoding: 'utf8' }).trim().split('\n');
	return lines
		.map((line) => line.trim().split(/\s+/).map(Number))
		.filter(([id]) => id === group)
		.reduce((sum, [, kilobytes = 0]) => sum + kilobytes * 1024, 0);
}
