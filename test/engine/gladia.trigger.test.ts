import type { INodeParameters } from 'n8n-workflow';
import { tokenFor } from '../../nodes/Transcription/callback/token';
import { inMemory, type Result, type Setup, submit } from './harness';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';
import { submitAndWait } from './waitingExecution';

jest.setTimeout(30_000);
const service = useSandbox('gladia');
const PROVIDER: INodeParameters = { provider: 'gladia' };
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

describe('Gladia callback', () => {
	it('outputs the transcript with the user’s metadata at Completed', async () => {
		const [result] = await delivered(await published());
		expect(result && shape(result)).toEqual([1, 0]);
		expect(result?.json[0]).toMatchObject({ status: 'completed', text: TEXT, metadata: METADATA });
	});

	it.each([
		['which contains its request', false],
		['which doesn’t contain its request', true],
	])('outputs a failed job %s, with the reason in the callback at Failed', async (_form, bareFailures) => {
		service.sandbox.configure({ bareFailures });
		service.sandbox.jobs.failNext('Out of order');
		const [result] = await delivered(await published());
		expect(result && shape(result)).toEqual([0, 1]);
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({
			status: 'failed',
			errorMessage: 'Out of order',
			metadata: METADATA,
		});
	});

	it('outputs the service’s reason if the callback of a failed job can’t be read', async () => {
		service.sandbox.jobs.failNext('Out of order');
		service.sandbox.callbacks.addFault({ kind: 'oddBody', oddity: 'truncated' });
		const [result] = await delivered(await published());
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({
			status: 'failed',
			errorMessage: expect.stringContaining('error code 500'),
		});
	});

	it('outputs the transcript with files and deletes the job', async () => {
		const options = { deleteAfterFetching: 'everything', serviceFiles: ['srt'] };
		const [result] = await delivered(await published({ options }), { options: { subtitles: ['srt'] } });
		expect(result?.outputs[0]?.[0]).toMatchObject({
			json: { text: TEXT },
			binary: { service_srt: { fileExtension: 'srt' } },
		});
		expect(service.asked()).toContain('DELETE /v2/pre-recorded/:id');
	});

	it('outputs one item if it is repeated after the job was deleted', async () => {
		const trigger = await published({ options: { deleteAfterFetching: 'everything' } });
		service.sandbox.callbacks.addFault({ kind: 'doubled', copies: 3, gapSeconds: 1 });
		const results = await delivered(trigger);
		expect(results.flatMap(({ error }) => error ?? [])).toEqual([]);
		expect(results.flatMap(({ outputs }) => outputs.flat())).toHaveLength(1);
	});

	it('contains no token in any output, although the service repeats the URL', async () => {
		const trigger = await published({ output: 'raw' });
		const [result] = await delivered(trigger);
		const token = /token=([\w-]{43})/.exec(String(trigger.seen.at(-1)?.url))?.[1] ?? '';
		expect(token).not.toBe('');
		expect(result?.json[0]).toMatchObject({
			raw: { request_params: { callback_config: { url: expect.stringContaining('token=[redacted]') } } },
		});
		expect(JSON.stringify(result?.run)).not.toContain(token);
	});
});

it('resumes Submit and Wait with the reason of a failed job, which doesn’t contain its request', async () => {
	service.sandbox.jobs.hold('processing');
	service.sandbox.jobs.failNext('Out of order');
	const parameters = { ...PROVIDER, metadata: { pair: PAIR }, options: { initialPoll: 0 } };
	const execution = await submitAndWait(parameters, [inMemory(RECORDING)], service.setup());
	service.sandbox.jobs.release();
	expect(await execution.goesOn()).toEqual([
		expect.objectContaining({ status: 'failed', errorMessage: 'Out of order', metadata: METADATA }),
	]);
	await execution.close();
});

describe('Forged Gladia callback', () => {
	const forged = async (trigger: TriggerEndpoint, query: string) => {
		const url = trigger.base.replace(/\/webhook$/, '') + `/webhook/Ab12Cd34Ef56Gh78/gladia${query}`;
		const id = service.sandbox.jobs.list()[0]?.id;
		const body = JSON.stringify({ id, event: 'transcription.success', payload: {} });
		return (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
	};

	it.each(['', '?token=', `?token=${'f'.repeat(43)}`])('starts no execution with “%s”', async (query) => {
		const trigger = await published();
		service.sandbox.callbacks.addFault({ kind: 'lost' });
		await delivered(trigger);
		expect(await forged(trigger, query)).toBe(401);
		expect(await Promise.all(trigger.executions)).toEqual([]);
	});

	it.each([
		['job', false],
		['failed job', true],
	])('outputs nothing for a %s of another workflow even with the token', async (_what, isFailed) => {
		service.sandbox.configure({ bareFailures: false });
		if (isFailed) service.sandbox.jobs.failNext('Out of order');
		const credential = { webhookSecret: 'one-secret-for-all' };
		const trigger = await published({}, { credential });
		const elsewhere = {
			callback: 'url',
			callbackUrl: 'http://127.0.0.1:9/webhook/another-workflow/gladia',
			options: { skipTriggerCheck: true },
		};
		service.sandbox.callbacks.addFault({ kind: 'lost' });
		await delivered(trigger, elsewhere, { credential });
		const token = tokenFor('one-secret-for-all', 'Ab12Cd34Ef56Gh78/gladia');
		expect(await forged(trigger, `?token=${token}`)).toBe(200);
		const [result] = await Promise.all(trigger.executions);
		expect(result?.json ?? []).toEqual([]);
	});
});
