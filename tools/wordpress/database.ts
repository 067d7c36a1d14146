import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../n8n/command';
import { unprivileged } from '../n8n/queue/account';
import { startService, temporaryFolder, type Service } from '../n8n/queue/service';
import type { Programs } from './programs';

/** An account without privileges. */
export const ACCOUNT = 'nobody';

/** Starts MariaDB with an empty database named `wordpress`. The user is `root`, without a password. */
export async function startMariadb({ mariadbd, mariadbInstallDb }: Programs, port: number): Promise<Service> {
	const { owner, as } = unprivileged(ACCOUNT);
	const folder = temporaryFolder('mariadb', owner);
	const data = join(folder, 'data');
	const begin = join(folder, 'begin.sql');
	writeFileSync(begin, 'CREATE DATABASE wordpress;\n');
	const install = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
	const [command = '', ...args] = [...as, mariadbInstallDb, ...install];
	try {
		await runCommand(command, args, { cwd: '/', label: 'creating a database' });
	} catch (error) {
		rmSync(folder, { recursive: true, force: true });
		throw error;
	}
	const settings = {
		datadir: data,
		'init-file': begin,
		socket: join(folder, 'socket'),
		'pid-file': join(folder, 'pid'),
		port,
		'bind-address': '127.0.0.1',
		// The data doesn't have to survive a power failure.
		'innodb-flush-log-at-trx-commit': 0,
		'innodb-flush-method': 'nosync',
		'innodb-buffer-pool-size': '64M',
	};
	const options = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
	return await startService('MariaDB', {
		command: [...as, mariadbd, '--no-defaults', '--skip-name-resolve', ...options],
		folder,
		port,
		endedBy: 'SIGKILL',
	});
}
