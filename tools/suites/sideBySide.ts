import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder, projectFolder } from '../n8n/hosts';
import { failedCheck, type Counts, type Suite } from './suite';

/** The child process of a suite writes its counts to the file that this variable names. */
export const COUNTS_FILE = 'SUITE_COUNTS_FILE';

/** Each suite runs several tests at a time. More suites would slow each other down until tests exceed their time limits. */
const SLOTS = Math.min(Math.max(availableParallelism(), 2), 4);

const HEARTBEAT_MS = 60_000;
const RECHECK_MS = 500;

const logFolder = join(cacheFolder, 'suites');

export interface Result {
	counts: Counts;
	output: string;
}

/** Runs one suite in a process of its own, with its output in `.cache/suites/<name>.log`. */
async function runInProcess({ name }: Suite): Promise<Result> {
	mkdirSync(logFolder, { recursive: true });
	const [log, countsFile] = [join(logFolder, `${name}.log`), join(logFolder, `${name}.json`)];
	rmSync(countsFile, { force: true });
	const file = openSync(log, 'w');
	const child = spawn(process.execPath, [join(projectFolder, 'tools/test.mjs'), name], {
		cwd: projectFolder,
		env: { ...process.env, [COUNTS_FILE]: countsFile },
		stdio: ['ignore', file, file],
	});
	const code = await new Promise<number | null>((resolve, reject) =>
		child.once('error', reject).once('close', resolve),
	).finally(() => closeSync(file));
	const output = readFileSync(log, 'utf8');
	try {
		return { counts: JSON.parse(readFileSync(countsFile, 'utf8')) as Counts, output };
	} catch {
		const failure = `${name}: its process ended with exit code ${code} before it had counted its tests`;
		return { counts: failedCheck(failure), output: `${output}✖ ${failure}\n` };
	}
}

/**
 * Runs suites side by side, each in a process of its own, and shows the output of each one when it has ended. They start in
 * the given order, except that suites whose n8n is still being installed let others start before them.
 */
export async function runSideBySide(
	suites: readonly Suite[],
	{
		isInstalled,
		onEnd,
		run = runInProcess,
		slots = SLOTS,
	}: {
		isInstalled(suite: Suite): boolean;
		onEnd(suite: Suite, counts: Counts, startedAt: number): void;
		run?(suite: Suite): Promise<Result>;
		slots?: number;
	},
): Promise<void> {
	const waiting = [...suites];
	const running = new Map<Suite, Promise<void>>();
	const names = () => [...running.keys()].map(({ name }) => name).join(', ');
	const start = (suite: Suite) => {
		waiting.splice(waiting.indexOf(suite), 1);
		const startedAt = Date.now();
		const end = run(suite).then(({ counts, output }) => {
			running.delete(suite);
			process.stdout.write(output);
			onEnd(suite, counts, startedAt);
		});
		running.set(suite, end);
		console.log(`… running: ${names()}`);
	};
	const heartbeat = setInterval(() => console.log(`… running: ${names()}`), HEARTBEAT_MS);
	try {
		while (waiting.length + running.size > 0) {
			const next = running.size < slots ? waiting.find(isInstalled) : undefined;
			if (next) start(next);
			else await Promise.race([...running.values(), sleep(RECHECK_MS)]);
		}
	} finally {
		clearInterval(heartbeat);
	}
}
