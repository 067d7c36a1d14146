import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, startSandbox, type Sandbox } from '../../sandbox';
import { freePorts, N8nClient, startN8n, type RunningN8n } from '../n8n';
import { openGate, type Gate } from './gate';

/** A job that nobody tells to end would run for so long. */
const ENDLESS_SECONDS = 100_000;

/** After five seconds of silence from its own database, as on a busy machine, n8n would answer every request with 503. */
const PATIENT_MS = '120000';

/** A real n8n and the services' stand-in. */
export interface Site {
	n8n: RunningN8n;
	client: N8nClient;
	sandbox: Sandbox;
	gate: Gate;
	say(line: string): void;
	close(): Promise<void>;
}

/** The service's API as the ways see it. */
export const apiOf = (sandbox: Sandbox) => sandbox.baseUrl('assemblyAi');

/** @param accounts at the service */
export async function openSite(tarball: string, accounts: Account[], say: (line: string) => void): Promise<Site> {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-compare-'));
	const sandbox = await startSandbox({ port: 0, jobSeconds: ENDLESS_SECONDS, accounts: { assemblyAi: accounts } });
	const [port = 0] = await freePorts(1);
	const gate = await openGate(port);
	const env = { WEBHOOK_URL: gate.url, N8N_DB_PING_TIMEOUT: PATIENT_MS };
	const n8n = await startN8n({ version: '2.41', userFolder: folder, port, tarball, env, onProgress: say });
	const close = async () => {
		await n8n.stop();
		await gate.close();
		await sandbox.close();
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const client = new N8nClient(n8n.url);
		await client.signIn();
		return { n8n, client, sandbox, gate, say, close };
	} catch (error) {
		await close();
		throw error;
	}
}
