import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, type Progress } from '../n8n/command';
import { freePorts } from '../n8n/ports';
import { unprivileged } from '../n8n/queue/account';
import { startService, temporaryFolder } from '../n8n/queue/service';
import { ACCOUNT, startMariadb } from './database';
import { ensurePrograms, type Programs } from './programs';
import { WordpressClient } from './client';

export { ensurePrograms as ensureWordpress, wordpressUnavailableReason } from './programs';

interface WordpressOptions {
	/** The title of the site. */
	title?: string;
	/** Called with each line of progress (installing, starting). */
	onProgress?: Progress;
}

/** A login for the REST API. */
export interface Login {
	user: string;
	applicationPassword: string;
}

/** A real WordPress with its own database and two users. If `close` isn't called, both are removed when this process ends. */
export interface RunningWordpress {
	/** `http://127.0.0.1:<port>`, without a trailing slash. */
	readonly url: string;
	/** The version of WordPress, e.g. `6.1.9`. */
	readonly version: string;
	/** Can write and publish posts and upload files. */
	readonly author: Login;
	/** Can only write drafts. */
	readonly contributor: Login;
	/** REST API client, logged in as the author. */
	readonly api: WordpressClient;
	close(): Promise<void>;
}

const php = join(__dirname, 'php');

/**
 * Starts an empty WordPress. Installs it first if necessary.
 * @throws Error with the end of the log if something doesn't start, or naming what to install if something is missing
 */
export async function startWordpress({
	title = 'The Daily Transcript',
	onProgress = () => {},
}: WordpressOptions = {}): Promise<RunningWordpress> {
	const programs = await ensurePrograms(onProgress);
	const startedAt = Date.now();
	const [port = 0, databasePort = 0] = await freePorts(2);
	const url = `http://127.0.0.1:${port}`;
	const database = await startMariadb(programs, databasePort);
	try {
		const env = {
			SITE_URL: url,
			SITE_DB_HOST: `127.0.0.1:${databasePort}`,
			SITE_SECRET: randomBytes(32).toString('hex'),
		};
		const folder = copyOf(programs.wordpress);
		const { version, ...logins } = await install(programs, folder, title, env);
		const server = await startServer(programs, folder, port, env);
		const close = async () => {
			await server.stop();
			await database.stop();
		};
		onProgress(`WordPress ${version} is ready on ${url} after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
		return { url, version, ...logins, api: new WordpressClient(url, logins.author), close };
	} catch (error) {
		await database.stop();
		throw error;
	}
}

/** Creates a folder with WordPress' files, our settings, and a folder for uploads. */
function copyOf(wordpress: string): string {
	const { owner } = unprivileged(ACCOUNT);
	const folder = temporaryFolder('wordpress', owner);
	// On Debian, some files link to other packages, and one links to settings outside the folder.
	cpSync(wordpress, folder, { recursive: true, dereference: true, filter: existsSync });
	chmodSync(folder, 0o700);
	copyFileSync(join(php, 'wp-config.php'), join(folder, 'wp-config.php'));
	const uploads = join(folder, 'wp-content/uploads');
	mkdirSync(uploads, { recursive: true });
	if (owner) chownSync(uploads, owner.uid, owner.gid);
	return folder;
}

type Environment = Record<string, string>;

/** Returns the PHP command, run as the account that owns the site. */
function phpCommand(programs: Programs, env: Environment, args: string[]): string[] {
	const settings = {
		display_errors: 'stderr',
		upload_max_filesize: '512M',
		post_max_size: '512M',
		memory_limit: '256M',
	};
	return [
		...unprivileged(ACCOUNT).as,
		'env',
		...Object.entries(env).map(([name, value]) => `${name}=${value}`),
		programs.php,
		...Object.entries(settings).flatMap(([name, value]) => ['-d', `${name}=${value}`]),
		...args,
	];
}

async function install(programs: Programs, folder: string, title: string, env: Environment) {
	try {
		const [command = '', ...args] = phpCommand(programs, env, [join(php, 'install.php'), folder, title]);
		const printed = await runCommand(command, args, { cwd: folder, label: 'installing WordPress' });
		return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as {
			version: string;
			author: Login;
			contributor: Login;
		};
	} catch (error) {
		rmSync(folder, { recursive: true, force: true });
		throw error;
	}
}

async function startServer(programs: Programs, folder: string, port: number, env: Environment) {
	const args = ['-S', `127.0.0.1:${port}`, '-t', folder, join(php, 'router.php')];
	return await startService('WordPress', {
		command: phpCommand(programs, { ...env, PHP_CLI_SERVER_WORKERS: '4' }, args),
		folder,
		port,
		endedBy: 'SIGKILL',
	});
}
