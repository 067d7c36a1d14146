import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The n8n releases the package is tested against: the newest line and the oldest supported one. */
export type HostVersion = '2.41' | '2.8';

/** Everything there is to know about one n8n host before it is installed. */
export interface Host {
	version: HostVersion;
	/** Holds package.json, package-lock.json and, once installed, node_modules. */
	folder: string;
	/** Major versions of Node this n8n accepts, and the smallest minor version of the oldest one. */
	node: { minMajor: number; minMinor: number; maxMajor: number };
}

/** The repository's root. */
export const projectFolder = resolve(__dirname, '../..');

/** Machine-made files that may be deleted at any time: logs, locks, packed tarballs. */
export const cacheFolder = join(projectFolder, '.cache');

/** The package as `npm pack` makes it; `npm test` and `npm start` put it there. */
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
 * Narrows a word from the command line or the environment to a host version.
 * @throws when there is no host of that name
 */
export function toHostVersion(word: string | undefined): HostVersion {
	if (word !== undefined && word in hosts) return word as HostVersion;
	throw new Error(
		`There is no n8n host "${word ?? ''}". Choose one of: ${Object.keys(hosts).join(', ')}.`,
	);
}

/** @param nodeVersion as in `process.versions.node`, e.g. `20.20.2` */
export function acceptsNode(host: Host, nodeVersion: string): boolean {
	const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
	const { minMajor, minMinor, maxMajor } = host.node;
	return major <= maxMajor && (major > minMajor || (major === minMajor && minor >= minMinor));
}

/** SHA-256 of a file's content, as hex. */
export function hashFile(path: string): string {
	return createHash('sha256').update(readFileSync(path)).digest('hex');
}
