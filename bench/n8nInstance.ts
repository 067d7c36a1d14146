import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type HostVersion, type N8nInstance, openN8n, slowDatabase } from '../tools/n8n';
import type { Bench } from './bench';

/** Nodes that only the benchmark uses. Their types in n8n are `CUSTOM.<name>`. */
const CUSTOM_NODES = ['BufferingUpload', 'PipingUpload', 'PlainDelivery', 'PlainTrigger'];

export interface BenchN8nOptions {
	version?: HostVersion;
	/** Additional settings of n8n. */
	env?: Record<string, string>;
}

/** Starts a fresh n8n with the package and the benchmark's own nodes. */
export async function openBenchN8n(
	{ tarball, say }: Bench,
	{ version, env }: BenchN8nOptions = {},
): Promise<N8nInstance> {
	const nodesFolder = mkdtempSync(join(tmpdir(), 'transcription-bench-nodes-'));
	const removeNodes = () => rmSync(nodesFolder, { recursive: true, force: true });
	try {
		await build({
			entryPoints: CUSTOM_NODES.map((name) => join(__dirname, 'nodes', `${name}.node.ts`)),
			outdir: nodesFolder,
			format: 'cjs',
			logLevel: 'error',
		});
		const instance = await openN8n({
			name: 'bench',
			...(version && { version }),
			tarball,
			env: { ...slowDatabase(version), N8N_CUSTOM_EXTENSIONS: nodesFolder, ...env },
			onProgress: say,
		});
		const close = async () => {
			await instance.close();
			removeNodes();
		};
		return { ...instance, close };
	} catch (error) {
		removeNodes();
		throw error;
	}
}
