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
	type Testbed,
	triggerUrl,
	useTestbeds,
} from './harness';
import { PROFILES } from './profiles';

const testbedOf = useTestbeds(PROFILES);

/** Submit, the trigger, and a webhook that starts Recover Missed with the request's content. */
async function publishedPipeline(testbed: Testbed, from: string): Promise<Workflow> {
	const { provider } = testbed.profile;
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
	const workflow = await createPipeline(testbed, {
		file: sample(testbed.sandbox).path,
		submit: { metadata: { pair: [{ key: 'contactId', value: 'Ada & Löve' }] }, options: testbed.profile.options ?? {} },
		more: {
			nodes: [
				start,
				{ ...recover, credentials: credentialsOf(testbed.credential) },
				node('Recovered', 'n8n-nodes-base.noOp', 1, {}),
			],
			connections: { Sweep: to('Recover'), Recover: to('Recovered') },
		},
	});
	if (testbed.profile.setUp) {
		const more = await testbed.profile.setUp(testbed.sandbox, triggerUrl(testbed, workflow));
		await testbed.client.updateCredential(testbed.credential, credentialData(testbed.sandbox, testbed.profile, more));
	}
	await testbed.client.publish(workflow.id);
	return workflow;
}

/** Starts Recover Missed in production. @returns the workflow's `count`th execution that was started by a request */
async function sweep(testbed: Testbed, workflow: Workflow, kept: JsonObject, count: number): Promise<Execution> {
	const path = String(workflow.nodes.find(({ name }) => name === 'Sweep')?.parameters.path);
	await fetch(`${testbed.n8n.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(kept),
	});
	const execution = (await callbackExecutions(testbed, workflow, count, MINUTES)).at(-1);
	if (!execution) throw new Error('nothing was started');
	return execution;
}

it.each(PROFILES.map((profile) => [profile.name, profile] as const))(
	'%s: returns a transcript with a lost callback once, in the same format as the trigger',
	async (_, profile) => {
		const testbed = testbedOf(profile);
		const { listing } = providerOf(profile);
		const settings = profile.credential as Record<string, string> | undefined;
		const from = listing && !listing.unavailable?.(settings ?? {}) ? 'list' : 'ids';
		const workflow = await publishedPipeline(testbed, from);
		const submitted = async () => outputOf(await runSubmit(testbed, workflow), 'Submit')[0]?.json as JsonObject;

		await submitted();
		const [heard] = await callbackExecutions(testbed, workflow, 1, MINUTES);
		testbed.sandbox.callbacks.addFault({ kind: 'lost' });
		const lost = await submitted();
		await testbed.sandbox.settled();

		const first = await sweep(testbed, workflow, lost, 2);
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

		expect((await sweep(testbed, workflow, lost, 3)).runs).not.toHaveProperty('Recovered');

		testbed.sandbox.callbacks.redeliver(String(lost.id));
		const late = (await callbackExecutions(testbed, workflow, 4, MINUTES)).at(-1);
		expect(late?.runs).toHaveProperty('Trigger');
		expect(late?.runs).not.toHaveProperty('Completed');
	},
	3 * MINUTES,
);
