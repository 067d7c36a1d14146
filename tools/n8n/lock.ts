import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from './command';
import { cacheFolder } from './hosts';
import { isAlive, ownerMark } from './owner';

/** Creating the file and writing its owner are two steps. A file that stays empty for longer is stale. */
const EMPTY_LIMIT_MS = 5_000;

const isCode = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code;

function tryAcquire(file: string): boolean {
	try {
		writeFileSync(file, ownerMark(), { flag: 'wx' });
		return true;
	} catch (error) {
		if (isCode(error, 'EEXIST')) return false;
		throw error;
	}
}

/** @returns the mark of the running owner, or `undefined` if the lock is free or stale */
function runningOwner(file: string): string | undefined {
	try {
		const mark = readFileSync(file, 'utf8');
		if (mark === '') return Date.now() - statSync(file).mtimeMs < EMPTY_LIMIT_MS ? 'unknown' : undefined;
		return isAlive(mark) ? mark : undefined;
	} catch (error) {
		if (isCode(error, 'ENOENT')) return undefined;
		throw error;
	}
}

/**
 * Runs `work` exclusively across all processes of this checkout. A lock is taken over if its owner is no longer running, e.g.
 * because it was killed or the machine was restarted.
 * @param name name of the lock file in `.cache/locks`
 */
export async function withLock<T>(name: string, onProgress: Progress, work: () => Promise<T>): Promise<T> {
	const folder = join(cacheFolder, 'locks');
	mkdirSync(folder, { recursive: true });
	const file = join(folder, name);
	let announced = false;
	while (!tryAcquire(file)) {
		const owner = runningOwner(file);
		if (owner === undefined) {
			// Two waiting processes may detect the same stale lock. After a random pause, only the first one still finds it stale.
			await sleep(Math.random() * 300);
			if (runningOwner(file) === undefined) rmSync(file, { force: true });
			continue;
		}
		if (!announced) onProgress(`waiting for process ${owner.split(' ')[0]}, which holds the lock "${name}" …`);
		announced = true;
		await sleep(500);
	}
	try {
		return await work();
	} finally {
		rmSync(file, { force: true });
	}
}
