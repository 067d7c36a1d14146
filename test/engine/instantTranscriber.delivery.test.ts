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

/** Submits a recording for a trigger and waits for the executions that its callback starts. */
async function delivered(
	trigger: INodeParameters = {},
	job: INodeParameters = {},
	more: Partial<Setup> = {},
): Promise<Result[]> {
	const endpoint = await listening(trigger, more);
	const submitted = await submit(
		{ ...PROVIDER, ...job },
		[inMemory(RECORDING)],
		service.setup({ ...more, webhookBase: endpoint.base }),
	);
	expect(submitted.error).toBeUndefined();
	await service.sandbox.settled();
	return await Promise.all(endpoint.executions);
}
const shape = ({ outputs }: Result) => outputs.map((items) => items.length);
const statuses = () =>
	service.sandbox.callbacks.deliveries().flatMap(({ attempts }) => attempts.map(({ status }) => status));

/** Returns the trigger's execution for a job, started by a callback. */
async function executed(id: string, status = 'completed', details: object = {}): Promise<Result> {
	const received = { eventId: `instantTranscriber:${id}:${status}`, ...PROVIDER, id, status, ...details };
	return await run('transcriptionTrigger', PROVIDER, [{ json: received }], service.setup({ mode: 'webhook' }));
}

describe('InstantTranscriber callback', () => {
	it.each<[string, Partial<Setup>]>([
		['with a token', {}],
		['with a token and a signature', { credential: SIGNED }],
		['with a secret that the user chose', { credential: { ...SIGNED, webhookSecret: 'a chosen & odd secret?' } }],
	])('outputs the transcript with metadata at Completed: %s', async (_how, more) => {
		const pair = [{ key: 'contactId', value: 'Grüße & 4711' }];
		const [result] = await delivered({}, { metadata: { pair } }, more);
		expect(result && shape(result)).toEqual([1, 0]);
		expect(result?.json[0]).toMatchObject({
			status: 'completed',
			text: TEXT,
			metadata: { contactId: 'Grüße & 4711' },
			ref: expect.any(String),
		});
	});

	it('outputs a failed job with the reason at Failed', async () => {
		service.sandbox.jobs.failNext('No speech');
		const [result] = await delivered();
		expect(result && shape(result)).toEqual([0, 1]);
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
	});

	it('outputs only its content and download links if Fetch Transcript is off', async () => {
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
			signatureHeaders: ['x-instanttranscriber-signature'],
		});
		expect(service.asked().filter((request) => request.startsWith('GET'))).toEqual([]);
	});

	it('names headers that look like a signature in the raw output', async () => {
		const [result] = await delivered({ output: 'raw' });
		expect(result?.json[0]).toMatchObject({ signatureHeaders: ['x-instanttranscriber-signature'] });
	});

	it.each<[string, INodeParameters, Partial<Setup>]>([
		['in other output', {}, {}],
		['if the signature was checked', { output: 'raw' }, { credential: SIGNED }],
	])('doesn’t name them %s', async (_when, trigger, more) => {
		const [result] = await delivered(trigger, {}, more);
		expect(result?.json[0]).toMatchObject({ text: TEXT });
		expect(result?.json[0]).not.toHaveProperty('signatureHeaders');
	});

	it('outputs the transcript with the service’s files', async () => {
		const [result] = await delivered({ options: { serviceFiles: ['srt', 'txt', 'vtt'] } });
		const files = result?.outputs[0]?.[0]?.binary ?? {};
		expect(Object.values(files).map(({ fileExtension, mimeType }) => [fileExtension, mimeType])).toEqual([
			['srt', 'application/x-subrip'],
			['txt', 'text/plain'],
			['vtt', 'text/vtt'],
		]);
	});

	it('outputs one item if it arrives three times', async () => {
		service.sandbox.callbacks.addFault({ kind: 'doubled', copies: 3 });
		const results = await delivered();
		expect(results.map(({ json }) => json.length).sort()).toEqual([0, 0, 1]);
	});

	it('outputs the announced failure if the service no longer has the job', async () => {
		const result = await executed('gone-1', 'failed', { errorMessage: 'No speech' });
		expect(result.outputs[1]?.[0]?.json).toMatchObject({ id: 'gone-1', status: 'failed', errorMessage: 'No speech' });
	});

	it('fails and names the job if the service doesn’t have a job announced as completed', async () => {
		const { error } = await executed('gone-2');
		expect(error?.message).toContain('no transcript with the ID “gone-2”');
	});
});

const SCOPE = `${WORKFLOW_ID}/instantTranscriber`;
const OTHER = 'Other/instantTranscriber';

describe('Forged InstantTranscriber callback', () => {
	const forged = { credential: SIGNED };

	it.each(['wrongHeader', 'missingHeader', 'emptyHeader', 'alteredBody'] as const)(
		'with %s is rejected if signatures are required, and the genuine one is accepted',
		async (forgery) => {
			service.sandbox.callbacks.addFault({ kind: 'forged', forgery, genuine: 'after' });
			const results = await delivered({}, {}, forged);
			expect(results.map(({ json }) => json.length)).toEqual([1]);
			expect(statuses()).toEqual(expect.arrayContaining([401, 200]));
		},
	);

	it('with a valid token for another job only returns the service’s data about that job', async () => {
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
	])('%s is rejected with 401 and starts no execution', async (_what, query) => {
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
	['rejects a token of another workflow', OTHER, 401],
])('%s if both use the same Webhook Secret', async (_what, scope, status) => {
	const endpoint = await listening({ fetchTranscript: false }, { credential: { webhookSecret: 'chosen' } });
	const answer = await fetch(`${endpoint.base}/${SCOPE}?token=${tokenFor('chosen', scope)}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ id: 'job-1', status: 'completed' }),
	});
	expect(answer.status).toBe(status);
});

it('accepts callbacks of jobs submitted before the API key changed', async () => {
	const before = callbackSecret({ apiKey: 'old-key' }, SCOPE);
	const endpoint = await listening({ fetchTranscript: false }, { credential: { previousWebhookSecret: 'old-key' } });
	const answer = await fetch(`${endpoint.base}/${WORKFLOW_ID}/instantTranscriber?token=${tokenFor(before, SCOPE)}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ id: 'job-1', status: 'completed' }),
	});
	expect(answer.status).toBe(200);
});

it('stores the token neither in executions of Submit nor of the trigger', async () => {
	const token = tokenFor(callbackSecret({ apiKey: API_KEY }, SCOPE), SCOPE);
	const endpoint = await listening({ output: 'raw' }, {});
	const pair = [{ key: 'contactId', value: '4711' }];
	const submitted = await submit(
		{ ...PROVIDER, metadata: { pair } },
		[inMemory(RECORDING)],
		service.setup({ webhookBase: endpoint.base }),
	);
	await service.sandbox.settled();
	const results = [submitted, ...(await Promise.all(endpoint.executions))];
	expect(endpoint.seen.some(({ url }) => url.includes(token))).toBe(true);
	expect(results).toHaveLength(2);
	for (const { run: stored } of results)
		expect(`${everyTextIn(stored)}${JSON.stringify(stored)}`.includes(token)).toBe(false);
});
