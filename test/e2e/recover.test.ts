import { outputOf, type Execution, type JsonObject, type Workflow } from '../../tools/n8n';
import {
	callbackExecutions,
	createPipeline,
	credentialData,
	credentialsOf,
	MINUTES,
	node,
	providerOf,
	runSubmit,
	sample,
	type Stage,
	triggerUrl,
	useStages,
} from './harness';
import { PROFILES } from './profiles';

const stageOf = useStages(PROFILES);

/** Submit, the trigger, and a webhook that starts Recover Missed with the request's content. */
async function publishedPipeline(stage: Stage, from: string): Promise<Workflow> {
	const { provider } = stage.profile;
	const start = node('Sweep', 'n8n-nodes-base.webhook', 2, {
		httpMethod: 'POST',
		path: crypto.randomUUID(),
		options: {},
	});
	const recover = node('Recover', 'n8n-nodes-transcription.transcription', 1, {
		provider,
		resource: 'transcript',
		operation: 'recoverMissed',
		from,
		...(from === 'ids' && { transcriptId: '={{ $json.body.id }}' }),
		options: from === 'ids' ? { metadata: '={{ $json.body.metadata }}' } : {},
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const workflow = await createPipeline(stage, {
		file: sample(stage.sandbox).path,
		submit: { metadata: { pair: [{ key: 'contactId', value: 'Ada & Löve' }] }, options: stage.profile.options ?? {} },
		more: {
			nodes: [
				start,
				{ ...recover, credentials: credentialsOf(stage.credential) },
				node('Recovered', 'n8n-nodes-base.noOp', 1, {}),
			],
			connections: { Sweep: to('Recover'), Recover: to('Recovered') },
		},
	});
	if (stage.profile.setUp) {
		const more = await stage.profile.setUp(stage.sandbox, triggerUrl(stage, workflow));
		await stage.client.updateCredential(stage.credential, credentialData(stage.sandbox, stage.profile, more));
	}
	await stage.client.publish(workflow.id);
	return workflow;
}

/** Starts Recover Missed in production and returns the workflow's `count`th execution that a request started. */
async function sweep(stage: Stage, workflow: Workflow, kept: JsonObject, count: number): Promise<Execution> {
	const path = String(workflow.nodes.find(({ name }) => name === 'Sweep')?.parameters.path);
	await fetch(`${stage.n8n.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(kept),
	});
	const execution = (await callbackExecutions(stage, workflow, count, MINUTES)).at(-1);
	if (!execution) throw new Error('nothing was started');
	return execution;
}

it.each(PROFILES.map((profile) => [profile.name, profile] as const))(
	'%s: returns a transcript with a lost callback once, in the same format as the trigger',
	async (_, profile) => {
		const stage = stageOf(profile);
		const { listing } = providerOf(profile);
		const settings = profile.credential as Record<string, string> | undefined;
		const from = listing && !listing.unavailable?.(settings ?? {}) ? 'list' : 'ids';
		const workflow = await publishedPipeline(stage, from);
		const submitted = async () => outputOf(await runSubmit(stage, workflow), 'Submit')[0]?.json as JsonObject;

		await submitted();
		const [heard] = await callbackExecutions(stage, workflow, 1, MINUTES);
		stage.sandbox.callbacks.addFault({ kind: 'lost' });
		const lost = await submitted();
		await stage.sandbox.settled();

		const first = await sweep(stage, workflow, lost, 2);
		expect(first.error).toBeUndefined();
		const [recovered, ...others] = outputOf(first, 'Recovered').map(({ json }) => json);
		expect(others).toEqual([]);
		expect(recovered).toMatchObject({ id: lost.id, status: 'completed', metadata: { contactId: 'Ada & Löve' } });
		const delivered = outputOf(heard!, 'Completed')[0]?.json ?? {};
		const same = ({
			id: _id,
			eventId: _event,
			ref: _ref,
			createdAt: _created,
			completedAt: _completed,
			...rest
		}: JsonObject) => rest;
		expect(same(recovered ?? {})).toEqual(same(delivered));

		expect((await sweep(stage, workflow, lost, 3)).runs).not.toHaveProperty('Recovered');

		stage.sandbox.callbacks.redeliver(String(lost.id));
		const late = (await callbackExecutions(stage, workflow, 4, MINUTES)).at(-1);
		expect(late?.runs).toHaveProperty('Trigger');
		expect(late?.runs).not.toHaveProperty('Completed');
	},
	3 * MINUTES,
);
