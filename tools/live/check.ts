import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ProviderName } from '../../sandbox';
import { type Drift, driftBetween } from './drift';
import { recordingOf, writeRecording } from './fixtures';
import type { Account } from './options';
import type { Receiver } from './receiver';
import { Redactor } from './redact';
import { runScenario } from './run';
import { SAMPLE } from './sample';
import { SCENARIOS } from './scenarios';
import { toService } from './service';
import { runInSandbox } from './standIn';
import { httpTransport } from './transport';

export interface CheckOptions {
	/** Undefined if the service can't reach this machine. */
	receiver: Receiver | undefined;
	/** Public URL of the sample; undefined if there is none. */
	sampleUrl: string | undefined;
	/** Folder for recorded responses; undefined if they aren't recorded. */
	fixtures: string | undefined;
	pollMs: number;
	jobMs: number;
	cleanupMs: number;
	callbackMs: number;
	signal: AbortSignal;
	say(line: string): void;
}

/** The result of checking one service. Except for IDs in `leftovers`, its texts contain no secrets or IDs. */
export interface CheckResult {
	provider: string;
	drift: Drift[];
	/** Descriptions of data that couldn't be deleted from the service, with IDs. */
	leftovers: readonly string[];
	wasInterrupted: boolean;
}

/** Runs the scenario against a service and against the sandbox, and compares the responses. */
export async function check({ provider, credential, settings }: Account, options: CheckOptions): Promise<CheckResult> {
	const { receiver, sampleUrl, fixtures, signal, say } = options;
	const { displayName } = provider;
	const scenario = SCENARIOS[provider.name as ProviderName];
	const conditions = {
		...options,
		sampleFile: SAMPLE.file,
		callbacks: receiver,
		verifiesCallbacks: true,
		cleansUp: true,
		// Unique, so that callbacks of other runs are ignored.
		workflowId: `Live${randomBytes(6).toString('hex')}`,
		say: (line: string) => say(`${displayName}: ${line}`),
	};
	const [real, sandbox] = await Promise.all([
		runScenario(toService(provider, credential, httpTransport), scenario, conditions),
		runInSandbox({
			provider,
			scenario,
			settings,
			sampleFile: SAMPLE.file,
			hasUrl: sampleUrl !== undefined,
			hasCallback: receiver !== undefined,
			verifiesCallbacks: true,
			signal,
		}),
	]);
	const { leftovers } = real;
	if (real.wasInterrupted || sandbox.wasInterrupted) {
		return { provider: displayName, drift: [], leftovers, wasInterrupted: true };
	}
	const redactor = new Redactor(real, conditions, SAMPLE.text);
	if (fixtures !== undefined) {
		const folder = join(fixtures, provider.name);
		writeRecording(folder, recordingOf(real, settings, redactor));
		conditions.say(`responses recorded in ${folder}`);
	}
	const drift = driftBetween(sandbox, real, scenario.enums).map(({ request, place, sandbox, real, grade }) => ({
		request: redactor.message(request),
		place: redactor.message(place),
		sandbox: redactor.message(sandbox),
		real: redactor.message(real),
		grade,
	}));
	return { provider: displayName, drift, leftovers, wasInterrupted: false };
}
