import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Progress } from './command';
import { hashFile } from './hosts';
import type { NodeRuntime } from './node24';
import { npm, npmEnvironment } from './npm';

/**
 * Installs a packed community package where n8n installs such packages, in `<userFolder>/.n8n/nodes`.
 * Does nothing if this tarball (by content) is already installed.
 */
export async function installPackage(
	tarball: string,
	userFolder: string,
	node: NodeRuntime,
	onProgress?: Progress,
): Promise<void> {
	if (!existsSync(tarball)) {
		throw new Error(`There is no packed package at ${tarball}. Run "npm run build" and "npm pack" first.`);
	}
	const folder = join(userFolder, '.n8n/nodes');
	const stampFile = join(folder, '.installed');
	const stamp = hashFile(tarball);
	if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

	// Deleted first, because npm would keep an earlier build of the same version, or reject the new checksum.
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'installed-nodes', private: true }));
	await npm(['install', resolve(tarball), '--ignore-scripts', '--no-package-lock'], {
		cwd: folder,
		env: npmEnvironment(dirname(node.path)),
		label: 'installing the package into n8n',
		onProgress,
	});
	writeFileSync(stampFile, stamp);
}
