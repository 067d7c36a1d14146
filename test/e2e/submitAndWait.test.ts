import { outputOf, type Execution, type Workflow, type WorkflowDefinition, type WorkflowNode } from '../../tools/n8n';
import { credentialsOf, MINUTES, node, requestsTo, sample, type Testbed, useOwnTestbeds } from './harness';
import { API_KEY, assemblyAi } from './profiles/assemblyAi';
import { PROFILES } from './profiles';
import type { ProviderProfile } from './profiles/profile';
import { type LanguageModel, startLanguageModel } from './languageModel';
import { PROVIDERS } from '../../nodes/Transcription/providers';

/** Services that send a callback per job. The others only support polling. */
const WITH_CALLBACKS = PROFILES.filter(
	({ provider }) => !PROVIDERS.find(({ name }) => name === provider)?.registration,
);

/** A service that never finishes a job, for tests of the deadline. */
const silent: ProviderProfile = { ...assemblyAi, name: 'AssemblyAI, silent' };

const open = useOwnTestbeds([...WITH_CALLBACKS, silent]);
const testbed = () => open(assemblyAi);
beforeEach(() => WITH_CALLBACKS.forEach((profile) => open(profile).sandbox.reset()));

interface Batch {
	/** Parameters of the node. */
	wait?: Record<string, unknown>;
	/** Input items as JavaScript. Each becomes one recording. */
	items?: string;
	node?: Partial<WorkflowNode>;
	file?: string;
	start?: WorkflowNode;
}

const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
const THREE = '[0, 1, 2].map((i) => ({ json: { i } }))';

