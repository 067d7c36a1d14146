import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstallPackages, installPackages } from '../apt';
import type { Progress } from '../command';
import { withLock } from '../lock';

/** The programs that queue mode needs in addition to n8n. */
export interface Programs {
	redisServer: string;
	initdb: string;
	postgres: string;
}

/** Where Debian and its derivatives, Red Hat, and Homebrew install PostgreSQL, which isn't in the PATH. */
const POSTGRES_HOMES = ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt'];

function postgresFolders(): string[] {
	const homes = POSTGRES_HOMES.filter(existsSync).flatMap((home) =>
		readdirSync(home)
			.filter((name) => /^\d+$|^postgresql@\d+$/.test(name))
			.sort((a, b) => Number(b.replace(/\D/g, '')) - Number(a.replace(/\D/g, '')))
			.map((name) => join(home, name, 'bin')),
	);
	return [...homes, ...searchPath()];
}

const searchPath = () => (process.env['PATH'] ?? '').split(delimiter);

/** @returns the programs if all of them are installed */
function findPrograms(): Programs | undefined {
	const redisServer = ['/usr/bin', ...searchPath()].map((folder) => join(folder, 'redis-server')).find(existsSync);
	const folder = postgresFolders().find((bin) => ['initdb', 'postgres'].every((name) => existsSync(join(bin, name))));
	if (redisServer === undefined || folder === undefined) return undefined;
	return { redisServer, initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
}

/** Explains why queue mode can't run on this machine and how to fix that. @returns undefined if it can run */
export function queueUnavailableReason(): string | undefined {
	if (findPrograms() !== undefined || canInstallPackages()) return undefined;
	return (
		"n8n's queue mode requires Redis and PostgreSQL, but not both were found. Install them " +
		'(Debian, Ubuntu: sudo apt-get install redis-server postgresql; macOS: brew install redis postgresql@17), ' +
		"or run this as root on Debian, which installs them automatically. They don't have to be running."
	);
}

/**
 * Returns the paths of Redis and PostgreSQL. If they are missing and this is root on Debian or a derivative, installs them.
 * @throws Error naming what to install if that isn't possible
 */
export async function ensurePrograms(onProgress: Progress = () => {}): Promise<Programs> {
	const found = findPrograms();
	if (found !== undefined) return found;
	const reason = queueUnavailableReason();
	if (reason !== undefined) throw new Error(reason);
	return await withLock('queue-programs', onProgress, async () => {
		if (findPrograms() === undefined)
			await installPackages(['redis-server', 'postgresql'], 'Redis and PostgreSQL', onProgress);
		const installed = findPrograms();
		if (installed === undefined)
			throw new Error("apt-get installed redis-server and postgresql, but their programs weren't found.");
		return installed;
	});
}
