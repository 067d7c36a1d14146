import type { Provider } from '../../nodes/Transcription/providers/provider';
import type { ProviderName } from '../../sandbox';
import { type Drift, driftBetween } from './drift';
import { recordedDelivery, type Recording, replayTransport } from './fixtures';
import { CALLBACK_URL, SERVICE_URL, WORKFLOW_ID } from './redact';
import { type Run, runScenario } from './run';
import { SAMPLE } from './sample';
import { SCENARIOS } from './scenarios';
import { toService } from './service';
import { runInSandbox } from './standIn';

const PLACEHOLDER_KEY = 'key-for-recordings';

/** Runs the scenario with the package's own code on recorded responses. The outcomes show what was read. */
async function replay(provider: Provider, recording: Recording): Promise<Run> {
	const scenario = SCENARIOS[provider.name as ProviderName];
	const delivery = recordedDelivery(recording);
	const credential = { ...recording.settings, apiKey: PLACEHOLDER_KEY, region: 'custom', baseUrl: SERVICE_URL };
	const transport = replayTransport(recording, new Set([scenario.unknownId]));
	return await runScenario(toService(provider, credential, transport), scenario, {
		sampleFile: SAMPLE.file,
		sampleUrl: hasUrl(recording) ? 'https://sample.example/thank-you.wav' : undefined,
		callbacks: delivery && { base: `${CALLBACK_URL}/webhook`, next: async () => delivery },
		verifiesCallbacks: false,
		cleansUp: false,
		workflowId: WORKFLOW_ID,
		pollMs: 0,
		jobMs: 5_000,
		cleanupMs: 0,
		callbackMs: 0,
		signal: new AbortController().signal,
		say: () => {},
	});
}

/** Compares recorded responses with the sandbox's. */
export async function driftOfRecording(provider: Provider, recording: Recording): Promise<Drift[]> {
	const scenario = SCENARIOS[provider.name as ProviderName];
	const sandbox = await runInSandbox({
		provider,
		scenario,
		settings: recording.settings,
		sampleFile: SAMPLE.file,
		hasUrl: hasUrl(recording),
		hasCallback: recordedDelivery(recording) !== undefined,
		verifiesCallbacks: false,
		signal: new AbortController().signal,
	});
	return driftBetween(sandbox, await replay(provider, recording), scenario.enums);
}

const hasUrl = ({ fixtures }: Recording) => fixtures.some(({ step }) => step === 'submit by URL');
