import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Node and credential files that are loaded together. */
export interface NodePackage {
	name: string;
	files: string[];
}

const readJson = <T>(...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8')) as T;

/** Unpacks the package as npm would install it. */
export function unpack(tarball: string): { nodePackage: NodePackage; remove(): void } {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-bench-'));
	execFileSync('tar', ['-xzf', tarball, '-C', folder]);
	const root = join(folder, 'package');
	const { name, n8n } = readJson<{ name: string; n8n: { nodes: string[]; credentials: string[] } }>(
		root,
		'package.json',
	);
	return {
		nodePackage: { name, files: [...n8n.nodes, ...n8n.credentials].map((file) => join(root, file)) },
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}

interface Description {
	name: string;
	webhooks?: unknown[];
	credentials?: Array<{ name: string }>;
}
type Sources = Record<string, { sourcePath: string }>;

/** Returns every node of n8n-nodes-base that has a webhook, and its credentials. @param folder the folder of n8n-nodes-base */
export function officialNodes(folder: string): NodePackage[] {
	const nodes = readJson<Sources>(folder, 'dist/known/nodes.json');
	const credentials = readJson<Sources>(folder, 'dist/known/credentials.json');
	const found = new Map<string, NodePackage>();
	for (const { name, webhooks, credentials: own = [] } of readJson<Description[]>(folder, 'dist/types/nodes.json')) {
		const node = nodes[name];
		if (!node || !webhooks?.length) continue;
		const files = [node, ...own.flatMap((credential) => credentials[credential.name] ?? [])].map(({ sourcePath }) =>
			join(folder, sourcePath),
		);
		found.set(name, { name: `n8n-nodes-base.${name}`, files });
	}
	return [...found.values()];
}
