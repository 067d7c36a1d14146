import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive, ownerMark } from '../n8n/owner';

/**
 * Makes sure that only one demo uses a folder, because two n8n processes would damage the database.
 * @param file PID file to create
 * @throws Error if another demo is running
 */
export function claim(file: string): void {
	const mark = existsSync(file) ? readFileSync(file, 'utf8') : '';
	if (isAlive(mark)) {
		throw new Error(
			`The demo is already running (process ${mark.split(' ')[0]}). Use that one, or stop it first with Ctrl+C.`,
		);
	}
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, ownerMark());
	process.once('exit', () => rmSync(file, { force: true }));
}