/** Start → Items → (Read) → Wait → After; failed items go to Error if the node has an error output. */
function definition(
	on: Testbed,
	{ wait, items = '[{ json: { i: 0 } }]', node: more, file, start }: Batch,
): WorkflowDefinition {
	const { provider, options } = on.profile;
	const source = file
		? { source: 'binary' }
		: { source: 'url', audioUrl: `${on.sandbox.origin}/samples/${sample(on.sandbox).file}` };
	const read = node('Read', 'n8n-nodes-base.readWriteFile', 1, {
		operation: 'read',
		fileSelector: file ?? '',
		options: {},
	});
	return {
		name: 'Submit and Wait',
		settings: { executionOrder: 'v1' },
		nodes: [
			start ??
				node('Start', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: crypto.randomUUID(), options: {} }),
			node('Items', 'n8n-nodes-base.code', 2, { jsCode: `return ${items};` }),
			...(file ? [read] : []),
			{
				...node('Wait', 'n8n-nodes-transcription.transcription', 1, {
					provider,
					resource: 'transcription',
					operation: 'submitAndWait',
					...source,
					metadata: { pair: [{ key: 'i', value: "={{ $('Items').item.json.i }}" }] },
					...wait,
					// One recording at a time, so that the jobs are in the order of the items.
					options: { ...options, initialPoll: 0, concurrency: 1, ...(wait?.options as object) },
				}),
				credentials: credentialsOf(on.credential),
				...more,
			},
			node('After', 'n8n-nodes-base.noOp', 1, {}),
			node('Error', 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: {
			Start: { main: [to('Items')] },
			Items: { main: [to(file ? 'Read' : 'Wait')] },
			...(file && { Read: { main: [to('Wait')] } }),
			Wait: { main: [to('After'), to('Error')] },
		},
	};
}

async function published(on: Testbed, batch: Batch = {}): Promise<{ workflow: Workflow; start(): Promise<string> }> {
	const workflow = await on.client.createWorkflow(definition(on, batch));
	await on.client.publish(workflow.id);
	const path = String(workflow.nodes.find(({ name }) => name === 'Start')?.parameters.path);
	const start = async () => {
		const before = new Set((await on.client.listExecutions(workflow.id)).map(({ id }) => id));
		await fetch(`${on.n8n.url}/webhook/${path}`, { method: 'POST' });
		return await eventually(
			async () => (await on.client.listExecutions(workflow.id)).find(({ id }) => !before.has(id))?.id,
		);
	};
	return { workflow, start };
}

async function eventually<T>(ask: () => Promise<T | undefined>, timeoutMs = 2 * MINUTES): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const found = await ask();
		if (found !== undefined && found !== false) return found;
		if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s`);
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
}

async function untilWaiting(on: Testbed, id: string): Promise<Execution> {
	return await eventually(async () => {
		const execution = await on.client.getExecution(id);
		if (['success', 'error', 'crashed'].includes(execution.status))
			throw new Error(`It isn’t waiting: ${execution.status} ${execution.error?.message}`);
		return execution.status === 'waiting' ? execution : undefined;
	});
}

const numbers = (execution: Execution, name = 'After') =>
	outputOf(execution, name).map(({ json }) => (json.metadata as { i: string } | undefined)?.i);

/** Starts a waiting execution whose jobs don't finish until they are released. */
async function waiting(batch: Batch = {}): Promise<{ id: string; workflow: Workflow; jobs: string[] }> {
	testbed().sandbox.configure({ hold: 'processing' });
	const { start, workflow } = await published(testbed(), batch);
	const id = await start();
	await untilWaiting(testbed(), id);
	return {
		id,
		workflow,
		jobs: testbed()
			.sandbox.jobs.list()
			.map((job) => job.id),
	};
}

const release = () => testbed().sandbox.jobs.release();

/** Returns the callback URL of a job that the service received. */
async function callbackUrlOf(job: string): Promise<string> {
	const answer = await fetch(`${testbed().sandbox.baseUrl('assemblyAi')}/v2/transcript/${job}`, {
		headers: { authorization: API_KEY },
	});
	return ((await answer.json()) as { webhook_url: string }).webhook_url;
}

/** Parameters that make the node reject one item's recording. */
const oneUnfit = (on = testbed()): Record<string, unknown> => ({
	audioUrl: `={{ $json.i === 1 ? 'nonsense' : '${on.sandbox.origin}/samples/${sample(on.sandbox).file}' }}`,
});

let deadlines: { id: string; jobs: string[] };
let mixed: { id: string; jobs: string[] };
/** Starts work that takes a minute. Other tests run in the meantime, except those that kill n8n. */
async function beginDeadlines(): Promise<void> {
	const on = open(silent);
	on.sandbox.configure({ hold: 'processing' });
	const soon = { deadlineAmount: 0.05, deadlineUnit: 'minutes' };
	const { start } = await published(on, { items: THREE, wait: soon });
	const id = await start();
	await untilWaiting(on, id);
	deadlines = { id, jobs: on.sandbox.jobs.list().map((job) => job.id) };
	on.sandbox.jobs.release(deadlines.jobs[0]);
	const other = await published(on, {
		items: THREE,
		wait: { ...soon, ...oneUnfit(on) },
		node: { onError: 'continueErrorOutput' },
	});
	const otherId = await other.start();
	await untilWaiting(on, otherId);
	mixed = {
		id: otherId,
		jobs: on.sandbox.jobs
			.list()
			.slice(3)
			.map((job) => job.id),
	};
}

describe('a batch of recordings', () => {
	it('resumes with all transcripts in item order when the last one has finished', async () => {
		const { id, jobs } = await waiting({ items: THREE });
		for (const job of [...jobs].reverse()) {
			testbed().sandbox.jobs.release(job);
			await testbed().sandbox.callbacks.settled();
		}
		const execution = await testbed().client.waitForExecution(id);

		const { text } = sample(testbed().sandbox);
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'After').map(({ json }) => json)).toEqual(
			jobs.map((job, i) => expect.objectContaining({ status: 'completed', id: job, text, metadata: { i: String(i) } })),
		);
		expect(outputOf(execution, 'After').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(requestsTo(testbed().sandbox).filter((line) => line.startsWith('POST'))).toHaveLength(3);
	});

	it('resumes with failed jobs at their items’ positions', async () => {
		testbed().sandbox.jobs.failNext('Audio file is corrupted');
		const { id } = await waiting({ items: THREE });
		release();
		const execution = await testbed().client.waitForExecution(id);
		expect(numbers(execution)).toEqual(['0', '1', '2']);
		expect(outputOf(execution, 'After').map(({ json }) => json.status)).toEqual(['failed', 'completed', 'completed']);
		expect(outputOf(execution, 'After')[0]?.json.errorMessage).toBe('Audio file is corrupted');
	});

	it('resumes with error items for recordings that couldn’t be submitted, in item order, if the node continues on errors', async () => {
		const { id, jobs } = await waiting({ items: THREE, wait: oneUnfit(), node: { onError: 'continueRegularOutput' } });
		release();
		const execution = await testbed().client.waitForExecution(id);
		expect(jobs).toHaveLength(2);
		expect(outputOf(execution, 'After').map(({ json }) => json)).toEqual([
			expect.objectContaining({ id: jobs[0], status: 'completed' }),
			expect.objectContaining({ error: expect.stringContaining('nonsense') }),
			expect.objectContaining({ id: jobs[1], status: 'completed' }),
		]);
	});

	it('sends items that couldn’t be submitted to the error output', async () => {
		const { id, jobs } = await waiting({ items: THREE, wait: oneUnfit(), node: { onError: 'continueErrorOutput' } });
		release();
		const execution = await testbed().client.waitForExecution(id);
		expect(outputOf(execution, 'After').map(({ json }) => json.id)).toEqual(jobs);
		expect(outputOf(execution, 'Error').map(({ json }) => json)).toEqual([
			expect.objectContaining({ i: 1, error: expect.stringContaining('nonsense') }),
		]);
	});

	it('names the submitted jobs if the node stops on errors', async () => {
		testbed().sandbox.configure({ hold: 'processing' });
		testbed().sandbox.httpFaults.add({ kind: 'status', status: 400, match: assemblyAi.requests.submit, skip: 1 });
		const { start } = await published(testbed(), { items: THREE });
		const execution = await testbed().client.waitForExecution(await start());
		expect(execution.status).toBe('error');
		const submitted = testbed()
			.sandbox.jobs.list()
			.map((job) => job.id);
		for (const job of submitted) expect(execution.error?.description).toContain(job);
	});

	it('doesn’t wait if nothing could be submitted', async () => {
		const { start } = await published(testbed(), {
			items: THREE,
			wait: { audioUrl: 'nonsense' },
			node: { onError: 'continueRegularOutput' },
		});
		const execution = await testbed().client.waitForExecution(await start());
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'After').map(({ json }) => Object.keys(json))).toEqual(
			Array(3).fill(['error', 'message']),
		);
	});

	it('waits in every iteration of a loop', async () => {
		testbed().sandbox.configure({ jobSeconds: 1 });
		const batch = definition(testbed(), { items: THREE });
		batch.nodes.push(node('Loop', 'n8n-nodes-base.splitInBatches', 3, { options: {} }));
		batch.connections = {
			Start: { main: [to('Items')] },
			Items: { main: [to('Loop')] },
			Loop: { main: [to('After'), to('Wait')] },
			Wait: { main: [to('Loop')] },
		};
		const workflow = await testbed().client.createWorkflow(batch);
		await testbed().client.publish(workflow.id);
		await fetch(`${testbed().n8n.url}/webhook/${String(workflow.nodes[0]?.parameters.path)}`, { method: 'POST' });
		const executionId = await eventually(async () => (await testbed().client.listExecutions(workflow.id))[0]?.id);
		const execution = await testbed().client.waitForExecution(executionId, MINUTES);
		expect(execution.status).toBe('success');
		expect(numbers(execution)).toEqual(['0', '1', '2']);
	});
});

/**
 * While n8n starts, it reports waiting executions as crashed, and a moment later as waiting again. Only then does it
 * print the editor's URL.
 */
async function recovered(logsBefore: string): Promise<void> {
	const starts = (logs: string) => logs.split('Editor is now accessible').length;
	await eventually(async () => (starts(testbed().n8n.logs()) > starts(logsBefore) ? true : undefined), MINUTES);
}

/** Waits until the node has sent its self-probe. After that, only callbacks cause requests to the service. */
async function looked(): Promise<void> {
	const { method, path } = assemblyAi.requests.fetch;
	await eventually(async () =>
		requestsTo(testbed().sandbox).some((line) => line.startsWith(method) && line.includes(path.replace('*', '')))
			? true
			: undefined,
	);
}

describe('a waiting execution, when n8n', () => {
	it.each([
		['was stopped', async () => await testbed().n8n.stop()],
		['was killed', async () => await testbed().n8n.kill()],
	])(
		'%s and restarted, resumes',
		async (_, end) => {
			const { id, jobs } = await waiting({ items: THREE });
			await end();
			const before = testbed().n8n.logs();
			await testbed().n8n.restart();
			await recovered(before);
			release();
			const execution = await testbed().client.waitForExecution(id, MINUTES);
			expect([execution.status, execution.error]).toEqual(['success', undefined]);
			expect(outputOf(execution, 'After').map(({ json }) => json.id)).toEqual(jobs);
		},
		5 * MINUTES,
	);
});

describe('a waiting execution', () => {
	beforeAll(beginDeadlines, 2 * MINUTES);

	it('can be started manually', async () => {
		testbed().sandbox.configure({ hold: 'processing' });
		const start = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
		const workflow = await testbed().client.createWorkflow(definition(testbed(), { items: THREE, start }));
		const { executionId = '' } = await testbed().client.runManually({
			workflowId: workflow.id,
			triggerNodeName: 'Start',
		});
		await untilWaiting(testbed(), executionId);
		release();
		expect(numbers(await testbed().client.waitForExecution(executionId))).toEqual(['0', '1', '2']);
	});

	it('can be a sub-workflow, whose parent receives the transcripts', async () => {
		testbed().sandbox.configure({ hold: 'processing' });
		const start = node('Start', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' });
		const child = definition(testbed(), { items: THREE, start });
		child.nodes = child.nodes.filter(({ name }) => name !== 'Error');
		child.connections.Wait = { main: [to('After')] };
		const { id: childId } = await testbed().client.createWorkflow(child);
		await testbed()
			.client.publish(childId)
			.catch(() => undefined);
		const path = crypto.randomUUID();
		const parent = await testbed().client.createWorkflow({
			name: 'Parent',
			settings: { executionOrder: 'v1' },
			nodes: [
				node('Start', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path, options: {} }),
				node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, {
					source: 'database',
					workflowId: { __rl: true, mode: 'id', value: childId },
					workflowInputs: { mappingMode: 'defineBelow', value: {} },
					options: {},
				}),
				node('After', 'n8n-nodes-base.noOp', 1, {}),
			],
			connections: { Start: { main: [to('Call')] }, Call: { main: [to('After')] } },
		});
		await testbed().client.publish(parent.id);
		await fetch(`${testbed().n8n.url}/webhook/${path}`, { method: 'POST' });
		const executionId = await eventually(async () => (await testbed().client.listExecutions(parent.id))[0]?.id);
		await untilWaiting(testbed(), executionId);
		release();
		const execution = await testbed().client.waitForExecution(executionId);
		expect(numbers(execution)).toEqual(['0', '1', '2']);
		expect(outputOf(execution, 'After')[0]?.json.text).toBe(sample(testbed().sandbox).text);
	});

	it('continues waiting if a callback can’t be verified', async () => {
		const { id, jobs } = await waiting();
		const [job = ''] = jobs;
		const url = await callbackUrlOf(job);
		for (const { body, headers } of assemblyAi.forgeries(job)) {
			const answer = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: JSON.stringify(body),
			});
			expect(answer.status).toBe(401);
		}
		expect((await testbed().client.getExecution(id)).status).toBe('waiting');
		expect(testbed().n8n.logs()).toContain('Responded with 401');
		release();
		expect((await testbed().client.waitForExecution(id)).status).toBe('success');
	});

	it('resumes once, however often and late the last callbacks arrive', async () => {
		const { id, jobs, workflow } = await waiting({ items: THREE });
		testbed().sandbox.callbacks.addFault({ kind: 'doubled', copies: 4, next: 3 });
		release();
		const execution = await testbed().client.waitForExecution(id);
		await testbed().sandbox.callbacks.settled();
		testbed().sandbox.callbacks.redeliver(jobs[0] ?? '', { copies: 3, mode: 'simultaneous' });
		await testbed().sandbox.callbacks.settled();
		expect(execution.status).toBe('success');
		expect(numbers(execution)).toEqual(['0', '1', '2']);
		const all = await testbed().client.listExecutions(workflow.id);
		expect(all.map((one) => [one.id, one.status])).toEqual([[id, 'success']]);
		expect((await testbed().client.getExecution(id)).runs.After).toHaveLength(1);
	});

	it('resumes on a repeated callback if the service was unavailable at first', async () => {
		const { id, jobs } = await waiting();
		await looked();
		testbed().sandbox.httpFaults.add({ kind: 'status', status: 500, match: assemblyAi.requests.fetch, next: 5 });
		release();
		expect((await testbed().client.waitForExecution(id, MINUTES)).status).toBe('success');
		expect(testbed().sandbox.callbacks.deliveries(jobs[0])[0]?.attempts[0]?.status).toBe(503);
	});

	it('resumes if the service takes longer to return the transcript than it waits for the callback response', async () => {
		const { id, jobs } = await waiting();
		await looked();
		testbed().sandbox.httpFaults.add({ kind: 'slow', seconds: 9, match: assemblyAi.requests.fetch, next: 1 });
		release();
		const execution = await testbed().client.waitForExecution(id, MINUTES);
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'After').map(({ json }) => json)).toEqual([
			expect.objectContaining({ id: jobs[0], status: 'completed' }),
		]);
		expect(testbed().sandbox.callbacks.deliveries(jobs[0])[0]?.attempts[0]?.status).toBe(503);
		await testbed().sandbox.callbacks.settled();
		expect((await testbed().client.getExecution(id)).runs.After).toHaveLength(1);
	});

	it('resumes at every waiting node with its own jobs although late callbacks are repeated', async () => {
		testbed().sandbox.configure({ hold: 'processing' });
		const batch = definition(testbed(), { items: THREE });
		const first = batch.nodes.find(({ name }) => name === 'Wait')!;
		batch.nodes.push({ ...first, id: crypto.randomUUID(), name: 'Again' });
		batch.connections = {
			Start: { main: [to('Items')] },
			Items: { main: [to('Wait')] },
			Wait: { main: [to('Again')] },
			Again: { main: [to('After')] },
		};
		const workflow = await testbed().client.createWorkflow(batch);
		await testbed().client.publish(workflow.id);
		await fetch(`${testbed().n8n.url}/webhook/${String(workflow.nodes[0]?.parameters.path)}`, { method: 'POST' });
		const id = await eventually(async () => (await testbed().client.listExecutions(workflow.id))[0]?.id);
		await untilWaiting(testbed(), id);
		const jobs = () =>
			testbed()
				.sandbox.jobs.list()
				.map((job) => job.id);
		const earlier = jobs();
		for (const job of earlier) testbed().sandbox.jobs.release(job);
		await eventually(async () => (jobs().length === 6 ? true : undefined));
		await untilWaiting(testbed(), id);
		testbed().sandbox.callbacks.redeliver(earlier[2] ?? '', { copies: 3, mode: 'simultaneous' });
		await testbed().sandbox.callbacks.settled();
		expect((await testbed().client.getExecution(id)).status).toBe('waiting');
		release();
		const execution = await testbed().client.waitForExecution(id);
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Wait').map(({ json }) => json.id)).toEqual(earlier);
		expect(outputOf(execution, 'After').map(({ json }) => json.id)).toEqual(jobs().slice(3));
	});

	it('accepts no callback after it was stopped', async () => {
		const { id, workflow } = await waiting();
		await testbed().client.stopExecution(id);
		release();
		await testbed().sandbox.callbacks.settled();
		const all = await testbed().client.listExecutions(workflow.id);
		expect(all.map((one) => [one.id, one.status])).toEqual([[id, 'canceled']]);
	});

	it('resumes with its original version even if the workflow is unpublished in the meantime', async () => {
		const { id, workflow, jobs } = await waiting();
		await testbed().client.unpublish(workflow.id);
		release();
		const execution = await testbed().client.waitForExecution(id);
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'After').map(({ json }) => json.id)).toEqual(jobs);
	});
});

describe('a short recording', () => {
	it('returns after the initial poll without waiting', async () => {
		testbed().sandbox.callbacks.addFault({ kind: 'lost', next: 3 });
		const { start } = await published(testbed(), {
			items: THREE,
			wait: { options: { initialPoll: 30, files: ['srt'] } },
		});
		const execution = await testbed().client.waitForExecution(await start(), MINUTES);
		expect(numbers(execution)).toEqual(['0', '1', '2']);
		expect(outputOf(execution, 'After')[0]).toMatchObject({
			json: { text: sample(testbed().sandbox).text },
			binary: { srt: { fileName: expect.stringMatching(/srt$/) } },
		});
		expect(execution.waitTill ?? null).toBeNull();
	});
});

describe.each(WITH_CALLBACKS.map((profile) => [profile.name, profile] as const))('%s', (name, profile) => {
	it(
		'resumes even if callbacks arrive before the execution is waiting',
		async () => {
			const on = open(profile);
			on.sandbox.configure({ jobSeconds: 0 });
			const { start } = await published(on, { items: THREE, file: sample(on.sandbox).path });
			const id = await start();
			const execution = await on.client.waitForExecution(id, MINUTES);
			const statuses = on.sandbox.callbacks
				.deliveries()
				.map(({ attempts }) => attempts.map(({ status }) => status).join(' '));
			process.stdout.write(`${name}: callbacks answered ${JSON.stringify(statuses)}\n`);
			expect(numbers(execution)).toEqual(['0', '1', '2']);
			expect(outputOf(execution, 'After').map(({ json }) => json.status)).toEqual(Array(3).fill('completed'));
			expect(statuses[0]).toMatch(/^409/);
		},
		2 * MINUTES,
	);
});

describe('an AI agent', () => {
	let model: LanguageModel | undefined;
	afterAll(async () => await model?.close());

	it(
		'can’t use it as a tool that waits for a callback, and the error names the alternative',
		async () => {
			model = await startLanguageModel({
				Audio_URL: `${testbed().sandbox.origin}/samples/${sample(testbed().sandbox).file}`,
			});
			const openAi = await testbed().client.createCredential('Language model', 'openAiApi', {
				apiKey: 'any',
				url: model.url,
				header: false,
			});
			const agent = node('Agent', '@n8n/n8n-nodes-langchain.agent', 2, {
				promptType: 'define',
				text: 'Have the call transcribed.',
				options: {},
			});
			const chat = node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
				model: { __rl: true, mode: 'id', value: 'stand-in' },
				options: {},
			});
			const tool = node('Tool', 'n8n-nodes-transcription.transcriptionTool', 1, {
				toolDescription: 'Transcribes recordings',
				operation: 'submitAndWait',
				waitBy: 'callback',
				source: 'url',
				audioUrl: "={{ $fromAI('Audio_URL', 'Address of the recording', 'string') }}",
			});
			const workflow = await testbed().client.createWorkflow({
				name: 'Agent',
				settings: { executionOrder: 'v1' },
				nodes: [
					node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
					agent,
					{ ...chat, credentials: { openAiApi: { id: openAi.id, name: openAi.name } } },
					{ ...tool, credentials: credentialsOf(testbed().credential) },
				],
				connections: {
					Start: { main: [to('Agent')] },
					Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
					Tool: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
				},
			});
			const { executionId = '' } = await testbed().client.runManually({
				workflowId: workflow.id,
				triggerNodeName: 'Start',
			});
			const execution = await testbed().client.waitForExecution(executionId, MINUTES);
			expect(JSON.stringify([execution.data, execution.error])).toContain(
				'As an AI agent tool, Submit and Wait can’t wait for a callback',
			);
			expect(requestsTo(testbed().sandbox)).toEqual([]);
		},
		2 * MINUTES,
	);
});

describe('deadline', () => {
	it(
		'resumes the execution with the IDs of all its jobs, even finished ones, without requests to the service',
		async () => {
			const execution = await open(silent).client.waitForExecution(deadlines.id, 3 * MINUTES);
			expect(execution.status).toBe('success');
			expect(outputOf(execution, 'After').map(({ json }) => json)).toEqual(
				deadlines.jobs.map((id, i) => ({
					status: 'processing',
					id,
					metadata: { i: String(i) },
					provider: 'assemblyAi',
					eventId: `assemblyAi:${id}:processing`,
					recordingName: sample(open(silent).sandbox).file,
					timedOut: true,
					deadline: expect.stringMatching(/Z$/),
				})),
			);
		},
		4 * MINUTES,
	);

	it(
		'sends items that couldn’t be submitted to the error output',
		async () => {
			const execution = await open(silent).client.waitForExecution(mixed.id, 3 * MINUTES);
			expect(execution.status).toBe('success');
			expect(outputOf(execution, 'After').map(({ json }) => [json.id, json.timedOut])).toEqual(
				mixed.jobs.map((id) => [id, true]),
			);
			expect(outputOf(execution, 'Error').map(({ json }) => json)).toEqual([
				expect.objectContaining({ error: expect.stringContaining('nonsense') }),
			]);
		},
		4 * MINUTES,
	);
});
