import { join } from 'node:path';
import { runCommand, type Progress } from '../command';
import { freePorts } from '../ports';
import { unprivileged } from './account';
import { ensurePrograms, type Programs } from './packages';
import { startService, temporaryFolder, type Service } from './service';

/** An empty Redis and PostgreSQL on free ports of 127.0.0.1. */
export interface Databases {
	redis: Service;
	postgres: Service;
	stop(): Promise<void>;
}

/** Returns the n8n settings for connecting to the databases. */
export function databaseEnvironment({ redis, postgres }: Databases): Record<string, string> {
	return {
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'postgres',
		DB_POSTGRESDB_PASSWORD: 'none',
	};
}

/** Starts both, and installs them first if necessary. */
export async function startDatabases(onProgress?: Progress): Promise<Databases> {
	const programs = await ensurePrograms(onProgress);
	const [redisPort = 0, postgresPort = 0] = await freePorts(2);
	const started = await Promise.allSettled([startRedis(programs, redisPort), startPostgres(programs, postgresPort)]);
	const stop = async () => {
		await Promise.all(started.map(async (one) => one.status === 'fulfilled' && (await one.value.stop())));
	};
	const [redis, postgres] = started;
	if (redis.status === 'rejected' || postgres.status === 'rejected') {
		await stop();
		throw (redis.status === 'rejected' ? redis : (postgres as PromiseRejectedResult)).reason;
	}
	return { redis: redis.value, postgres: postgres.value, stop };
}

async function startRedis({ redisServer }: Programs, port: number): Promise<Service> {
	const folder = temporaryFolder('redis');
	const settings = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'].map(
		String,
	);
	return await startService('Redis', { command: [redisServer, ...settings], folder, port, endedBy: 'SIGTERM' });
}

async function startPostgres({ initdb, postgres }: Programs, port: number): Promise<Service> {
	// PostgreSQL refuses to run as root. Its Debian packages create an account.
	const { owner, as } = unprivileged('postgres');
	const folder = temporaryFolder('postgres', owner);
	const data = join(folder, 'data');
	const [command = '', ...args] = [
		...as,
		initdb,
		'-D',
		data,
		'-U',
		'postgres',
		'-A',
		'trust',
		'-E',
		'UTF8',
		'--no-sync',
	];
	await runCommand(command, args, { cwd: '/', label: 'creating a database' });
	const settings = {
		listen_addresses: '127.0.0.1',
		port,
		unix_socket_directories: '',
		// The data doesn't have to survive a power failure.
		fsync: 'off',
		synchronous_commit: 'off',
		full_page_writes: 'off',
		max_connections: 200,
	};
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	return await startService('PostgreSQL', {
		command: [...as, postgres, '-D', data, ...options],
		folder,
		port,
		// PostgreSQL calls this "Immediate Shutdown".
		endedBy: 'SIGQUIT',
	});
}
