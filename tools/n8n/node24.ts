import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Progress } from './command';
import { acceptsNode, type Host } from './hosts';
import { npm, npmEnvironment } from './npm';
import { withLock } from './lock';

/** A Node executable that can run an n8n host. */
export interface NodeRuntime {
	/** The executable. */
	path: string;
	/** e.g. `24.21.0` */
	version: string;
	/** Folder with `include/node`, if this Node includes the headers that native addons need. */
	headers: string | undefined;
}

const folder = join(__dirname, 'node24');
const packageFolder = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`);

function describe(path: string, prefix: string): NodeRuntime {
	const version = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
	const headers = existsSync(join(prefix, 'include/node/common.gypi')) ? prefix : undefined;
	return { path, version, headers };
}

/**
 * Returns the Node for a host: the one that runs this script if the host supports it, otherwise Node 24, which is installed next to
 * this file.
 * @throws Error naming what to install manually if there is no Node 24 package for this system
 */
export async function ensureNode(host: Host, onProgress: Progress): Promise<NodeRuntime> {
	if (acceptsNode(host, process.versions.node)) {
		return describe(process.execPath, dirname(dirname(process.execPath)));
	}
	const path = join(packageFolder, 'bin/node');
	await withLock('node24', onProgress, async () => {
		if (isInstalled(path)) return;
		await npm(['ci', '--prefer-offline'], {
			cwd: folder,
			env: npmEnvironment(dirname(process.execPath)),
			label: `Node 24 (n8n ${host.version} doesn't support Node ${process.versions.node})`,
			onProgress,
		});
	});
	if (!existsSync(path)) {
		throw new Error(
			`n8n ${host.version} doesn't support Node ${process.versions.node}, and there is no Node 24 package ` +
				`for ${process.platform} ${process.arch}. Install Node 24 yourself (e.g. "nvm install 24") and run this again.`,
		);
	}
	return describe(path, packageFolder);
}

/** npm writes .package-lock.json last, so its presence proves that the installation is complete. */
function isInstalled(path: string): boolean {
	if (!existsSync(path) || !existsSync(join(folder, 'node_modules/.package-lock.json'))) return false;
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
		optionalDependencies: Record<string, string>;
	};
	const { version } = describe(path, packageFolder);
	return Object.values(manifest.optionalDependencies).includes(version);
}
