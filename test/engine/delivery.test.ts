import type { INodeParameters } from 'n8n-workflow';
import { inMemory, record, run, submit, type Result, type Setup, WORKFLOW_ID } from './harness';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

jest.setTimeout(30_000);
const service = useSandbox();
const open: TriggerEndpoint[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (endpoint) => await endpoint.close())));

/** Submits a recording for a trigger, lets the service call back, and waits for the executions that this starts. */
async function delivered(trigger: INodeParameters = {}, job: INodeParameters = {}, more: Partial<Setup> = {}): Promise<Result[]> {
	const endpoint = await startTrigger(trigger, service.setup(more));
	open.push(endpoint);
	const submitted = await submit(job, [inMemory(RECORDING)], service.setup({ webhookBase: endpoint.base }));
	expect(submitted.error).toBeUndefined();
	await service.sandbox.settled();
	return await Promise.all(endpoint.executions);
}

/** The trigger's execution for a job, as a callback starts it. */
async function executed(id: string, more: Partial<Setup> = {}, parameters: INodeParameters = {}): Promise<Result> {
	const received = { eventId: `assemblyAi:${id}:completed`, provider: 'assemblyAi', id, status: 'completed' };
	return await run('transcriptionTrigger', parameters, [{ json: received }], service.setup({ mode: 'webhook', ...more }));
}

/** ID of a finished job that was submitted for the trigger of a workflow, whose callback went nowhere. */
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

