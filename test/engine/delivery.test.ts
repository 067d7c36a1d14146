import type { INodeParameters } from 'n8n-workflow';
import { inMemory, record, run, submit, type Result, type Setup, WORKFLOW_ID } from './harness';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

jest.setTimeout(30_000);
const service = useSandbox();
const open: TriggerEndpoint[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (endpoint) => await endpoint.close())));

/** Submits a recording for a trigger and waits for the executions that its callbacks start. */
async function delivered(
	trigger: INodeParameters = {},
	job: INodeParameters = {},
	more: Partial<Setup> = {},
): Promise<Result[]> {
	const endpoint = await startTrigger(trigger, service.setup(more));
	open.push(endpoint);
	const submitted = await submit(job, [inMemory(RECORDING)], service.setup({ webhookBase: endpoint.base }));
	expect(submitted.error).toBeUndefined();
	await service.sandbox.settled();
	return await Promise.all(endpoint.executions);
}

/** Executes the trigger for a job, as a callback does. */
async function executed(id: string, more: Partial<Setup> = {}, parameters: INodeParameters = {}): Promise<Result> {
	const received = { eventId: `assemblyAi:${id}:completed`, provider: 'assemblyAi', id, status: 'completed' };
	return await run(
		'transcriptionTrigger',
		parameters,
		[{ json: received }],
		service.setup({ mode: 'webhook', ...more }),
	);
}

/** Returns the ID of a finished job that was submitted for a workflow's trigger but whose callback wasn't delivered. */
async function aJobFor(workflowId = WORKFLOW_ID): Promise<string> {
	const [id] = await jobsFor(1, workflowId);
	return String(id);
}

async function jobsFor(count: number, workflowId = WORKFLOW_ID): Promise<unknown[]> {
	service.sandbox.callbacks.addFault({ kind: 'lost', next: count });
	const items = Array.from({ length: count }, () => inMemory(RECORDING));
	const { json } = await submit({}, items, service.setup({ workflowId }));
	await service.sandbox.settled();
	return json.map(({ id }) => id);
}
const shape = ({ outputs }: Result) => outputs.map((items) => items.length);

describe('callback output', () => {
	it('is the transcript with metadata at the output Completed', async () => {
		const pair = [
			{ key: 'contactId', value: 'Grüße & 4711' },
			{ key: 'a.b', value: '' },
		];
		const [result] = await delivered({}, { metadata: { pair } });
		expect(result && shape(result)).toEqual([1, 0]);
		expect(result?.json[0]).toMatchObject({
			status: 'completed',
			text: TEXT,
			ref: expect.stringMatching(/^[\w-]{12}$/),
			metadata: { contactId: 'Grüße & 4711', 'a.b': '' },
		});
	});

	it('contains the selected details of the transcript', async () => {
		const [result] = await delivered({ output: 'words' });
		expect(result?.json[0]?.words).toHaveLength(8);
	});

	it('is an item with the reason at the output Failed', async () => {
		service.sandbox.jobs.failNext('Download error');
		const [result] = await delivered();
		expect(result && shape(result)).toEqual([0, 1]);
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({ status: 'failed', errorMessage: 'Download error' });
	});

	it('fails the execution for a failed job if selected, with the reason and ID', async () => {
		service.sandbox.jobs.failNext('Download error');
		const [result] = await delivered({ options: { failExecution: true } });
		expect(result?.error?.message).toContain('couldn’t transcribe');
		expect(result?.error?.description).toContain('Download error');
		expect(result?.error?.description).toContain(service.sandbox.jobs.list()[0]?.id);
	});

	it('is an item with the reason if a failed job fails the execution but the node continues on errors', async () => {
		service.sandbox.jobs.failNext('Download error');
		const [result] = await delivered({ options: { failExecution: true } }, {}, { onError: 'continueRegularOutput' });
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({
			status: 'failed',
			errorMessage: expect.stringContaining('Download error'),
		});
	});

	it('is an item at the output Failed if an expression returns “false” for Fail on Failed Jobs', async () => {
		service.sandbox.jobs.failNext('Download error');
		const [result] = await delivered({ options: { failExecution: '={{ "false" }}' } });
		expect([result && shape(result), result?.error]).toEqual([[0, 1], undefined]);
	});

	it('is only the callback’s content if an expression returns “false” for Fetch Transcript', async () => {
		const [result] = await delivered({ fetchTranscript: '={{ "false" }}' });
		expect(result?.json[0]).not.toHaveProperty('text');
		expect(service.asked().filter((request) => request.startsWith('GET'))).toEqual([]);
	});

	it('is only the callback’s content if fetching is off', async () => {
		const [result] = await delivered({ fetchTranscript: false });
		expect(result?.json[0]).toMatchObject({ id: service.sandbox.jobs.list()[0]?.id, status: 'completed' });
		expect(result?.json[0]).not.toHaveProperty('text');
		expect(service.asked().filter((request) => request.startsWith('GET'))).toEqual([]);
	});

	it('is two events if redacted audio was requested, one with its URL', async () => {
		const trigger = { events: ['completed', 'redactedAudioReady'] };
		const options = { redactPii: true, redactPiiAudio: true, redactPiiPolicies: ['person_name'] };
		const results = await delivered(trigger, { options });
		const json = results.flatMap((result) => result.json);
		expect(json.map(({ status }) => status).sort()).toEqual(['completed', 'redactedAudioReady']);
		expect(json.find(({ status }) => status === 'redactedAudioReady')).toEqual({
			eventId: expect.stringMatching(/^assemblyAi:[\w-]{12}:redactedAudioReady$/),
			provider: 'assemblyAi',
			status: 'redactedAudioReady',
			ref: json.find(({ status }) => status === 'completed')?.ref,
			redactedAudioUrl: expect.stringContaining('http'),
		});
	});
});

