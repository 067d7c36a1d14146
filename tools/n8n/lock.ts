import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from './hosts';
import type { Progress } from './command';

const isCode = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code;

/** Whether a process of this number exists; one of another user counts as running. */
export function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return isCode(error, 'EPERM');
	}
}

/** @returns the owner's process number, 0 when the file is not (fully) written, undefined when there is none */
function owner(file: string): number | undefined {
	try {
		return Number(readFileSync(file, 'utf8'));
	} catch (error) {
		if (isCode(error, 'ENOENT')) return undefined;
		throw error;
	}
}

function tryTake(file: string): boolean {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (isCode(error, 'EEXIST')) return false;
		throw error;
	}
}

/**
 * Runs one piece of work at a time across all processes of this checkout. A lock whose owner no
 * longer runs (killed, machine restarted) is taken over.
 * @param name of the lock file under `.cache/locks`
 */
export async function withLock<T>(name: string, onProgress: Progress, work: () => Promise<T>): Promise<T> {
	const folder = join(cacheFolder, 'locks');
	mkdirSync(folder, { recursive: true });
	const file = join(folder, name);
	let announced = false;
	while (!tryTake(file)) {
		const pid = owner(file);
		if (pid !== undefined && pid !== 0 && !isRunning(pid)) {
			// Two waiters may find the same dead owner: after a pause of random length only the first still does.
			await sleep(Math.random() * 300);
			if (owner(file) === pid) rmSync(file, { force: true });
			continue;
		}
		if (!announced) onProgress(`waiting for process ${pid ?? '?'}, which does the same (${name}) …`);
		announced = true;
		await sleep(500);
	}
	try {
		return await work();
	} finally {
		rmSync(file, { force: true });
	}
}
