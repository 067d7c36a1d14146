import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../n8n';

/** Reads the version in a package.json. @param path relative to the repository */
export const versionIn = (path: string) =>
	(JSON.parse(readFileSync(join(projectFolder, path), 'utf8')) as { version: string }).version;

/** Returns the path of n8n's package.json in an installed host, relative to the repository. */
export const n8nManifest = (version: string) => `tools/n8n/hosts/${version}/node_modules/n8n/package.json`;

/** Describes this machine in one phrase: cores, memory, and platform. */
export function machine(): string {
	const model = cpus()[0]?.model.trim() ?? 'an unknown processor';
	return `${availableParallelism()} cores of ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`;
}

/** Lists the versions of this package, the installed n8n hosts, and Node in one phrase. A single measurement may need only one host. */
export function versions(): string {
	const installed = ['2.41', '2.8'].map(n8nManifest).filter((path) => existsSync(join(projectFolder, path)));
	const [newest, older] = installed.map(versionIn);
	const alsoOlder = older === undefined ? '' : ` (${older} where stated)`;
	return `n8n-nodes-transcription ${versionIn('package.json')}, n8n ${newest}${alsoOlder}, Node ${process.versions.node} outside n8n`;
}

/** Returns the load average over the last minute. */
export const load = (): number => loadavg()[0] ?? NaN;
