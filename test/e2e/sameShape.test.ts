import { findRecording } from '../../tools/demo/recording';
import { runOnce } from '../../tools/demo/run';
import { demoWorkflow, names } from '../../tools/demo/workflow';
import { outputOf, type WorkflowDefinition } from '../../tools/n8n';
import type { Transcript } from '../../nodes/Transcription/transcript/model';
import { credentialData, MINUTES, type Testbed, triggerUrl, useTestbeds } from './harness';
import { PROFILES } from './profiles';
import type { ProviderProfile } from './profiles/profile';

/** Runs the demo from `npm start` with every service. The output must always have the same format. */

const testbedOf = useTestbeds(PROFILES);
const { path: recording, sample } = findRecording();
const arrivals = new Map<ProviderProfile, Promise<Transcript>>();

beforeAll(() => {
	for (const profile of PROFILES) arrivals.set(profile, transcribe(testbedOf(profile)));
});

/** Returns the demo workflow with timed words for a profile. */
function workflowFor({ profile, credential }: Testbed): WorkflowDefinition {
	const workflow = demoWorkflow({ recording, provider: profile.provider, credentials: [credential] });
	for (const { name, parameters } of workflow.nodes) {
		if (name === names.trigger) parameters.output = 'words';
		if (name === names.submit) Object.assign(parameters.options as object, profile.options);
	}
	return workflow;
}

async function transcribe(testbed: Testbed): Promise<Transcript> {
	const { client, sandbox, profile, credential } = testbed;
	const workflow = await client.createWorkflow(workflowFor(testbed));
	if (profile.setUp) {
		const more = await profile.setUp(sandbox, triggerUrl(testbed, workflow));
		await client.updateCredential(credential, credentialData(sandbox, profile, more));
	}
	await client.publish(workflow.id);
	const { executionId } = await runOnce(client, workflow.id, MINUTES, () => undefined);
	return outputOf(await client.getExecution(executionId), names.trigger)[0]?.json as unknown as Transcript;
}

/** Returns all keys of a transcript, including those of words and utterances, such as `text` and `words.start`. */
function keysOf(transcript: Transcript): string[] {
	const inside = (name: 'words' | 'utterances') =>
		(transcript[name] ?? []).flatMap((part) => Object.keys(part).map((key) => `${name}.${key}`));
	return [...new Set([...Object.keys(transcript), ...inside('words'), ...inside('utterances')])].sort();
}

/** Numbers speakers in the order in which they start to speak, because every service names them differently. */
function numbered(speakers: Array<string | number | undefined>): number[] {
	const known = [...new Set(speakers)];
	return speakers.map((speaker) => known.indexOf(speaker));
}

const spoken = ({ words = [] }: Transcript) => words.filter(({ kind }) => kind === 'word');

describe.each(PROFILES.map((profile) => [profile.name, profile] as const))('demo with %s', (_, profile) => {
	let transcript: Transcript;
	beforeAll(async () => {
		transcript = await arrivals.get(profile)!;
	}, 2 * MINUTES);

	it('returns the spoken text', () => {
		expect(transcript).toMatchObject({ status: 'completed', provider: profile.provider, text: sample.text });
	});

	it('returns every word with its time, within 50 ms', () => {
		const words = spoken(transcript);
		expect(words.map(({ text }) => text.trim())).toEqual(sample.words.map(({ text }) => text));
		const late = words.filter(({ start, end }, index) => {
			const truth = sample.words[index]!;
			return Math.max(Math.abs(start - truth.start), Math.abs(end - truth.end)) > 0.05;
		});
		expect(late).toEqual([]);
	});

	it('returns the same speakers for words and utterances', () => {
		expect(numbered(spoken(transcript).map(({ speaker }) => speaker))).toEqual(
			numbered(sample.words.map(({ speaker }) => speaker)),
		);
		expect(transcript.utterances?.map(({ text }) => text)).toEqual(sample.utterances.map(({ text }) => text));
		expect(transcript.speakers).toHaveLength(2);
	});

	it('has the same keys as the others, except for those that the service doesn’t support', async () => {
		const all = await Promise.all(arrivals.values());
		const everywhere = [...new Set(all.flatMap(keysOf))].sort();
		expect(keysOf(transcript)).toEqual(everywhere.filter((key) => !profile.unknown.includes(key)));
	});
});

it('only changes provider and credential in the workflow, and requests words if the service doesn’t return them by default', () => {
	const neutral = PROFILES.map((profile) => {
		const { nodes, ...workflow } = workflowFor(testbedOf(profile));
		return {
			...workflow,
			nodes: nodes.map(({ credentials: _, parameters: { provider: __, options, ...parameters }, ...node }) => ({
				...node,
				...parameters,
				options: Object.entries((options ?? {}) as object).filter(([name]) => !(name in (profile.options ?? {}))),
			})),
		};
	});
	for (const workflow of neutral) expect(workflow).toEqual(neutral[0]);
});
