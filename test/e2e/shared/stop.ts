import { rmSync } from 'node:fs';
import { startedHere } from './sharedN8n';

/** Stops what `start` started. */
export default async function stop(): Promise<void> {
	for (const { n8n, folder } of startedHere()) {
		await n8n.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}
