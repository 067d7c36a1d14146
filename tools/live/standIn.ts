import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Provider } from '../../nodes/Transcription/providers/provider';
import { type ProviderName, startSandbox } from '../../sandbox';
import { startReceiver } from './receiver';
import { type Conditions, type Run, runScenario } from './run';
import type { Scenario } from './scenarios';
import { toService } from './service';
import { httpTransport } from './transport';

/** Long enough to see a job queued and processing. */
const JOB_SECONDS = 0.6;
const POLL_MS = 50;
const LIMIT_MS = 60_000;

/** The conditions that the sandbox's run must share with the run it is compared with. */
export interface Request {
	provider: Provider;
	scenario: Scenario;
	/** Fields of the credential that only this provider has. */
	settings: ICredentialDataDecryptedObject;
	sampleFile: string;
	hasUrl: boolean;
	hasCallback: boolean;
	verifiesCallbacks: boolean;
	signal: AbortSignal;
}

/** Runs the scenario against a sandbox in this process. */
export async function runInSandbox(request: Request): Promise<Run> {
	const { provider, scenario, settings, sampleFile, hasUrl, hasCallback, verifiesCallbacks, signal } = request;
	const name = provider.name as ProviderName;
	const sandbox = await startSandbox({ port: 0, jobSeconds: JOB_SECONDS });
	const receiver = await startReceiver(0, sampleFile);
	try {
		const credential = {
			...settings,
			apiKey: sandbox.accounts(name)[0]?.apiKey ?? '',
			region: 'custom',
			baseUrl: sandbox.baseUrl(name),
		};
		const conditions: Conditions = {
			sampleFile,
			sampleUrl: hasUrl ? receiver.sampleUrl : undefined,
			callbacks: hasCallback ? receiver : undefined,
			verifiesCallbacks,
			cleansUp: true,
			workflowId: 'SandboxCheck0001',
			pollMs: POLL_MS,
			jobMs: LIMIT_MS,
			cleanupMs: LIMIT_MS,
			callbackMs: LIMIT_MS,
			signal,
			say: () => {},
		};
		return await runScenario(toService(provider, credential, httpTransport), scenario, conditions);
	} finally {
		await Promise.all([receiver.close(), sandbox.close()]);
	}
}