describe('a callback becomes', () => {
	it('the transcript, at the output Completed, with the metadata', async () => {
		const pair = [{ key: 'contactId', value: 'Grüße & 4711' }, { key: 'a.b', value: '' }];
		const [result] = await delivered({}, { metadata: { pair } });
		expect(result && shape(result)).toEqual([1, 0]);
		expect(result?.json[0]).toMatchObject({
			status: 'completed',
			text: TEXT,
			ref: expect.stringMatching(/^[\w-]{12}$/),
			metadata: { contactId: 'Grüße & 4711', 'a.b': '' },
		});
	});

	it('as much of the transcript as was chosen', async () => {
		const [result] = await delivered({ output: 'words' });
		expect(result?.json[0]?.words).toHaveLength(8);
	});

	it('an item at the output Failed, with the reason', async () => {
		service.sandbox.jobs.failNext('Download error');
		const [result] = await delivered();
		expect(result && shape(result)).toEqual([0, 1]);
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({ status: 'failed', errorMessage: 'Download error' });
	});

	it('a failed execution for a failed job, where that is chosen, with reason and ID', async () => {
		service.sandbox.jobs.failNext('Download error');
		const [result] = await delivered({ options: { failExecution: true } });
		expect(result?.error?.message).toContain('couldn’t transcribe');
		expect(result?.error?.description).toContain('Download error');
		expect(result?.error?.description).toContain(service.sandbox.jobs.list()[0]?.id);
	});

	it('an item with the reason, where a failed job shall fail the execution, but the node shall continue', async () => {
		service.sandbox.jobs.failNext('Download error');
		const [result] = await delivered({ options: { failExecution: true } }, {}, { onError: 'continueRegularOutput' });
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({ status: 'failed', errorMessage: expect.stringContaining('Download error') });
	});

	it('an item at the output Failed, where an expression turned the failing of the execution off with text', async () => {
		service.sandbox.jobs.failNext('Download error');
		const [result] = await delivered({ options: { failExecution: '={{ "false" }}' } });
		expect([result && shape(result), result?.error]).toEqual([[0, 1], undefined]);
	});

	it('no more than what it said, where an expression turned fetching off with text', async () => {
		const [result] = await delivered({ fetchTranscript: '={{ "false" }}' });
		expect(result?.json[0]).not.toHaveProperty('text');
		expect(service.asked().filter((request) => request.startsWith('GET'))).toEqual([]);
	});

	it('no more than what it said, where the transcript is not wanted', async () => {
		const [result] = await delivered({ fetchTranscript: false });
		expect(result?.json[0]).toMatchObject({ id: service.sandbox.jobs.list()[0]?.id, status: 'completed' });
		expect(result?.json[0]).not.toHaveProperty('text');
		expect(service.asked().filter((request) => request.startsWith('GET'))).toEqual([]);
	});

	it('two events where redacted audio was asked for, one with its URL', async () => {
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

describe('a callback is handled once', () => {
	it('though the service sends it three times', async () => {
		service.sandbox.callbacks.addFault({ kind: 'doubled', copies: 3 });
		const results = await delivered();
		expect(results).toHaveLength(3);
		expect(results.map((result) => result.json.length).sort()).toEqual([0, 0, 1]);
	});

	it('though it comes again after it was handled', async () => {
		const id = await aJobFor();
		const first = await executed(id);
		const second = await executed(id);
		expect([first.json.length, second.json.length, second.error]).toEqual([1, 0, undefined]);
	});

	it('and none of twenty that come together is lost from the record', async () => {
		const ids = await jobsFor(20);
		const all = async () => await Promise.all(ids.map(async (id) => await executed(String(id))));
		expect((await all()).map(({ json }) => json[0]?.id)).toEqual(ids);
		const again = await all();
		expect(again.flatMap(({ json }) => json)).toEqual([]);
	});

	it('though twenty deliveries of it come together', async () => {
		const id = await aJobFor();
		const results = await Promise.all(Array.from({ length: 20 }, async () => await executed(id)));
		expect(results.flatMap(({ json }) => json)).toHaveLength(1);
	});

	it('by each workflow on its own', async () => {
		const trigger = { fetchTranscript: false };
		const results = [await executed('job-w', {}, trigger), await executed('job-w', { workflowId: 'Other' }, trigger)];
		expect(results.map(({ json }) => json.length)).toEqual([1, 1]);
	});

	it('though another process was quicker with the first record', async () => {
		const id = await aJobFor();
		record.failures = 2;
		expect((await executed(id)).json).toHaveLength(1);
	});
});

describe('a callback is not recorded as handled', () => {
	it('where the fetch failed, so that it can be handled later', async () => {
		const id = await aJobFor();
		service.sandbox.httpFaults.add({ kind: 'status', status: 403 });
		const failed = await executed(id);
		expect(failed.error?.message).toContain('does not allow this API key');
		expect(record.recorded(WORKFLOW_ID)).not.toContain(`assemblyAi:${id}:completed`);
		expect((await executed(id)).json).toHaveLength(1);
	});

	it('where a switch of the trigger comes from an expression that fails', async () => {
		const id = await aJobFor();
		const { error } = await executed(id, {}, { options: { failExecution: '={{ "perhaps" }}' } });
		expect(error?.message).toContain('“Fail on Failed Jobs” is "perhaps"');
		expect(record.recorded(WORKFLOW_ID)).not.toContain(`assemblyAi:${id}:completed`);
	});

	it('in a test by hand, which may be repeated', async () => {
		const id = await aJobFor();
		const results = [await executed(id, { mode: 'manual' }), await executed(id, { mode: 'manual' })];
		expect(results.map(({ json }) => json.length)).toEqual([1, 1]);
		expect(record.recorded(WORKFLOW_ID)).not.toContain(`assemblyAi:${id}:completed`);
	});

	it('where it names a job of another workflow, and nothing is put out', async () => {
		const id = await aJobFor('Other');
		const result = await executed(id);
		expect([shape(result), result.error]).toEqual([[0, 0], undefined]);
		expect(record.recorded(WORKFLOW_ID)).not.toContain(`assemblyAi:${id}:completed`);
	});

	it('and said to be of unknown origin, where it names a job without any callback', async () => {
		const { json } = await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup());
		await service.sandbox.settled();
		const { error } = await executed(String(json[0]?.id));
		expect(error?.message).toContain('didn’t report the callback URL of the job');
		expect(record.recorded(WORKFLOW_ID)).not.toContain(`assemblyAi:${String(json[0]?.id)}:completed`);
	});
});

describe('an execution that is retried', () => {
	it('puts out what it did before, although that is recorded', async () => {
		const id = await aJobFor();
		await executed(id);
		expect((await executed(id, { mode: 'retry' })).json).toHaveLength(1);
	});

	it('leaves a record, so that a later delivery is dropped', async () => {
		const id = await aJobFor();
		await executed(id, { mode: 'retry' });
		expect((await executed(id)).json).toEqual([]);
	});
});

describe('an execution whose node n8n tries again', () => {
	it('fails with the reason of the failed job, though the first try recorded it', async () => {
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

	it('puts out the transcript that only the second try could fetch', async () => {
		const id = await aJobFor();
		service.sandbox.httpFaults.add({ kind: 'status', status: 403 });
		expect((await executed(id, { retryOnFail: true })).json).toMatchObject([{ id, text: TEXT }]);
	});
});

describe('a transcript that cannot be fetched', () => {
	it('fails the execution and names the job', async () => {
		const { error } = await executed('gone-1');
		expect(`${error?.message} ${error?.description}`).toContain('gone-1');
	});

	it('leaves through Failed where the node shall continue', async () => {
		const result = await executed('gone-2', { onError: 'continueRegularOutput' });
		expect(shape(result)).toEqual([0, 1]);
		const [item] = result.outputs[1] ?? [];
		expect(item?.json).toMatchObject({ id: 'gone-2', errorMessage: expect.stringContaining('gone-2') });
		// It was not recorded and will come again: nobody may acknowledge it, or take its place in a CRM.
		expect(item?.json).not.toHaveProperty('eventId');
	});

	it('is asked for again where the service still reports it as running', async () => {
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
