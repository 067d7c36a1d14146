import { outputOf } from '../../tools/n8n';
import {
	addCredential,
	callbackExecutions,
	createPipeline,
	requestsTo,
	runSubmit,
	sample,
	useTestbed,
} from './harness';

const testbed = useTestbed();

describe('a recording in a real n8n instance', () => {
	it('is returned as its true text with its metadata, after three requests and without polling', async () => {
		const recording = sample(testbed.sandbox);
		const metadata = {
			pair: [
				{ key: 'contactId', value: 'Ada & Löve [x]=1 😀' },
				{ key: 'deal.stage', value: '' },
			],
		};
		const workflow = await createPipeline(testbed, { file: recording.path, submit: { metadata } });
		await testbed.client.publish(workflow.id);

		const submitted = outputOf(await runSubmit(testbed, workflow), 'Submit');
		const [execution] = await callbackExecutions(testbed, workflow, 1);

		expect(submitted).toHaveLength(1);
		expect(submitted[0]?.json).toMatchObject({ provider: 'assemblyAi', status: 'queued' });
		expect(outputOf(execution!, 'Completed').map(({ json }) => json)).toEqual([
			expect.objectContaining({
				eventId: `assemblyAi:${submitted[0]?.json.id as string}:completed`,
				id: submitted[0]?.json.id,
				ref: submitted[0]?.json.ref,
				status: 'completed',
				text: recording.text,
				metadata: { contactId: 'Ada & Löve [x]=1 😀', 'deal.stage': '' },
			}),
		]);
		expect(requestsTo(testbed.sandbox)).toEqual(['POST /v2/upload', 'POST /v2/transcript', 'GET /v2/transcript/:id']);
	});

	it('needs two requests if it is submitted by URL', async () => {
		const recording = sample(testbed.sandbox);
		const workflow = await createPipeline(testbed, {
			submit: { source: 'url', audioUrl: `${testbed.sandbox.origin}/samples/${recording.file}` },
		});
		await testbed.client.publish(workflow.id);

		await runSubmit(testbed, workflow);
		const [execution] = await callbackExecutions(testbed, workflow, 1);

		expect(outputOf(execution!, 'Completed')[0]?.json.text).toBe(recording.text);
		expect(requestsTo(testbed.sandbox)).toEqual(['POST /v2/transcript', 'GET /v2/transcript/:id']);
	});

	it('is emitted at Failed with the service’s reason if it can’t be transcribed', async () => {
		const workflow = await createPipeline(testbed, { file: sample(testbed.sandbox).path });
		await testbed.client.publish(workflow.id);
		testbed.sandbox.jobs.failNext('Audio file is corrupted');

		await runSubmit(testbed, workflow);
		const [execution] = await callbackExecutions(testbed, workflow, 1);

		expect(outputOf(execution!, 'Completed')).toEqual([]);
		expect(outputOf(execution!, 'Failed')[0]?.json).toMatchObject({
			status: 'failed',
			errorMessage: 'Audio file is corrupted',
		});
		expect(execution!.status).toBe('success');
	});

	it('causes a separate event for redacted audio, with the correlation ID from Submit', async () => {
		const workflow = await createPipeline(testbed, {
			file: sample(testbed.sandbox).path,
			submit: {
				options: { redactPii: true, redactPiiPolicies: ['person_name'], redactPiiAudio: true },
			},
			trigger: { events: ['completed', 'redactedAudioReady'] },
		});
		await testbed.client.publish(workflow.id);

		const submitted = outputOf(await runSubmit(testbed, workflow), 'Submit')[0]?.json;
		const executions = await callbackExecutions(testbed, workflow, 2);

		const items = executions.flatMap((execution) => outputOf(execution, 'Completed').map(({ json }) => json));
		expect(items.map(({ status }) => status).sort()).toEqual(['completed', 'redactedAudioReady']);
		expect(items.find(({ status }) => status === 'redactedAudioReady')).toMatchObject({
			ref: submitted?.ref,
			redactedAudioUrl: expect.stringMatching(/^http/),
		});
	});

	it('finds the trigger in its own workflow if the workflow was imported twice', async () => {
		const recording = sample(testbed.sandbox);
		const first = await createPipeline(testbed, { name: 'Once', file: recording.path });
		const second = await createPipeline(testbed, { name: 'Twice', file: recording.path });
		await testbed.client.publish(first.id);
		await testbed.client.publish(second.id);

		const urls = [];
		for (const workflow of [first, second]) {
			urls.push(outputOf(await runSubmit(testbed, workflow), 'Submit')[0]?.json.callbackUrl);
			const [execution] = await callbackExecutions(testbed, workflow, 1);
			expect(outputOf(execution!, 'Completed')[0]?.json.text).toBe(recording.text);
		}
		expect(new Set(urls).size).toBe(2);
	});

	it('works the same if the upper half runs in production instead of manually', async () => {
		const recording = sample(testbed.sandbox);
		const workflow = await createPipeline(testbed, { file: recording.path, startedByWebhook: true });
		await testbed.client.publish(workflow.id);
		const start = workflow.nodes.find(({ name }) => name === 'Start');

		await fetch(`${testbed.n8n.url}/webhook/${start?.parameters.path as string}`, { method: 'POST' });
		const executions = await callbackExecutions(testbed, workflow, 2);

		const texts = executions.flatMap((execution) => outputOf(execution, 'Completed').map(({ json }) => json.text));
		expect(texts).toEqual([recording.text]);
	});
});

