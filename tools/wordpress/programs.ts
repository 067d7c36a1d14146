import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstallPackages, installPackages } from '../n8n/apt';
import { runCommand, type Progress } from '../n8n/command';
import { cacheFolder } from '../n8n/hosts';
import { withLock } from '../n8n/lock';

/** What a site consists of. */
export interface Programs {
	php: string;
	mariadbd: string;
	mariadbInstallDb: string;
	/** Which the one before uses. */
	myPrintDefaults: string;
	/** WordPress' files, never changed. */
	wordpress: string;
}

const PACKAGES = ['php-cli', 'php-mysql', 'php-gd', 'php-xml', 'php-mbstring', 'mariadb-server-core', 'mariadb-client-core'];

/** WordPress' package would bring a web server that starts by itself: so its files are unpacked here instead. */
const unpacked = join(cacheFolder, 'wordpress');

/** Parts of WordPress that Debian packages apart. */
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

/** Why no WordPress can run on this machine, and what to do about it; undefined when it can. */
export function wordpressUnavailableReason(): string | undefined {
	if (isComplete(findPrograms()) || canInstallPackages()) return undefined;
	return (
		'A real WordPress needs PHP with its extensions mysqli, gd, xml and mbstring, MariaDB, and WordPress, and not all of ' +
		`them were found. Install them (Debian, Ubuntu: sudo apt-get install ${PACKAGES.join(' ')}; macOS: brew install php mariadb), ` +
		'unpack WordPress and name its folder in WORDPRESS_PATH; or run this as root on Debian, where it installs them ' +
		'itself. They need not be running.'
	);
}

/**
 * PHP, MariaDB and WordPress; as root on Debian and its kin what is missing is installed.
 * @throws saying what to install where that is not possible
 */
export async function ensurePrograms(onProgress: Progress = () => {}): Promise<Programs> {
	const found = findPrograms();
	if (isComplete(found)) return found;
	const reason = wordpressUnavailableReason();
	if (reason !== undefined) throw new Error(reason);
	return await withLock('wordpress', onProgress, async () => {
		const { wordpress, ...others } = findPrograms();
		if (Object.values(others).some((path) => path === undefined)) await installPackages(PACKAGES, 'PHP and MariaDB', onProgress);
		if (wordpress === undefined) await unpackWordpress(onProgress);
		const installed = findPrograms();
		if (isComplete(installed)) return installed;
		const missing = Object.entries(installed).flatMap(([name, path]) => (path ? [] : [name]));
		throw new Error(`apt-get brought all packages, but not what was looked for: ${missing.join(', ')}`);
	});
}

/** Debian's WordPress of today, with the theme that belongs to it. */
async function unpackWordpress(onProgress: Progress): Promise<void> {
	const folder = `${unpacked}.new`;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const about = await runCommand('apt-cache', ['show', '--no-all-versions', 'wordpress'], { cwd: '/', label: 'looking for WordPress' });
	const themes = about.match(/\bwordpress-theme-[a-z]+/)?.slice(0, 1) ?? [];
	await runCommand('apt-get', ['download', '-q', ...PARTS, ...themes], { cwd: folder, label: 'downloading WordPress', onProgress });
	await runCommand('sh', ['-c', 'for package in *.deb; do dpkg-deb -x "$package" . && rm "$package" || exit 1; done'], {
		cwd: folder,
		label: 'unpacking WordPress',
		onProgress,
	});
	rmSync(unpacked, { recursive: true, force: true });
	renameSync(folder, unpacked);
}
