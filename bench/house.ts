import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type HostVersion, N8nClient, startN8n, type RunningN8n } from '../tools/n8n';
import type { Bench } from './bench';

/** A fresh n8n with the package in it, and with the nodes that only the benchmark needs. */
export interface House {
	n8n: RunningN8n;
	client: N8nClient;
	/** A folder that n8n may read files from. */
	folder: string;
	close(): Promise<void>;
}

/** The nodes of the benchmark, whose types in n8n are `CUSTOM.<name>`. */
const OWN_NODES = ['BufferingUpload', 'PipingUpload', 'PlainDelivery', 'PlainTrigger'];

/** After five seconds of silence from its own database, as on a busy machine, n8n would answer every request with 503. */
const PATIENT = { N8N_DB_PING_TIMEOUT: '120000' };

/** What differs from how a house usually is. */
export interface HouseOptions {
	version?: HostVersion;
	/** Further settings of n8n. */
	env?: Record<string, string>;
}

export async function openHouse({ tarball, say }: Bench, { version = '2.41', env }: HouseOptions = {}): Promise<House> {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-bench-'));
	const ownNodes = join(folder, 'nodes');
	await build({
		entryPoints: OWN_NODES.map((name) => join(__dirname, 'nodes', `${name}.node.ts`)),
		outdir: ownNodes,
		format: 'cjs',
		logLevel: 'error',
	});
	const n8n = await startN8n({
		version,
		userFolder: join(folder, 'n8n'),
		tarball,
		fileAccess: [folder],
		env: { ...PATIENT, N8N_CUSTOM_EXTENSIONS: ownNodes, ...env },
		onProgress: say,
	});
	const close = async () => {
		await n8n.stop();
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const client = new N8nClient(n8n.url);
		await client.signIn();
		return { n8n, client, folder, close };
	} catch (error) {
		await close();
		throw error;
	}
}
