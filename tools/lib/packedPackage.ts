import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Progress } from '../n8n/command';
import { runCommand } from '../n8n/command';
import { cacheFolder, packedPackage, projectFolder } from '../n8n/hosts';
import { withLock } from '../n8n/lock';
import { npm, npmEnvironment } from '../n8n/npm';

/** Everything the packed package depends on. */
const SOURCES = [
	'nodes', 'credentials', 'package.json', 'package-lock.json', 'gulpfile.js', 'tsconfig.json', 'tsconfig.build.json',
	'README.md', 'LICENSE', 'CHANGELOG.md', 'tools/lib/thirdPartyLicenses.ts',
];

function filesBelow(path: string): string[] {
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [path];
	return readdirSync(path).sort().flatMap((name) => filesBelow(join(path, name)));
}

/** Hash over names and contents of all sources. */
function sourceHash(): string {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap((source) => filesBelow(join(projectFolder, source)))) {
		hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
	}
	return hash.digest('hex');
}

const hashFile = `${packedPackage}.sources`;

function isCurrent(hash: string): boolean {
	return (
		existsSync(packedPackage) &&
		existsSync(join(projectFolder, 'dist')) &&
		existsSync(hashFile) &&
		readFileSync(hashFile, 'utf8') === hash
	);
}

/**
 * Builds the package and packs it as npm would publish it, into `.cache/package.tgz`. Nothing
 * happens when the sources are the same as last time.
 * @param always builds and packs in any case
 * @returns the path of the tarball
 * @throws with the build's output
 */
export async function ensurePackedPackage(onProgress: Progress, { always = false } = {}): Promise<string> {
	await withLock('package', onProgress, async () => {
		const hash = sourceHash();
		if (!always && isCurrent(hash)) return;
		mkdirSync(cacheFolder, { recursive: true });
		rmSync(hashFile, { force: true });
		const options = { cwd: projectFolder, env: npmEnvironment(dirname(process.execPath)), onProgress };
		await runCommand('npm', ['run', 'build'], { ...options, label: 'building the package' });
		const folder = join(cacheFolder, 'pack');
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder);
		await npm(['pack', '--pack-destination', folder], { ...options, label: 'packing it' });
		const [name] = readdirSync(folder);
		if (name === undefined) throw new Error(`npm pack left no tarball in ${folder}`);
		renameSync(join(folder, name), packedPackage);
		writeFileSync(hashFile, hash);
	});
	return packedPackage;
}
