import { outputOf } from '../../tools/n8n';
import {
	addCredential,
	callbackExecutions,
	createPipeline,
	postTo,
	runSubmit,
	sample,
	startedByCallback,
	useOwnTestbed,
} from './harness';
import { API_KEY } from './profiles/assemblyAi';

const SECRET_HEADER = 'x-transcription-webhook-secret';

/** Its own, because the tests read n8n's log. */
const testbed = useOwnTestbed();

/** A published pipeline and the ID of a job that was submitted for it, whose callback was lost. */
async function withLostCallback(options: Parameters<typeof createPipeline>[1] = {}) {
	const workflow = await createPipeline(testbed, { file: sample(testbed.sandbox).path, ...options });
	await testbed.client.publish(workflow.id);
	testbed.sandbox.callbacks.addFault({ kind: 'lost' });
	const submitted = outputOf(await runSubmit(testbed, workflow), 'Submit')[0];
	await testbed.sandbox.settled();
	return { workflow, id: submitted?.json.id as string };
}

describe('a callback that can’t be verified', () => {
	it.each([
		['a wrong secret', { [SECRET_HEADER]: 'f'.repeat(64) }],
		['no secret', {}],
		['an empty secret', { [SECRET_HEADER]: '' }],
		['the API key itself', { [SECRET_HEADER]: API_KEY }],
	])('receives 401 and starts nothing: %s', async (_, headers) => {
		const { workflow, id } = await withLostCallback();

		const answer = await postTo(
			testbed,
			workflow,
			{ transcript_id: id, status: 'completed' },
			headers as Record<string, string>,
		);

		expect(answer.status).toBe(401);
		// The genuine callback arrives after the forged one. If both had started an execution, there would be two.
		testbed.sandbox.callbacks.redeliver(id);
		const executions = await callbackExecutions(testbed, workflow, 1);
		await testbed.sandbox.settled();
		expect(executions).toHaveLength(1);
		expect(testbed.n8n.logs()).toContain('Responded with 401');
	});

	it('logs no secrets', async () => {
		const { workflow, id } = await withLostCallback();
		await postTo(
			testbed,
			workflow,
			{ transcript_id: id, status: 'completed' },
			{ [SECRET_HEADER]: 'a-guess-that-is-wrong' },
		);
		expect(testbed.n8n.logs()).not.toContain(API_KEY);
		expect(testbed.n8n.logs()).not.toContain('a-guess-that-is-wrong');
	});
});

describe('a callback with the right secret', () => {
	it('is ignored if it names a job that was submitted for another workflow', async () => {
		const secret = 'one-secret-for-all-workflows';
		const credential = await addCredential(testbed.client, testbed.sandbox, { webhookSecret: secret });
		const mine = await withLostCallback({ credential });
		const other = await withLostCallback({ credential });

		const answer = await postTo(
			testbed,
			mine.workflow,
			{ transcript_id: other.id, status: 'completed' },
			{ [SECRET_HEADER]: secret },
		);

		expect(answer.status).toBe(200);
		const [execution] = await callbackExecutions(testbed, mine.workflow, 1);
		expect(execution!.status).toBe('success');
		expect(outputOf(execution!, 'Completed')).toEqual([]);
	});

	it('starts nothing if the trigger doesn’t listen for that event', async () => {
		const { workflow, id } = await withLostCallback({ trigger: { events: ['failed'] } });
		testbed.sandbox.callbacks.redeliver(id);
		await testbed.sandbox.settled();
		expect(testbed.sandbox.callbacks.deliveries(id).at(-1)?.state).toBe('delivered');
		expect((await testbed.client.listExecutions(workflow.id)).filter(startedByCallback)).toEqual([]);
	});

	it('stays valid after the user chose a webhook secret for the first time', async () => {
		const credential = await addCredential(testbed.client, testbed.sandbox, {});
		const { workflow, id } = await withLostCallback({ credential });
		await testbed.client.updateCredential(credential, {
			apiKey: API_KEY,
			region: 'custom',
			baseUrl: testbed.sandbox.baseUrl('assemblyAi'),
			webhookSecret: 'a-secret-of-my-own',
		});

		testbed.sandbox.callbacks.redeliver(id);

		const [execution] = await callbackExecutions(testbed, workflow, 1);
		expect(outputOf(execution!, 'Completed')[0]?.json.id).toBe(id);
	});

	it('stays valid after the webhook secret was rotated, while the old one is kept as the previous one', async () => {
		const credential = await addCredential(testbed.client, testbed.sandbox, { webhookSecret: 'the-old-secret' });
		const { workflow, id } = await withLostCallback({ credential });
		await testbed.client.updateCredential(credential, {
			apiKey: API_KEY,
			region: 'custom',
			baseUrl: testbed.sandbox.baseUrl('assemblyAi'),
			webhookSecret: 'the-new-secret',
			previousWebhookSecret: 'the-old-secret',
		});

		testbed.sandbox.callbacks.redeliver(id);

		const [execution] = await callbackExecutions(testbed, workflow, 1);
		expect(outputOf(execution!, 'Completed')[0]?.json.id).toBe(id);
	});
});
