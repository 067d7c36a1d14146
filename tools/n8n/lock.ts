import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from './command';
import { cacheFolder } from './hosts';
import { isAlive, ownerMark } from './owner';

/** Creating the file and writing its owner are two steps: a file that stays empty longer is a leftover. */
const EMPTY_LIMIT_MS = 5_000;

const isCode = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code;

function tryTake(file: string): boolean {
	try {
		writeFileSync(file, ownerMark(), { flag: 'wx' });
		return true;
	} catch (error) {
		if (isCode(error, 'EEXIST')) return false;
		throw error;
	}
}

/** @returns the living owner's mark, or `undefined` when the lock is free or left over */
function livingOwner(file: string): string | undefined {
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
		const owner = livingOwner(file);
		if (owner === undefined) {
			// Two waiters may find the same dead owner: after a pause of random length only the first still does.
			await sleep(Math.random() * 300);
			if (livingOwner(file) === undefined) rmSync(file, { force: true });
			continue;
		}
		if (!announced) onProgress(`waiting for process ${owner.split(' ')[0]}, which does the same (${name}) …`);
		announced = true;
		await sleep(500);
	}
	try {
		return await work();
	} finally {
		rmSync(file, { force: true });
	}
}
