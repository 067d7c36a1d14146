import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The n8n releases that the package is tested with: the newest and the oldest supported one. */
export type HostVersion = '2.41' | '2.8';

/** The definition of an n8n host. */
export interface Host {
	version: HostVersion;
	/** Contains package.json, package-lock.json and, after the installation, node_modules. */
	folder: string;
	/** The major versions of Node that this n8n supports, and the lowest minor version of the oldest one. */
	node: { minMajor: number; minMinor: number; maxMajor: number };
}

/** The repository's root. */
export const projectFolder = resolve(__dirname, '../..');

/** Generated files that can be deleted at any time: logs, locks, packed tarballs. */
export const cacheFolder = join(projectFolder, '.cache');

/** The package as created by `npm pack`. `npm test` and `npm start` create it. */
export const packedPackage = join(cacheFolder, 'package.tgz');

const hostsFolder = join(__dirname, 'hosts');

export const hosts: Record<HostVersion, Host> = {
	'2.41': {
		version: '2.41',
		folder: join(hostsFolder, '2.41'),
		node: { minMajor: 24, minMinor: 0, maxMajor: Number.POSITIVE_INFINITY },
	},
	'2.8': {
		version: '2.8',
		folder: join(hostsFolder, '2.8'),
		node: { minMajor: 20, minMinor: 19, maxMajor: 24 },
	},
};

/**
 * Parses a host version from the command line or the environment.
 * @throws Error if there is no such host
 */
export function toHostVersion(word: string | undefined): HostVersion {
	if (word !== undefined && word in hosts) return word as HostVersion;
	throw new Error(`There is no n8n host "${word ?? ''}". Choose one of: ${Object.keys(hosts).join(', ')}.`);
}

/** Whether a host supports a version of Node. @param nodeVersion e.g. `20.20.2` */
export function acceptsNode(host: Host, nodeVersion: string): boolean {
	const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
	const { minMajor, minMinor, maxMajor } = host.node;
	return major <= maxMajor && (major > minMajor || (major === minMajor && minor >= minMinor));
}

/** Computes the SHA-256 of a file's content as hex digits. */
export function hashFile(path: string): string {
	return createHash('sha256').update(readFileSync(path)).digest('hex');
}
