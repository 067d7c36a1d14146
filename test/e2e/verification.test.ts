import { outputOf } from '../../tools/n8n';
import {
	addCredential,
	callbackExecutions,
	createPipeline,
	postTo,
	runSubmit,
	sample,
	startedByCallback,
	useStage,
} from './harness';
import { API_KEY } from './profiles/assemblyAi';

const SECRET_HEADER = 'x-transcription-webhook-secret';

const stage = useStage();

/** A published pipeline and the ID of a job that was submitted for it, whose callback was lost. */
async function withLostCallback(options: Parameters<typeof createPipeline>[1] = {}) {
	const workflow = await createPipeline(stage, { file: sample(stage.sandbox).path, ...options });
	await stage.client.publish(workflow.id);
	stage.sandbox.callbacks.addFault({ kind: 'lost' });
	const submitted = outputOf(await runSubmit(stage, workflow), 'Submit')[0];
	await stage.sandbox.settled();
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
			stage,
			workflow,
			{ transcript_id: id, status: 'completed' },
			headers as Record<string, string>,
		);

		expect(answer.status).toBe(401);
		// The genuine callback arrives after it. If the forged one had started an execution, there would be two.
		stage.sandbox.callbacks.redeliver(id);
		const executions = await callbackExecutions(stage, workflow, 1);
		await stage.sandbox.settled();
		expect(executions).toHaveLength(1);
		expect(stage.n8n.logs()).toContain('answered with 401');
	});

	it('logs no secrets', async () => {
		const { workflow, id } = await withLostCallback();
		await postTo(
			stage,
			workflow,
			{ transcript_id: id, status: 'completed' },
			{ [SECRET_HEADER]: 'a-guess-that-is-wrong' },
		);
		expect(stage.n8n.logs()).not.toContain(API_KEY);
		expect(stage.n8n.logs()).not.toContain('a-guess-that-is-wrong');
	});
});

describe('a callback with the right secret', () => {
	it('is ignored if it names a job that was submitted for another workflow', async () => {
		const secret = 'one-secret-for-all-workflows';
		const credential = await addCredential(stage.client, stage.sandbox, { webhookSecret: secret });
		const mine = await withLostCallback({ credential });
		const other = await withLostCallback({ credential });

		const answer = await postTo(
			stage,
			mine.workflow,
			{ transcript_id: other.id, status: 'completed' },
			{ [SECRET_HEADER]: secret },
		);

		expect(answer.status).toBe(200);
		const [execution] = await callbackExecutions(stage, mine.workflow, 1);
		expect(execution!.status).toBe('success');
		expect(outputOf(execution!, 'Completed')).toEqual([]);
	});

	it('starts nothing if the trigger doesn’t listen for that event', async () => {
		const { workflow, id } = await withLostCallback({ trigger: { events: ['failed'] } });
		stage.sandbox.callbacks.redeliver(id);
		await stage.sandbox.settled();
		expect(stage.sandbox.callbacks.deliveries(id).at(-1)?.state).toBe('delivered');
		expect((await stage.client.listExecutions(workflow.id)).filter(startedByCallback)).toEqual([]);
	});

	it('stays valid after the user chose a webhook secret for the first time', async () => {
		const credential = await addCredential(stage.client, stage.sandbox, {});
		const { workflow, id } = await withLostCallback({ credential });
		await stage.client.updateCredential(credential, {
			apiKey: API_KEY,
			region: 'custom',
			baseUrl: stage.sandbox.baseUrl('assemblyAi'),
			webhookSecret: 'a-secret-of-my-own',
		});

		stage.sandbox.callbacks.redeliver(id);

		const [execution] = await callbackExecutions(stage, workflow, 1);
		expect(outputOf(execution!, 'Completed')[0]?.json.id).toBe(id);
	});

	it('stays valid after the webhook secret was rotated, while the old one is kept as the previous one', async () => {
		const credential = await addCredential(stage.client, stage.sandbox, { webhookSecret: 'the-old-secret' });
		const { workflow, id } = await withLostCallback({ credential });
		await stage.client.updateCredential(credential, {
			apiKey: API_KEY,
			region: 'custom',
			baseUrl: stage.sandbox.baseUrl('assemblyAi'),
			webhookSecret: 'the-new-secret',
			previousWebhookSecret: 'the-old-secret',
		});

		stage.sandbox.callbacks.redeliver(id);

		const [execution] = await callbackExecutions(stage, workflow, 1);
		expect(outputOf(execution!, 'Completed')[0]?.json.id).toBe(id);
	});
});
