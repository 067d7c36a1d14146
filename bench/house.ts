import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient, startN8n, type RunningN8n } from '../tools/n8n';
import type { Bench } from './bench';

/** A fresh n8n with the package in it. */
export interface House {
	n8n: RunningN8n;
	client: N8nClient;
	/** A folder that n8n may read files from. */
	folder: string;
	close(): Promise<void>;
}

/** After five seconds of silence from its own database, as on a busy machine, n8n would answer every request with 503. */
const PATIENT = { N8N_DB_PING_TIMEOUT: '120000' };

/** @param env further settings of n8n */
export async function openHouse({ tarball, say }: Bench, env: Record<string, string> = {}): Promise<House> {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-bench-'));
	const n8n = await startN8n({
		version: '2.41',
		userFolder: join(folder, 'n8n'),
		tarball,
		fileAccess: [folder],
		env: { ...PATIENT, ...env },
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