describe('a callback is processed once', () => {
	it('if the service sends it three times', async () => {
		service.sandbox.callbacks.addFault({ kind: 'doubled', copies: 3 });
		const results = await delivered();
		expect(results).toHaveLength(3);
		expect(results.map((result) => result.json.length).sort()).toEqual([0, 0, 1]);
	});

	it('if it arrives again after it was processed', async () => {
		const id = await aJobFor();
		const first = await executed(id);
		const second = await executed(id);
		expect([first.json.length, second.json.length, second.error]).toEqual([1, 0, undefined]);
	});

	it('and twenty concurrent ones are all recorded', async () => {
		const ids = await jobsFor(20);
		const all = async () => await Promise.all(ids.map(async (id) => await executed(String(id))));
		expect((await all()).map(({ json }) => json[0]?.id)).toEqual(ids);
		const again = await all();
		expect(again.flatMap(({ json }) => json)).toEqual([]);
	});

	it('if twenty deliveries of it arrive concurrently', async () => {
		const id = await aJobFor();
		const results = await Promise.all(Array.from({ length: 20 }, async () => await executed(id)));
		expect(results.flatMap(({ json }) => json)).toHaveLength(1);
	});

	it('by each workflow separately', async () => {
		const trigger = { fetchTranscript: false };
		const results = [await executed('job-w', {}, trigger), await executed('job-w', { workflowId: 'Other' }, trigger)];
		expect(results.map(({ json }) => json.length)).toEqual([1, 1]);
	});

	it('if another process inserts the first record', async () => {
		const id = await aJobFor();
		record.failures = 2;
		expect((await executed(id)).json).toHaveLength(1);
	});
});

