import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../sandbox';
import { samplesFolder } from '../demo/recording';
import { ensurePackedPackage } from '../lib/packedPackage';
import { N8nClient, type RunningN8n, startN8n } from '../n8n';

export const say = (line: string) => console.log(line);

/** A real n8n with the package, and the stand-in for the services. */
export interface Stage {
	n8n: RunningN8n;
	client: N8nClient;
	sandbox: Sandbox;
}

/** Opens the stage, does the work, and removes everything again. */
export async function onStage(work: (stage: Stage) => Promise<void>): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-screenshots-'));
	const sandbox = await startSandbox({ jobSeconds: 0.2 });
	try {
		const n8n = await startN8n({
			version: '2.41',
			userFolder: folder,
			tarball: await ensurePackedPackage(say),
			fileAccess: [samplesFolder],
			onProgress: say,
		});
		try {
			const client = new N8nClient(n8n.url);
			await client.signIn();
			await work({ n8n, client, sandbox });
		} finally {
			await n8n.stop();
		}
	} finally {
		await sandbox.close();
		rmSync(folder, { recursive: true, force: true });
	}
}
