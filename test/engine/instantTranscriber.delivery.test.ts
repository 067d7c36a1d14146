import type { INodeParameters } from 'n8n-workflow';
import { callbackSecret } from '../../nodes/Transcription/callback/secrets';
import { tokenFor } from '../../nodes/Transcription/callback/token';
import { API_KEY, everyTextIn, inMemory, run, submit, type Result, type Setup, WORKFLOW_ID } from './harness';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

jest.setTimeout(30_000);
const service = useSandbox('instantTranscriber');
const PROVIDER = { provider: 'instantTranscriber' };
const SIGNED = { signatureCheck: 'required' };
const open: TriggerEndpoint[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (endpoint) => await endpoint.close())));

async function listening(parameters: INodeParameters, more: Partial<Setup>): Promise<TriggerEndpoint> {
	const endpoint = await startTrigger({ ...PROVIDER, ...parameters }, service.setup(more));
	open.push(endpoint);
	return endpoint;
}

/** Submits a recording for a trigger, lets the service call back, and waits for the executions that this starts. */
async function delivered(trigger: INodeParameters = {}, job: INodeParameters = {}, more: Partial<Setup> = {}): Promise<Result[]> {
	const endpoint = await listening(trigger, more);
	const submitted = await submit({ ...PROVIDER, ...job }, [inMemory(RECORDING)], service.setup({ ...more, webhookBase: endpoint.base }));
	expect(submitted.error).toBeUndefined();
	await service.sandbox.settled();
	return await Promise.all(endpoint.executions);
}
const shape = ({ outputs }: Result) => outputs.map((items) => items.length);
const statuses = () => service.sandbox.callbacks.deliveries().flatMap(({ attempts }) => attempts.map(({ status }) => status));

/** The trigger's execution for a job, as a callback starts it. */
async function executed(id: string, status = 'completed', details: object = {}): Promise<Result> {
	const received = { eventId: `instantTranscriber:${id}:${status}`, ...PROVIDER, id, status, ...details };
	return await run('transcriptionTrigger', PROVIDER, [{ json: received }], service.setup({ mode: 'webhook' }));
}

describe('a callback of InstantTranscriber becomes', () => {
	it.each<[string, Partial<Setup>]>([
		['by its token', {}],
		['by its token and its signature', { credential: SIGNED }],
		['with a secret that the user chose', { credential: { ...SIGNED, webhookSecret: 'a chosen & odd secret?' } }],
	])('the transcript, at the output Completed, with the metadata: %s', async (_how, more) => {
		const pair = [{ key: 'contactId', value: 'Grüße & 4711' }];
		const [result] = await delivered({}, { metadata: { pair } }, more);
		expect(result && shape(result)).toEqual([1, 0]);
		expect(result?.json[0]).toMatchObject({ status: 'completed', text: TEXT, metadata: { contactId: 'Grüße & 4711' }, ref: expect.any(String) });
	});

	it('an item at the output Failed, with the reason', async () => {
		service.sandbox.jobs.failNext('No speech');
		const [result] = await delivered();
		expect(result && shape(result)).toEqual([0, 1]);
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
	});

	it('no more than what it said, download links included, where the transcript is not wanted', async () => {
		const [result] = await delivered({ fetchTranscript: false });
		const id = String(service.sandbox.jobs.list()[0]?.id);
		expect(result?.json[0]).toEqual({
			eventId: `instantTranscriber:${id}:completed`,
			...PROVIDER,
			id,
			status: 'completed',
			ref: expect.any(String),
			txtUrl: expect.stringMatching(/\/export\/[0-9a-f]{8}\.txt$/),
			srtUrl: expect.stringMatching(/\/export\/[0-9a-f]{8}\.srt$/),
		});
		expect(service.asked().filter((request) => request.startsWith('GET'))).toEqual([]);
	});

	it('the transcript with the files of the service', async () => {
		const [result] = await delivered({ options: { serviceFiles: ['srt', 'txt', 'vtt'] } });
		const files = result?.outputs[0]?.[0]?.binary ?? {};
		expect(Object.values(files).map(({ fileExtension, mimeType }) => [fileExtension, mimeType])).toEqual([
			['srt', 'application/x-subrip'],
			['txt', 'text/plain'],
			['vtt', 'text/vtt'],
		]);
	});

	it('one item, though the service sends it three times', async () => {
		service.sandbox.callbacks.addFault({ kind: 'doubled', copies: 3 });
		const results = await delivered();
		expect(results.map(({ json }) => json.length).sort()).toEqual([0, 0, 1]);
	});

	it('the failure it announced, where the service no longer has the job', async () => {
		const result = await executed('gone-1', 'failed', { errorMessage: 'No speech' });
		expect(result.outputs[1]?.[0]?.json).toMatchObject({ id: 'gone-1', status: 'failed', errorMessage: 'No speech' });
	});

	it('an error that names the job, where the service does not have it and it is said to be completed', async () => {
		const { error } = await executed('gone-2');
		expect(error?.message).toContain('no transcript with the ID “gone-2”');
	});
});

