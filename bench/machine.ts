import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../tools/n8n';

const versionIn = (path: string) => (JSON.parse(readFileSync(join(projectFolder, path), 'utf8')) as { version: string }).version;

/** On what it was measured, as one sentence. */
export function machine(): string {
	const model = cpus()[0]?.model.trim() ?? 'an unknown processor';
	return `${availableParallelism()} cores of ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`;
}

/** What was measured, as one sentence. It names the n8n versions that are installed, since a single measurement may need only one. */
export function versions(): string {
	const n8n = ['2.41', '2.8'].map((host) => `tools/n8n/hosts/${host}/node_modules/n8n/package.json`).filter((path) => existsSync(join(projectFolder, path)));
	const [newest, older] = n8n.map(versionIn);
	const alsoOlder = older === undefined ? '' : ` (where it is named, ${older})`;
	return `n8n-nodes-transcription ${versionIn('package.json')}, n8n ${newest}${alsoOlder}, Node ${process.versions.node} for what runs outside n8n`;
}

/** Processes that wanted a core during the last minute. */
export const load = (): number => loadavg()[0] ?? NaN;
