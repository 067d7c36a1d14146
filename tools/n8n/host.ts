import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Progress } from './command';
import { cacheFolder, hashFile, hosts, type Host, type HostVersion } from './hosts';
import { withLock } from './lock';
import { ensureNode, type NodeRuntime } from './node24';
import { npm, npmEnvironment } from './npm';

/** An installed n8n, ready to be started. */
export interface InstalledHost {
	version: HostVersion;
	folder: string;
	/** The Node to run it with. */
	node: NodeRuntime;
	/** The script to run: `node <script> start`. */
	script: string;
}

const stampFile = (host: Host) => join(host.folder, 'node_modules/.installed.json');
const addonFolder = (host: Host) => join(host.folder, 'node_modules/sqlite3');

/** What an installation depends on. The built addon (sqlite3) fits one major version of Node, any patch release. */
function stamp(host: Host, node: NodeRuntime): string {
	return JSON.stringify({
		lock: hashFile(join(host.folder, 'package-lock.json')),
		node: majorOf(node),
		system: `${process.platform}-${process.arch}`,
	});
}

const isHealthy = (host: Host, node: NodeRuntime) =>
	existsSync(stampFile(host)) && readFileSync(stampFile(host), 'utf8') === stamp(host, node);

function describe(host: Host, node: NodeRuntime): InstalledHost {
	const script = join(host.folder, 'node_modules/n8n/bin/n8n');
	return { version: host.version, folder: host.folder, node, script };
}

/**
 * Installs an n8n host unless it is there and complete. Takes 2 to 4 minutes the first time and
 * milliseconds afterwards. An interrupted installation is begun anew (npm ci empties node_modules,
 * and with it the stamp that a finished installation leaves there); a second process that wants the
 * same host waits for the first.
 * @throws with the end of npm's output when a step fails
 */
export async function ensureHost(
	version: HostVersion,
	{ onProgress = () => {} }: { onProgress?: Progress } = {},
): Promise<InstalledHost> {
	const host = hosts[version];
	const node = await ensureNode(host, onProgress);
	if (isHealthy(host, node)) return describe(host, node);
	await withLock(`host-${version}`, onProgress, async () => {
		if (isHealthy(host, node)) return;
		await install(host, node, onProgress);
	});
	return describe(host, node);
}

async function install(host: Host, node: NodeRuntime, onProgress: Progress): Promise<void> {
	mkdirSync(cacheFolder, { recursive: true });
	const options = {
		cwd: host.folder,
		env: npmEnvironment(dirname(node.path), node.headers === undefined ? {} : { npm_config_nodedir: node.headers }),
		onProgress,
		lowPriority: true,
		logFile: join(cacheFolder, `host-${host.version}.log`),
	};
	const label = `n8n ${host.version} (Node ${node.version})`;
	await npm(['ci', '--prefer-offline', '--omit=optional'], { ...options, label: `${label}: npm ci, 2 GB` });
	if (!copyBuiltAddon(host, node)) {
		await npm(['rebuild', '--ignore-scripts=false', 'sqlite3'], {
			...options,
			env: { ...options.env, JOBS: 'max' },
			label: `${label}: building sqlite3`,
		}).catch((cause: Error) => {
			throw new Error(
				`${cause.message}\nn8n keeps its data in SQLite, and the addon could not be downloaded or built. ` +
					'Building it needs python3, make and a C++ compiler (Debian: apt-get install python3 make g++).',
				{ cause },
			);
		});
	}
	const trouble = addonError(host, node);
	if (trouble !== undefined) throw new Error(`${label}: sqlite3 was built but does not load: ${trouble}`);
	writeFileSync(stampFile(host), stamp(host, node));
}

/** Why the host's sqlite3 does not load; undefined when it does. */
function addonError(host: Host, node: NodeRuntime): string | undefined {
	try {
		execFileSync(node.path, ['-e', 'require("sqlite3")'], { cwd: host.folder, stdio: ['ignore', 'pipe', 'pipe'] });
		return undefined;
	} catch (error) {
		return (error as Error).message;
	}
}

const majorOf = (node: NodeRuntime) => node.version.split('.')[0] ?? '';

const installedNode = (host: Host) => (JSON.parse(readFileSync(stampFile(host), 'utf8')) as { node: string }).node;

const addonVersion = (host: Host): string =>
	(JSON.parse(readFileSync(join(addonFolder(host), 'package.json'), 'utf8')) as { version: string }).version;

/** Takes the built addon from another host of this checkout with the same sqlite3 and Node: saves a minute. */
function copyBuiltAddon(host: Host, node: NodeRuntime): boolean {
	const built = 'build/Release/node_sqlite3.node';
	for (const other of Object.values(hosts)) {
		if (other.version === host.version || !existsSync(stampFile(other))) continue;
		if (installedNode(other) !== majorOf(node) || addonVersion(other) !== addonVersion(host)) continue;
		cpSync(join(addonFolder(other), built), join(addonFolder(host), built), { recursive: true });
		if (addonError(host, node) === undefined) return true;
		rmSync(join(addonFolder(host), 'build'), { recursive: true });
	}
	return false;
}
