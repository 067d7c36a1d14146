import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive, ownerMark } from '../n8n/owner';

/**
 * Makes sure that only one demonstration uses a folder: two n8n on one database would damage it.
 * @param file where the owner is noted
 * @throws when another one runs
 */
export function claim(file: string): void {
	const mark = existsSync(file) ? readFileSync(file, 'utf8') : '';
	if (isAlive(mark)) {
		throw new Error(
			`The demonstration runs already (process ${mark.split(' ')[0]}). Use that one, or end it first (Ctrl+C there).`,
		);
	}
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, ownerMark());
	process.once('exit', () => rmSync(file, { force: true }));
}
