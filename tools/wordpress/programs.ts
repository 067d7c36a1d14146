import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstallPackages, installPackages } from '../n8n/apt';
import { runCommand, type Progress } from '../n8n/command';
import { cacheFolder } from '../n8n/hosts';
import { withLock } from '../n8n/lock';

/** The programs and files that a site needs. */
export interface Programs {
	php: string;
	mariadbd: string;
	mariadbInstallDb: string;
	/** Required by mariadb-install-db. */
	myPrintDefaults: string;
	/** WordPress' files, which are never modified. */
	wordpress: string;
}

const PACKAGES = [
	'php-cli',
	'php-mysql',
	'php-gd',
	'php-xml',
	'php-mbstring',
	'mariadb-server-core',
	'mariadb-client-core',
];

/** Debian's WordPress package would install and start a web server, so its files are unpacked here instead. */
const unpacked = join(cacheFolder, 'wordpress');

/** Parts of WordPress that are separate packages in Debian. */
const PARTS = ['wordpress', 'php-getid3', 'libjs-cropper', 'libjs-underscore'];

const FILES = 'usr/share/wordpress';

function findProgram(name: string): string | undefined {
	const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/usr/local/sbin'];
	return folders.map((folder) => join(folder, name)).find(existsSync);
}

function findWordpress(): string | undefined {
	const named = process.env['WORDPRESS_PATH'];
	const folders = named ? [named] : [join(unpacked, FILES), `/${FILES}`];
	return folders.find((folder) => existsSync(join(folder, 'wp-settings.php')));
}

function findPrograms(): Partial<Programs> {
	return {
		php: findProgram('php'),
		mariadbd: findProgram('mariadbd'),
		mariadbInstallDb: findProgram('mariadb-install-db'),
		myPrintDefaults: findProgram('my_print_defaults'),
		wordpress: findWordpress(),
	};
}

const isComplete = (programs: Partial<Programs>): programs is Programs => Object.values(programs).every(Boolean);

/** Explains why WordPress can't run on this machine and how to fix that. @returns undefined if it can run */
export function wordpressUnavailableReason(): string | undefined {
	if (isComplete(findPrograms()) || canInstallPackages()) return undefined;
	return (
		'A real WordPress requires PHP with the extensions mysqli, gd, xml and mbstring, MariaDB, and WordPress, but not all of ' +
		`them were found. Install them (Debian, Ubuntu: sudo apt-get install ${PACKAGES.join(' ')}; macOS: brew install php mariadb), ` +
		'unpack WordPress and set WORDPRESS_PATH to its folder; or run this as root on Debian, which installs them ' +
		"automatically. They don't have to be running."
	);
}

/**
 * Returns the paths of PHP, MariaDB, and WordPress. If they are missing and this is root on Debian or a derivative, installs them.
 * @throws Error naming what to install if that isn't possible
 */
export async function ensurePrograms(onProgress: Progress = () => {}): Promise<Programs> {
	const found = findPrograms();
	if (isComplete(found)) return found;
	const reason = wordpressUnavailableReason();
	if (reason !== undefined) throw new Error(reason);
	return await withLock('wordpress', onProgress, async () => {
		const { wordpress, ...others } = findPrograms();
		if (Object.values(others).some((path) => path === undefined))
			await installPackages(PACKAGES, 'PHP and MariaDB', onProgress);
		if (wordpress === undefined) await unpackWordpress(onProgress);
		const installed = findPrograms();
		if (isComplete(installed)) return installed;
		const missing = Object.entries(installed).flatMap(([name, path]) => (path ? [] : [name]));
		throw new Error(`apt-get installed all packages, but these are missing: ${missing.join(', ')}`);
	});
}

/** Unpacks Debian's current WordPress with its default theme. */
async function unpackWordpress(onProgress: Progress): Promise<void> {
	const folder = `${unpacked}.new`;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const about = await runCommand('apt-cache', ['show', '--no-all-versions', 'wordpress'], {
		cwd: '/',
		label: 'looking for WordPress',
	});
	const themes = about.match(/\bwordpress-theme-[a-z]+/)?.slice(0, 1) ?? [];
	await runCommand('apt-get', ['download', '-q', ...PARTS, ...themes], {
		cwd: folder,
		label: 'downloading WordPress',
		onProgress,
	});
	await runCommand('sh', ['-c', 'for package in *.deb; do dpkg-deb -x "$package" . && rm "$package" || exit 1; done'], {
		cwd: folder,
		label: 'unpacking WordPress',
		onProgress,
	});
	rmSync(unpacked, { recursive: true, force: true });
	renameSync(folder, unpacked);
}
