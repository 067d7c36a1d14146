import type { INodeParameters } from 'n8n-workflow';
import { inMemory, type Result, type Setup, submit } from './harness';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

jest.setTimeout(30_000);
const service = useSandbox('revAi');
const PROVIDER: INodeParameters = { provider: 'revAi' };
const METADATA = { contactId: 'Grüße & 4711' };
const PAIR = [{ key: 'contactId', value: METADATA.contactId }];

const open: TriggerEndpoint[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (endpoint) => await endpoint.close())));

async function published(parameters: INodeParameters = {}, more: Partial<Setup> = {}): Promise<TriggerEndpoint> {
	const endpoint = await startTrigger({ ...PROVIDER, ...parameters }, service.setup(more));
	open.push(endpoint);
	return endpoint;
}

/** Submits a recording for a trigger and waits for the executions that its callback starts. */
async function delivered(
	trigger: TriggerEndpoint,
	job: INodeParameters = {},
	more: Partial<Setup> = {},
): Promise<Result[]> {
	const parameters = { ...PROVIDER, metadata: { pair: PAIR }, ...job };
	const setup = service.setup({ webhookBase: trigger.base, ...more });
	const submitted = await submit(parameters, [inMemory(RECORDING)], setup);
	expect(submitted.error).toBeUndefined();
	await service.sandbox.settled();
	return await Promise.all(trigger.executions);
}
const shape = ({ outputs }: Result) => outputs.map((items) => items.length);
/** The statuses of the trigger's responses. */
const answers = () =>
	service.sandbox.callbacks.deliveries().map(({ attempts }) => attempts.map(({ status }) => status));

describe('Rev AI callback', () => {
	it('outputs the transcript with the user’s metadata at Completed', async () => {
		const [result] = await delivered(await published());
		expect(result && shape(result)).toEqual([1, 0]);
		expect(result?.json[0]).toMatchObject({ status: 'completed', text: TEXT, metadata: METADATA });
	});

	it('is acknowledged with status 200, because Rev AI repeats it after any other status', async () => {
		await delivered(await published());
		expect(answers()).toEqual([[200]]);
	});

	it('waits for the summary, which may take longer than the transcript', async () => {
		const [result] = await delivered(await published(), { options: { summarize: true } });
		expect(result?.json[0]).toMatchObject({ text: TEXT, summary: 'Hello, this is Ada. Hi Ada, Charles here.' });
	});

	it.each([404, 406])('outputs the transcript at Completed if its summary is missing: %d', async (status) => {
		const path = '/speechtotext/v1/jobs/*/transcript/summary';
		service.sandbox.httpFaults.add({ kind: 'status', status, probability: 1, match: { path } });
		const [result] = await delivered(await published(), { options: { summarize: true } });
		expect(result && shape(result)).toEqual([1, 0]);
		expect(result?.json[0]).toMatchObject({
			status: 'completed',
			text: TEXT,
			warnings: [expect.stringContaining('didn’t return the summary')],
		});
	});

	it('outputs a failed job with the reason at Failed', async () => {
		service.sandbox.jobs.failNext('Out of order');
		const [result] = await delivered(await published());
		expect(result && shape(result)).toEqual([0, 1]);
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({
			status: 'failed',
			errorMessage: 'Out of order (transcription)',
			metadata: METADATA,
		});
	});

	it('outputs the transcript with files and deletes the job', async () => {
		const options = { deleteAfterFetching: 'everything', serviceFiles: ['srt'] };
		const [result] = await delivered(await published({ options }));
		expect(result?.outputs[0]?.[0]).toMatchObject({
			json: { text: TEXT },
			binary: { service_srt: { fileExtension: 'srt' } },
		});
		expect(service.asked()).toContain(`DELETE /speechtotext/v1/jobs/${service.sandbox.jobs.list()[0]?.id}`);
	});

	it('outputs one item if it is repeated after the job was deleted', async () => {
		const trigger = await published({ options: { deleteAfterFetching: 'everything' } });
		service.sandbox.callbacks.addFault({ kind: 'doubled', copies: 3, gapSeconds: 1 });
		const results = await delivered(trigger);
		expect(results.flatMap(({ error }) => error ?? [])).toEqual([]);
		expect(results.flatMap(({ outputs }) => outputs.flat())).toHaveLength(1);
	});

	it('doesn’t reveal the secret in any output', async () => {
		const credential = { webhookSecret: 'the-chosen-secret' };
		const trigger = await published({ output: 'raw' }, { credential });
		const [result] = await delivered(trigger, {}, { credential });
		expect(result?.json[0]).toMatchObject({ raw: { job: { metadata: expect.stringContaining('/revAi?') } } });
		expect(JSON.stringify(result?.run)).not.toContain('the-chosen-secret');
	});
});

describe('Forged Rev AI callback', () => {
	it.each(['wrongHeader', 'missingHeader', 'emptyHeader'] as const)('starts no execution: %s', async (forgery) => {
		const trigger = await published();
		service.sandbox.callbacks.addFault({ kind: 'forged', forgery, genuine: 'none' });
		// Rejected callbacks are repeated for a day.
		service.sandbox.configure({ speed: 1_000_000 });
		expect(await delivered(trigger)).toEqual([]);
		expect(new Set(answers().flat())).toEqual(new Set([401]));
	});

	it('starts no execution for a job of another workflow even with the secret', async () => {
		const credential = { webhookSecret: 'one-secret-for-all' };
		const trigger = await published({}, { credential });
		const elsewhere = {
			callback: 'url',
			callbackUrl: 'http://127.0.0.1:9/webhook/another-workflow/revAi',
			options: { skipTriggerCheck: true },
		};
		service.sandbox.callbacks.addFault({ kind: 'lost' });
		await delivered(trigger, elsewhere, { credential });
		const id = service.sandbox.jobs.list()[0]?.id;
		const url = trigger.base.replace(/\/webhook$/, '') + '/webhook/Ab12Cd34Ef56Gh78/revAi';
		const headers = { authorization: 'Bearer one-secret-for-all', 'content-type': 'application/json' };
		const body = JSON.stringify({ job: { id, status: 'transcribed' } });
		expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
		const [result] = await Promise.all(trigger.executions);
		expect(result?.json ?? []).toEqual([]);
	});
});
