import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRunning } from '../n8n/lock';

/**
 * Makes sure that only one demonstration uses a folder: two n8n on one database would damage it.
 * @param file where the owner's process number is kept
 * @throws when another one runs
 */
export function claim(file: string): void {
	const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
	if (pid > 0 && pid !== process.pid && isRunning(pid)) {
		throw new Error(`The demonstration runs already (process ${pid}). Use that one, or end it first (Ctrl+C there).`);
	}
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, String(process.pid));
	process.once('exit', () => rmSync(file, { force: true }));
}
