import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Progress } from './command';
import { cacheFolder, hashFile, hosts, type Host, type HostVersion } from './hosts';
import { withLock } from './lock';
import { ensureNode, type NodeRuntime } from './node24';
import { npm, npmEnvironment } from './npm';

/** An installed n8n. */
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

/** Identifies an installation. The compiled addon (sqlite3) works with one major version of Node. */
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
 * Installs an n8n host unless it is completely installed. This takes 2 to 4 minutes the first time and milliseconds
 * afterwards. An interrupted installation starts over, because npm ci deletes node_modules, including the stamp that marks a
 * complete installation. A second process that needs the same host waits for the first.
 *
 * @throws Error with the end of npm's output if a step fails
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
				`${cause.message}\nn8n stores its data in SQLite, but the addon couldn't be downloaded or built. ` +
					'Building it requires python3, make and a C++ compiler (Debian: apt-get install python3 make g++).',
				{ cause },
			);
		});
	}
	const loadError = addonError(host, node);
	if (loadError !== undefined) throw new Error(`${label}: sqlite3 was built but can't be loaded: ${loadError}`);
	writeFileSync(stampFile(host), stamp(host, node));
}

/** @returns the reason if the host's sqlite3 can't be loaded */
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

/** Copies the compiled addon from another host with the same sqlite3 and Node, which saves a minute. @returns whether that was possible */
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