describe('a callback isn’t recorded as received', () => {
	it('if the fetch failed, so that it can be processed later', async () => {
		const id = await aJobFor();
		service.sandbox.httpFaults.add({ kind: 'status', status: 403 });
		const failed = await executed(id);
		expect(failed.error?.message).toContain('doesn’t allow this API key');
		expect(record.recorded(WORKFLOW_ID)).not.toContain(`assemblyAi:${id}:completed`);
		expect((await executed(id)).json).toHaveLength(1);
	});

	it('if an expression for one of the trigger’s toggles fails', async () => {
		const id = await aJobFor();
		const { error } = await executed(id, {}, { options: { failExecution: '={{ "perhaps" }}' } });
		expect(error?.message).toContain('“Fail on Failed Jobs” has an invalid value: "perhaps"');
		expect(record.recorded(WORKFLOW_ID)).not.toContain(`assemblyAi:${id}:completed`);
	});

	it('in a manual execution, which may be repeated', async () => {
		const id = await aJobFor();
		const results = [await executed(id, { mode: 'manual' }), await executed(id, { mode: 'manual' })];
		expect(results.map(({ json }) => json.length)).toEqual([1, 1]);
		expect(record.recorded(WORKFLOW_ID)).not.toContain(`assemblyAi:${id}:completed`);
	});

	it('if it names a job of another workflow, and nothing is emitted', async () => {
		const id = await aJobFor('Other');
		const result = await executed(id);
		expect([shape(result), result.error]).toEqual([[0, 0], undefined]);
		expect(record.recorded(WORKFLOW_ID)).not.toContain(`assemblyAi:${id}:completed`);
	});

	it('if its job has no callback URL, and the error says so', async () => {
		const { json } = await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup());
		await service.sandbox.settled();
		const { error } = await executed(String(json[0]?.id));
		expect(error?.message).toContain('didn’t report the callback URL of the job');
		expect(record.recorded(WORKFLOW_ID)).not.toContain(`assemblyAi:${String(json[0]?.id)}:completed`);
	});
});

describe('a retried execution', () => {
	it('returns the same output although the event is recorded', async () => {
		const id = await aJobFor();
		await executed(id);
		expect((await executed(id, { mode: 'retry' })).json).toHaveLength(1);
	});

	it('records the event, so that a later delivery is dropped', async () => {
		const id = await aJobFor();
		await executed(id, { mode: 'retry' });
		expect((await executed(id)).json).toEqual([]);
	});
});

describe('an execution whose node is retried', () => {
	it('fails with the reason of the failed job even if the first try recorded it', async () => {
		service.sandbox.jobs.failNext('Download error');
		const id = await aJobFor();
		const received = { eventId: `assemblyAi:${id}:failed`, provider: 'assemblyAi', id, status: 'failed' };
		const { error, outputs } = await run(
			'transcriptionTrigger',
			{ options: { failExecution: true } },
			[{ json: received }],
			service.setup({ mode: 'webhook', retryOnFail: true }),
		);
		expect(outputs.flat()).toEqual([]);
		expect(error?.description).toContain('Download error');
	});

	it('returns the transcript if only the second try could fetch it', async () => {
		const id = await aJobFor();
		service.sandbox.httpFaults.add({ kind: 'status', status: 403 });
		expect((await executed(id, { retryOnFail: true })).json).toMatchObject([{ id, text: TEXT }]);
	});
});

describe('a transcript that can’t be fetched', () => {
	it('fails the execution and names the job', async () => {
		const { error } = await executed('gone-1');
		expect(`${error?.message} ${error?.description}`).toContain('gone-1');
	});

	it('is emitted at the output Failed if the node continues on errors', async () => {
		const result = await executed('gone-2', { onError: 'continueRegularOutput' });
		expect(shape(result)).toEqual([0, 1]);
		const [item] = result.outputs[1] ?? [];
		expect(item?.json).toMatchObject({ id: 'gone-2', errorMessage: expect.stringContaining('gone-2') });
		// The event wasn't recorded and will be delivered again, so it mustn't be acknowledged or stored in a CRM.
		expect(item?.json).not.toHaveProperty('eventId');
	});

	it('is fetched again if the service still reports the job as running', async () => {
		service.sandbox.jobs.hold('processing');
		const { json } = await submit({}, [inMemory(RECORDING)], service.setup());
		const id = String(json[0]?.id);
		const execution = executed(id);
		service.sandbox.callbacks.addFault({ kind: 'lost' });
		await new Promise((resolve) => setTimeout(resolve, 200));
		service.sandbox.jobs.release();
		expect((await execution).json[0]).toMatchObject({ id, text: TEXT });
	});
});
