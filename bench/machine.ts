import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../tools/n8n';

const versionIn = (path: string) => (JSON.parse(readFileSync(join(projectFolder, path), 'utf8')) as { version: string }).version;

/** On what it was measured, as one sentence. */
export function machine(): string {
	const model = cpus()[0]?.model.trim() ?? 'an unknown processor';
	return `${availableParallelism()} cores of ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`;
}

/** What was measured, as one sentence. */
export function versions(): string {
	const [newest, older] = ['2.41', '2.8'].map((host) => versionIn(`tools/n8n/hosts/${host}/node_modules/n8n/package.json`));
	return `n8n-nodes-transcription ${versionIn('package.json')}, n8n ${newest} (where it is named, ${older}), Node ${process.versions.node} for what runs outside n8n`;
}

/** Processes that wanted a core during the last minute. */
export const load = (): number => loadavg()[0] ?? NaN;
