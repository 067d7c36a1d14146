import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf } from '../../tools/n8n';
import {
	addCredential,
	createPipeline,
	MINUTES,
	type PipelineOptions,
	requestsTo,
	runSubmit,
	sample,
	useTestbed,
} from './harness';

const testbed = useTestbed();

/** Returns the error message and description of a failing Submit, as stored by n8n. */
async function errorOf(options: PipelineOptions, publish = true) {
	const workflow = await createPipeline(testbed, options);
	if (publish) await testbed.client.publish(workflow.id);
	const { error, status } = await runSubmit(testbed, workflow);
	expect(status).toBe('error');
	return {
		message: error?.message ?? '',
		description: String(error?.description),
		context: (error as { context?: object } | undefined)?.context,
	};
}

function file(name: string, content: string | Buffer): string {
	const path = join(testbed.folder, name);
	writeFileSync(path, content);
	return path;
}

describe('a Submit that can’t work explains what happened and how to fix it, and costs nothing', () => {
	afterEach(() => expect(requestsTo(testbed.sandbox)).not.toContain('POST /v2/transcript'));

	it('in an unpublished workflow', async () => {
		const error = await errorOf({ file: sample(testbed.sandbox).path }, false);
		expect(error.message).toBe('No published Transcription Trigger for AssemblyAI on this canvas');
		expect(error.description).toContain('Nothing was submitted');
		expect(requestsTo(testbed.sandbox)).toEqual([]);
	});

	it('with a trigger that uses a different credential', async () => {
		const credential = await addCredential(testbed.client, testbed.sandbox, { webhookSecret: 'one-secret' });
		const triggerCredential = await addCredential(testbed.client, testbed.sandbox, { webhookSecret: 'another-secret' });
		const error = await errorOf({ file: sample(testbed.sandbox).path, credential, triggerCredential });
		expect(error.message).toContain('The Transcription Trigger uses a different credential');
		expect(error.description).toContain('Choose the same credential in both');
	});

	it('in a published workflow without a trigger', async () => {
		const workflow = await createPipeline(testbed, {
			file: sample(testbed.sandbox).path,
			startedByWebhook: true,
			withoutTrigger: true,
		});
		await testbed.client.publish(workflow.id);
		const start = workflow.nodes.find(({ name }) => name === 'Start');
		await fetch(`${testbed.n8n.url}/webhook/${start?.parameters.path as string}`, { method: 'POST' });
		const [ended] = await testbed.client.waitForExecutions(workflow.id, 1);
		const { error } = await testbed.client.getExecution(ended!.id);
		expect(error?.message).toBe('No published Transcription Trigger for AssemblyAI on this canvas');
	});

	it('without a file in the item', async () => {
		const error = await errorOf({});
		expect(error.message).toBe('Item 0 has no file in the binary field “data”');
		expect(error.context).toMatchObject({ itemIndex: 0 });
	});

	it('with an empty file', async () => {
		const error = await errorOf({ file: file('silence.mp3', '') });
		expect(error.message).toBe('The file “silence.mp3” in item 0 is empty');
	});

	it('with a file that isn’t a recording', async () => {
		const error = await errorOf({ file: file('notes.txt', 'Not a recording.') });
		expect(error.message).toBe('“notes.txt” in item 0 is text/plain, not audio or video');
	});

	it('with a URL that is not http(s)', async () => {
		const error = await errorOf({ submit: { source: 'url', audioUrl: 'ftp://example.com/a.mp3' } });
		expect(error.message).toBe('“Audio URL” isn’t an HTTP(S) URL: ftp://example.com/a.mp3');
		expect(error.description).toContain('(Item 0)');
	});

	it('with a callback URL in a private network and a service on the internet', async () => {
		const credential = await addCredential(testbed.client, testbed.sandbox, { region: 'eu', baseUrl: '' });
		const error = await errorOf({ file: sample(testbed.sandbox).path, credential });
		expect(error.message).toContain('AssemblyAI can’t reach the callback URL on “127.0.0.1');
		expect(error.description).toContain('WEBHOOK_URL');
	});

	it('with a wrong API key', async () => {
		const credential = await addCredential(testbed.client, testbed.sandbox, { apiKey: 'not-a-key' });
		const error = await errorOf({ file: sample(testbed.sandbox).path, credential });
		expect(error.message).toBe('AssemblyAI didn’t accept the API key');
		expect(JSON.stringify(error)).not.toContain('not-a-key');
	});

	it('with metadata that wouldn’t survive the round trip', async () => {
		const metadata = { pair: [{ key: 'a[b]', value: '1' }] };
		const error = await errorOf({ file: sample(testbed.sandbox).path, submit: { metadata } });
		expect(error.message).toBe('The metadata key “a[b]” contains unsupported characters or is too long');
	});

	it('with options that contradict each other', async () => {
		const error = await errorOf({ file: sample(testbed.sandbox).path, submit: { options: { speakerCount: 2 } } });
		expect(error.message).toBe('“Speaker Count” requires “Diarize”');
	});

	it('with a file that is too large for the service', async () => {
		testbed.sandbox.httpFaults.add({ kind: 'status', status: 413, match: { path: '/v2/upload' } });
		const error = await errorOf({ file: sample(testbed.sandbox).path });
		expect(error.message).toBe('The file is larger than AssemblyAI accepts');
	});
});

