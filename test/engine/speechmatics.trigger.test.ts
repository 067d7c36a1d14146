import type { INodeParameters } from 'n8n-workflow';
import { get, inMemory, type Result, type Setup, submit } from './harness';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

jest.setTimeout(30_000);
const service = useSandbox('speechmatics');
const PROVIDER: INodeParameters = { provider: 'speechmatics' };
/** Metadata keys that collide with the parameters the service adds to the URL. */
const PAIR = [
	{ key: 'id', value: 'contact-4711' },
	{ key: 'status', value: 'Grüße & so' },
	{ key: 'callback', value: 'x' },
];
const METADATA = { id: 'contact-4711', status: 'Grüße & so', callback: 'x' };

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
	const submitted = await submit(
		parameters,
		[inMemory(RECORDING)],
		service.setup({ webhookBase: trigger.base, ...more }),
	);
	expect(submitted.error).toBeUndefined();
	await service.sandbox.settled();
	return await Promise.all(trigger.executions);
}
/** Skips the delays between callback attempts. */
const retriesImmediately = () => service.sandbox.configure({ speed: 100_000 });
const shape = ({ outputs }: Result) => outputs.map((items) => items.length);
const answers = () =>
	service.sandbox.callbacks.deliveries().map(({ attempts }) => attempts.map(({ status }) => status));

describe('Speechmatics callback', () => {
	it('outputs the transcript with only the user’s metadata at Completed', async () => {
		const [result] = await delivered(await published());
		expect(result && shape(result)).toEqual([1, 0]);
		expect(result?.json[0]).toMatchObject({
			status: 'completed',
			text: TEXT,
			ref: expect.stringMatching(/^[\w-]{12}$/),
		});
		expect(result?.json[0]?.metadata).toEqual(METADATA);
	});

	it('outputs only its content if Fetch Transcript is off', async () => {
		const [result] = await delivered(await published({ fetchTranscript: false }));
		const id = service.sandbox.jobs.list()[0]?.id;
		expect(result?.json).toEqual([
			{
				eventId: `speechmatics:${id}:completed`,
				provider: 'speechmatics',
				id,
				status: 'completed',
				ref: expect.any(String),
				metadata: METADATA,
			},
		]);
	});

	it('outputs no metadata if there is none', async () => {
		const [result] = await delivered(await published({ fetchTranscript: false }), { metadata: {} });
		expect(result?.json[0]).not.toHaveProperty('metadata');
	});

	it('outputs the transcript of a URL', async () => {
		const audioUrl = `${service.sandbox.origin}/samples/call.wav`;
		const [result] = await delivered(await published(), { source: 'url', audioUrl });
		expect(result?.json[0]).toMatchObject({ text: TEXT });
	});

	it('outputs a failed job with the reason at Failed', async () => {
		service.sandbox.jobs.failNext('Out of order');
		const [result] = await delivered(await published());
		expect(result && shape(result)).toEqual([0, 1]);
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({
			status: 'failed',
			errorMessage: 'Out of order',
			metadata: METADATA,
		});
	});

	it('outputs a job at Failed if the recording could not be fetched', async () => {
		const audioUrl = `${service.sandbox.origin}/samples/none.wav`;
		const [result] = await delivered(await published(), { source: 'url', audioUrl });
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({
			status: 'failed',
			errorMessage: expect.stringContaining('404'),
		});
	});

	it('redacts the header in the raw output of a failed job', async () => {
		service.sandbox.jobs.failNext('Out of order');
		const credential = { webhookSecret: 'the-chosen-secret' };
		const [result] = await delivered(await published({ output: 'raw' }, { credential }), {}, { credential });
		const { json } = result?.outputs[1]?.[0] ?? {};
		expect(json?.raw).toMatchObject({ job: { config: { notification_config: [{ auth_headers: ['[redacted]'] }] } } });
		expect(JSON.stringify(result?.run)).not.toContain('the-chosen-secret');
	});

	it('outputs the transcript with files and deletes the job', async () => {
		const options = { deleteAfterFetching: 'everything', serviceFiles: ['srt'] };
		const [result] = await delivered(await published({ options }));
		expect(result?.outputs[0]?.[0]).toMatchObject({
			json: { text: TEXT },
			binary: { service_srt: { fileExtension: 'srt' } },
		});
		expect(service.asked()).toContain(`DELETE /v2/jobs/${service.sandbox.jobs.list()[0]?.id}`);
	});

	it('outputs one item if it is repeated after the job was deleted', async () => {
		const trigger = await published({ options: { deleteAfterFetching: 'everything' } });
		service.sandbox.callbacks.addFault({ kind: 'doubled', copies: 3, gapSeconds: 1 });
		const results = await delivered(trigger);
		expect(results.flatMap(({ error }) => error ?? [])).toEqual([]);
		expect(results.flatMap(({ outputs }) => outputs.flat())).toHaveLength(1);
	});
});

describe('Forged Speechmatics callback', () => {
	it.each(['wrongHeader', 'missingHeader', 'emptyHeader'] as const)('starts no execution: %s', async (forgery) => {
		const trigger = await published();
		service.sandbox.callbacks.addFault({ kind: 'forged', forgery, genuine: 'none' });
		expect(await delivered(trigger)).toEqual([]);
		expect(answers()).toEqual([[401]]);
	});

	it('starts no execution for a job of another workflow even with the secret', async () => {
		const credential = { webhookSecret: 'one-secret-for-all' };
		const trigger = await published({}, { credential });
		const elsewhere = {
			callback: 'url',
			callbackUrl: 'http://127.0.0.1:9/webhook/another-workflow/speechmatics',
			options: { skipTriggerCheck: true },
		};
		service.sandbox.callbacks.addFault({ kind: 'lost' });
		await delivered(trigger, elsewhere, { credential });
		const id = service.sandbox.jobs.list()[0]?.id;
		const url = trigger.base.replace(/\/webhook$/, '') + '/webhook/Ab12Cd34Ef56Gh78/speechmatics';
		const headers = { 'X-Transcription-Webhook-Secret': 'one-secret-for-all', 'content-type': 'application/json' };
		expect((await fetch(`${url}?id=${id}&status=success`, { method: 'POST', headers, body: '{}' })).status).toBe(200);
		const [result] = await Promise.all(trigger.executions);
		expect(result?.json ?? []).toEqual([]);
	});
});

it('Get explains an undelivered callback', async () => {
	retriesImmediately();
	const trigger = await published({}, { credential: { apiKey: 'the key of another account' } });
	expect(await delivered(trigger, { options: { skipTriggerCheck: true } })).toEqual([]);
	const transcriptId = String(service.sandbox.jobs.list()[0]?.id);
	const { json } = await get({ ...PROVIDER, transcriptId }, [{ json: {} }], service.setup());
	expect(json[0]).toMatchObject({ text: TEXT, callbackProblem: expect.stringContaining('received status 401') });
});

it('sends callbacks for other receivers to their unchanged URL', async () => {
	retriesImmediately();
	const trigger = await published();
	const callbackUrl = `${trigger.origin}/hook?mine=1`;
	await delivered(trigger, { callback: 'url', callbackUrl, metadata: {} });
	const { searchParams } = new URL(trigger.seen.at(-1)?.url ?? '', trigger.origin);
	expect([...searchParams.keys()]).toEqual(['mine', 'ref', 'id', 'status']);
});