describe('credential', () => {
	it('passes its test with a valid key', async () => {
		await expect(testbed.client.testCredential(testbed.credential)).resolves.toMatchObject({ status: 'OK' });
	});

	it('fails its test with a wrong key and reports it', async () => {
		const wrong = await addCredential(testbed.client, testbed.sandbox, { apiKey: 'not-a-key' });
		await expect(testbed.client.testCredential(wrong)).resolves.toMatchObject({
			status: 'Error',
			// n8n 2.8 replaces the credential's message with its own.
			message: expect.stringMatching(/didn’t accept the API key|Authorization failed/),
		});
	});
});

describe('editor and AI agents', () => {
	it('can use the action node as a tool', async () => {
		const types = await testbed.client.listNodeTypes();
		const names = types.map(({ name }) => name).filter((name) => String(name).startsWith('n8n-nodes-transcription.'));
		expect(names.sort()).toEqual([
			'n8n-nodes-transcription.transcription',
			'n8n-nodes-transcription.transcriptionTool',
			'n8n-nodes-transcription.transcriptionTrigger',
		]);
	});

	it('pass an example to a trigger in a manual execution if the account has no finished transcript', async () => {
		const workflow = await createPipeline(testbed, {});
		await testbed.client.runManually({
			workflowId: workflow.id,
			triggerNodeName: 'Trigger',
			destinationNode: 'Completed',
		});
		const [started] = await testbed.client.waitForExecutions(workflow.id, 1, 30_000);
		const sampled = await testbed.client.getExecution(started!.id);

		expect(outputOf(sampled, 'Completed')[0]?.json).toMatchObject({
			isExample: true,
			status: 'completed',
			id: 'example',
		});
		expect(requestsTo(testbed.sandbox)).toEqual([expect.stringMatching(/^GET \/v2\/transcript/)]);
	});

	it('pass the latest finished transcript to a trigger in a manual execution', async () => {
		const recording = sample(testbed.sandbox);
		const workflow = await createPipeline(testbed, { file: recording.path, submit: { callback: 'none' } });
		await runSubmit(testbed, workflow);
		await testbed.sandbox.settled();

		await testbed.client.runManually({
			workflowId: workflow.id,
			triggerNodeName: 'Trigger',
			destinationNode: 'Completed',
		});
		const executions = await testbed.client.waitForExecutions(workflow.id, 2, 30_000);
		const sampled = await testbed.client.getExecution(executions[1]!.id);

		expect(outputOf(sampled, 'Completed')[0]?.json).toMatchObject({ status: 'completed', text: recording.text });
	});
});