const SCOPE = `${WORKFLOW_ID}/instantTranscriber`;
const OTHER = 'Other/instantTranscriber';

describe('a forged callback of InstantTranscriber', () => {
	const forged = { credential: SIGNED };

	it.each(['wrongHeader', 'missingHeader', 'emptyHeader', 'alteredBody'] as const)(
		'with %s starts nothing where signatures are required, and the genuine one after it does',
		async (forgery) => {
			service.sandbox.callbacks.addFault({ kind: 'forged', forgery, genuine: 'after' });
			const results = await delivered({}, {}, forged);
			expect(results.map(({ json }) => json.length)).toEqual([1]);
			expect(statuses()).toEqual(expect.arrayContaining([401, 200]));
		},
	);

	it('of another job, by whoever knows the token, brings nothing but what the service says about that job', async () => {
		service.sandbox.callbacks.addFault({ kind: 'forged', forgery: 'alteredBody', genuine: 'none' });
		const [result] = await delivered();
		expect(result?.json).toEqual([]);
		expect(result?.error?.message).toContain('no transcript with the ID');
	});

	it.each<[string, string]>([
		['without a token', ''],
		['with an empty token', '?token='],
		['with the token of another workflow', `?token=${tokenFor(callbackSecret({ apiKey: API_KEY }, OTHER), OTHER)}`],
		['with the token of another key', `?token=${tokenFor(callbackSecret({ apiKey: 'other' }, SCOPE), SCOPE)}`],
	])('%s is answered with 401 and starts nothing', async (_what, query) => {
		const endpoint = await listening({}, {});
		const answer = await fetch(`${endpoint.base}/${WORKFLOW_ID}/instantTranscriber${query}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ id: 'job-1', status: 'completed' }),
		});
		expect([answer.status, await answer.text()]).toEqual([401, '{"message":"Not verified"}']);
		expect(endpoint.executions).toEqual([]);
	});
});

it.each<[string, string, number]>([
	['accepts a token of this workflow', SCOPE, 200],
	['refuses a token of another workflow', OTHER, 401],
])('%s where both use the same Webhook Secret', async (_what, scope, status) => {
	const endpoint = await listening({ fetchTranscript: false }, { credential: { webhookSecret: 'chosen' } });
	const answer = await fetch(`${endpoint.base}/${SCOPE}?token=${tokenFor('chosen', scope)}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ id: 'job-1', status: 'completed' }),
	});
	expect(answer.status).toBe(status);
});

it('callbacks of jobs that were submitted before the API key changed stay valid', async () => {
	const before = callbackSecret({ apiKey: 'old-key' }, SCOPE);
	const endpoint = await listening({ fetchTranscript: false }, { credential: { previousWebhookSecret: 'old-key' } });
	const answer = await fetch(`${endpoint.base}/${WORKFLOW_ID}/instantTranscriber?token=${tokenFor(before, SCOPE)}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ id: 'job-1', status: 'completed' }),
	});
	expect(answer.status).toBe(200);
});

it('the token is in nothing that n8n stores of Submit and of the trigger', async () => {
	const token = tokenFor(callbackSecret({ apiKey: API_KEY }, SCOPE), SCOPE);
	const endpoint = await listening({ output: 'raw' }, {});
	const pair = [{ key: 'contactId', value: '4711' }];
	const submitted = await submit({ ...PROVIDER, metadata: { pair } }, [inMemory(RECORDING)], service.setup({ webhookBase: endpoint.base }));
	await service.sandbox.settled();
	const results = [submitted, ...(await Promise.all(endpoint.executions))];
	expect(endpoint.seen.some(({ url }) => url.includes(token))).toBe(true);
	expect(results).toHaveLength(2);
	for (const { run: stored } of results) expect(`${everyTextIn(stored)}${JSON.stringify(stored)}`.includes(token)).toBe(false);
});
