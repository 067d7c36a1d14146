import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Progress, runCommand } from '../n8n/command';
import { cacheFolder, hashFile, packedPackage, projectFolder } from '../n8n/hosts';
import { withLock } from '../n8n/lock';
import { npm, npmEnvironment } from '../n8n/npm';

/** All files and folders that the packed package depends on. */
const SOURCES = [
	'nodes',
	'credentials',
	'package.json',
	'package-lock.json',
	'gulpfile.js',
	'tsconfig.json',
	'tsconfig.build.json',
	'README.md',
	'LICENSE',
	'CHANGELOG.md',
	'tools/lib/thirdPartyLicenses.ts',
];

function filesBelow(path: string): string[] {
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesBelow(join(path, name)));
}

/** Computes a hash of the names and contents of all sources. */
function sourceHash(): string {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap((source) => filesBelow(join(projectFolder, source)))) {
		hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
	}
	return hash.digest('hex');
}

const sourcesFile = `${packedPackage}.sources`;

function isCurrent(hash: string): boolean {
	return (
		existsSync(packedPackage) &&
		existsSync(join(projectFolder, 'dist')) &&
		existsSync(sourcesFile) &&
		readFileSync(sourcesFile, 'utf8') === hash
	);
}

/**
 * The tarball named by `PACKAGE_TARBALL`, relative to the repository. It is tested instead of a new build.
 * @throws Error if there is no such file
 */
function givenPackage(): string | undefined {
	const name = process.env['PACKAGE_TARBALL'];
	if (!name) return undefined;
	const path = resolve(projectFolder, name);
	if (!existsSync(path)) throw new Error(`PACKAGE_TARBALL is ${name}, but there is no such file`);
	return path;
}

/** @throws Error if the files differ */
export function requireSameBytes(given: string, built: string): void {
	const hashes = [given, built].map(hashFile);
	if (hashes[0] === hashes[1]) return;
	throw new Error(
		`${given} (SHA-256 ${hashes[0]}) isn't what these sources produce (SHA-256 ${hashes[1]}): ` +
			'it was built from other sources or with other versions of Node and npm, or it was modified',
	);
}

/**
 * Builds the package and packs it as npm would publish it, into `.cache/package.tgz`. Does nothing if the sources haven't
 * changed since the last time. If `PACKAGE_TARBALL` names a tarball, that tarball is used, but must be identical to the new
 * build, byte for byte.
 * @param always whether to build and pack even if nothing has changed
 * @returns the path of the tarball
 * @throws Error with the build's output, or if the result differs from `PACKAGE_TARBALL`
 */
export async function ensurePackedPackage(onProgress: Progress, { always = false } = {}): Promise<string> {
	await withLock('package', onProgress, async () => {
		const given = givenPackage();
		const hash = given === undefined ? sourceHash() : `${sourceHash()} ${hashFile(given)}`;
		if (!always && isCurrent(hash)) return;
		mkdirSync(cacheFolder, { recursive: true });
		rmSync(sourcesFile, { force: true });
		const options = { cwd: projectFolder, env: npmEnvironment(dirname(process.execPath)), onProgress };
		await runCommand('npm', ['run', 'build'], { ...options, label: 'building the package' });
		const folder = join(cacheFolder, 'pack');
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder);
		await npm(['pack', '--pack-destination', folder], { ...options, label: 'packing it' });
		const [name] = readdirSync(folder);
		if (name === undefined) throw new Error(`npm pack left no tarball in ${folder}`);
		const built = join(folder, name);
		if (given === undefined) {
			renameSync(built, packedPackage);
		} else {
			requireSameBytes(given, built);
			copyFileSync(given, packedPackage);
		}
		writeFileSync(sourcesFile, hash);
	});
	return packedPackage;
}
