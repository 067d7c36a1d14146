import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Progress } from './command';
import { acceptsNode, type Host } from './hosts';
import { npm, npmEnvironment } from './npm';
import { withLock } from './lock';

/** A Node to run an n8n host with. */
export interface NodeRuntime {
	/** The executable. */
	path: string;
	/** e.g. `24.21.0` */
	version: string;
	/** Folder with `include/node`, when this Node brings its headers: native addons build against them. */
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
 * The Node to run a host with: the one that runs this script when it fits, otherwise Node 24,
 * installed beside this file.
 * @throws when Node 24 is not published for this system; the message says what to install by hand
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
			label: `Node 24 (n8n ${host.version} does not run with Node ${process.versions.node})`,
			onProgress,
		});
	});
	if (!existsSync(path)) {
		throw new Error(
			`n8n ${host.version} does not run with Node ${process.versions.node}, and there is no Node 24 package ` +
				`for ${process.platform} ${process.arch}. Install Node 24 yourself (e.g. "nvm install 24") and run this again.`,
		);
	}
	return describe(path, packageFolder);
}

/** npm writes its own record last, so its presence proves that the installation was not interrupted. */
function isInstalled(path: string): boolean {
	if (!existsSync(path) || !existsSync(join(folder, 'node_modules/.package-lock.json'))) return false;
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
		optionalDependencies: Record<string, string>;
	};
	const { version } = describe(path, packageFolder);
	return Object.values(manifest.optionalDependencies).includes(version);
}