it('reports an exhausted balance', async () => {
	const credential = await addCredential(testbed.client, testbed.sandbox, {
		apiKey: 'sandbox-assemblyai-empty-balance',
	});
	const error = await errorOf({ file: sample(testbed.sandbox).path, credential });
	expect(error.message).toBe('The AssemblyAI account is out of funds');
	expect(error.description).toContain('Top up');
});

it('doesn’t report a rejected option as an exhausted balance, even if its name contains “credit”', async () => {
	const options = { redactPii: true, redactPiiPolicies: ['person_name', 'no_such_policy'] };
	const error = await errorOf({ file: sample(testbed.sandbox).path, submit: { options } });
	expect(error.message).toBe('AssemblyAI rejected the request (status 400)');
	expect(error.description).toContain('redact_pii_policies');
});

it(
	'suggests sending fewer items if the service stays busy',
	async () => {
		testbed.sandbox.httpFaults.add({
			kind: 'status',
			status: 429,
			retryAfter: 0,
			next: 5,
			match: { method: 'POST', path: '/v2/transcript' },
		});
		const error = await errorOf({ file: sample(testbed.sandbox).path });
		expect(error.message).toBe('AssemblyAI is receiving too many requests from this account');
		expect(error.description).toContain('Send fewer items at a time');
		expect(testbed.sandbox.jobs.list()).toEqual([]);
	},
	MINUTES,
);

it(
	'waits as long as a busy service requests, and submits once',
	async () => {
		testbed.sandbox.httpFaults.add({
			kind: 'status',
			status: 429,
			retryAfter: 1,
			match: { method: 'POST', path: '/v2/transcript' },
		});
		const workflow = await createPipeline(testbed, { file: sample(testbed.sandbox).path });
		await testbed.client.publish(workflow.id);
		const submitted = outputOf(await runSubmit(testbed, workflow), 'Submit');
		expect(submitted).toHaveLength(1);
		expect(testbed.sandbox.jobs.list()).toHaveLength(1);
	},
	MINUTES,
);

it(
	'never repeats a submit with an unknown outcome',
	async () => {
		testbed.sandbox.httpFaults.add({ kind: 'dropAnswer', match: { method: 'POST', path: '/v2/transcript' } });
		const error = await errorOf({ file: sample(testbed.sandbox).path });
		expect(error.message).toBe('AssemblyAI may or may not have accepted the job: no valid response was received');
		expect(error.description).toContain('before you submit the recording again');
		expect(testbed.sandbox.jobs.list()).toHaveLength(1);
	},
	MINUTES,
);

it('names an unknown ID', async () => {
	const { id, name } = testbed.credential;
	const workflow = await testbed.client.createWorkflow({
		name: 'Get',
		settings: {},
		nodes: [
			{
				id: 's',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'g',
				name: 'Get',
				type: 'n8n-nodes-transcription.transcription',
				typeVersion: 1,
				position: [200, 0],
				credentials: { assemblyAiTranscriptionApi: { id, name } },
				parameters: { provider: 'assemblyAi', resource: 'transcript', operation: 'get', transcriptId: 'no-such-id' },
			},
		],
		connections: { Start: { main: [[{ node: 'Get', type: 'main', index: 0 }]] } },
	});
	const { executionId = '' } = await testbed.client.runManually({ workflowId: workflow.id, triggerNodeName: 'Start' });
	const { error } = await testbed.client.waitForExecution(executionId);
	expect(error?.message).toBe('AssemblyAI has no transcript with the ID “no-such-id”');
});
