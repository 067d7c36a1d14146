import { startSandbox } from '../../sandbox';
import { freePortFrom } from '../n8n';
import type { Service } from './service';

/** Long enough to see that nobody waits for the transcript, short enough for a demonstration. */
const JOB_SECONDS = 3;

/** The repository's own stand-in for the speech services, on port 4010 or the next free one. */
export async function startLocalService(): Promise<Service> {
	const sandbox = await startSandbox({ port: await freePortFrom(4010), jobSeconds: JOB_SECONDS });
	const account = sandbox.accounts('assemblyAi').find(({ balance }) => balance === 'ok');
	if (account === undefined) throw new Error('The sandbox has no AssemblyAI account that may submit.');
	const baseUrl = sandbox.baseUrl('assemblyAi');
	return {
		about: `sandbox on ${sandbox.origin} (no real service, no cost)`,
		credentialData: { apiKey: account.apiKey, region: 'custom', baseUrl },
		timeoutMs: 60_000,
		close: async () => await sandbox.close(),
	};
}
