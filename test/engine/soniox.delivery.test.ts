import type { INodeParameters } from 'n8n-workflow';
import { callbackSecret } from '../../nodes/Transcription/callback/secrets';
import { API_KEY, everyTextIn, inMemory, record, run, submit, type Result, type Setup, WORKFLOW_ID } from './harness';
import { startServer } from './localServer';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

jest.setTimeout(30_000);
const service = useSandbox('soniox');
const SONIOX = { provider: 'soniox' };
const SECRET = callbackSecret({ apiKey: API_KEY }, `${WORKFLOW_ID}/soniox`);
const open: TriggerEndpoint[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (endpoint) => await endpoint.close())));
// Delays between attempts use sandbox time.
beforeEach(() => service.sandbox.configure({ speed: 200 }));

async function trigger(parameters: INodeParameters = {}, more: Partial<Setup> = {}): Promise<TriggerEndpoint> {
	const endpoint = await startTrigger({ ...SONIOX, ...parameters }, service.setup(more));
	open.push(endpoint);
	return endpoint;
}

/** Submits a recording for a trigger and waits for the executions that its callback starts. */
async function delivered(parameters: INodeParameters = {}, job: INodeParameters = {}): Promise<Result[]> {
	const endpoint = await trigger(parameters);
	const submitted = await submit(
		{ ...SONIOX, ...job },
		[inMemory(RECORDING)],
		service.setup({ webhookBase: endpoint.base }),
	);
	expect(submitted.error).toBeUndefined();
	await service.sandbox.settled();
	return await Promise.all(endpoint.executions);
}

/** Sends a callback. @returns the response status */
async function posted(endpoint: TriggerEndpoint, body: object, headers: Record<string, string> = {}): Promise<number> {
	const answer = await fetch(`${endpoint.base}/${WORKFLOW_ID}/soniox`, {
		method: 'POST',
		body: JSON.stringify(body),
		headers: { 'content-type': 'application/json', ...headers },
	});
	return answer.status;
}
const shape = ({ outputs }: Result) => outputs.map((items) => items.length);

/** Returns the ID of a finished job that was submitted for a workflow's trigger but whose callback wasn't delivered. */
async function aJobFor(workflowId = WORKFLOW_ID, callback = 'workflowTrigger'): Promise<string> {
	service.sandbox.callbacks.addFault({ kind: 'lost' });
	const options = { skipTriggerCheck: true };
	const { json } = await submit({ ...SONIOX, callback, options }, [inMemory(RECORDING)], service.setup({ workflowId }));
	await service.sandbox.jobs.settled();
	return String(json[0]?.id);
}
async function executed(id: string, parameters: INodeParameters = {}): Promise<Result> {
	const received = { eventId: `soniox:${id}:completed`, provider: 'soniox', id, status: 'completed' };
	return await run(
		'transcriptionTrigger',
		{ ...SONIOX, ...parameters },
		[{ json: received }],
		service.setup({ mode: 'webhook' }),
	);
}

describe('Soniox callback', () => {
	it('outputs the transcript with metadata at Completed', async () => {
		const pair = [{ key: 'contactId', value: 'Grüße & 4711' }];
		const [result] = await delivered({}, { metadata: { pair } });
		expect(result && shape(result)).toEqual([1, 0]);
		expect(result?.json[0]).toMatchObject({
			status: 'completed',
			text: TEXT,
			metadata: { contactId: 'Grüße & 4711' },
			ref: expect.stringMatching(/^[\w-]{12}$/),
		});
	});

	it('outputs all words', async () => {
		const [result] = await delivered({ output: 'words' });
		expect(result?.json[0]?.words).toHaveLength(8);
	});

	it('outputs a failed job with the reason at Failed', async () => {
		service.sandbox.jobs.failNext('Out of order.');
		const [result] = await delivered();
		expect(result && shape(result)).toEqual([0, 1]);
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({
			status: 'failed',
			errorMessage: 'Out of order. (internal_error)',
		});
	});

	it('doesn’t let n8n store a secret', async () => {
		const [result] = await delivered({ output: 'raw' });
		expect(result?.json[0]?.raw).toHaveProperty('transcription.webhook_url');
		for (const secret of [API_KEY, SECRET]) expect(everyTextIn(result?.run).includes(secret)).toBe(false);
	});
});

describe('Verification of Soniox callbacks', () => {
	it('accepts the secret', async () => {
		const endpoint = await trigger();
		expect(
			await posted(endpoint, { id: 'job-1', status: 'completed' }, { 'X-Transcription-Webhook-Secret': SECRET }),
		).toBe(200);
		expect(endpoint.executions).toHaveLength(1);
		await Promise.all(endpoint.executions);
	});

	it.each<[string, Record<string, string>]>([
		['without the header', {}],
		['with an empty header', { 'X-Transcription-Webhook-Secret': '' }],
		['with another secret', { 'X-Transcription-Webhook-Secret': 'other' }],
		[
			'with the secret of another workflow',
			{ 'X-Transcription-Webhook-Secret': callbackSecret({ apiKey: API_KEY }, 'Other/soniox') },
		],
		[
			'with the secret for another service',
			{ 'X-Transcription-Webhook-Secret': callbackSecret({ apiKey: API_KEY }, `${WORKFLOW_ID}/assemblyAi`) },
		],
		['with the API key', { authorization: `Bearer ${API_KEY}` }],
	])('rejects a callback %s', async (_what, headers) => {
		const endpoint = await trigger();
		expect(await posted(endpoint, { id: 'job-1', status: 'completed' }, headers)).toBe(401);
		expect(endpoint.executions).toEqual([]);
	});

	it.each(['wrongHeader', 'missingHeader', 'emptyHeader'] as const)(
		'rejects a forgery (%s) and accepts the genuine callback',
		async (forgery) => {
			service.sandbox.callbacks.addFault({ kind: 'forged', forgery, genuine: 'after' });
			const results = await delivered();
			expect(results.map(({ json }) => json[0]?.text)).toEqual([TEXT]);
		},
	);

	it.each(['processing', 'something'])('ignores the status “%s”', async (status) => {
		const endpoint = await trigger();
		expect(await posted(endpoint, { id: 'job-1', status }, { 'X-Transcription-Webhook-Secret': SECRET })).toBe(200);
		expect(endpoint.executions).toEqual([]);
	});
});

describe('Repeated Soniox callback', () => {
	it('is handled once if it arrives three times', async () => {
		service.sandbox.callbacks.addFault({ kind: 'doubled', copies: 3 });
		const results = await delivered();
		expect(results.map(({ json }) => json.length).sort()).toEqual([0, 0, 1]);
	});

	it('is handled once if it is repeated after everything was deleted', async () => {
		const [first] = await delivered({ options: { deleteAfterFetching: 'all' } });
		const id = String(first?.json[0]?.id);
		expect([first?.json[0]?.text, first?.hints]).toEqual([TEXT, []]);
		const second = await executed(id);
		expect([second.json, second.error]).toEqual([[], undefined]);
	});

	it('fails and names the job if that was deleted before it was handled', async () => {
		const id = await aJobFor();
		const headers = { authorization: `Bearer ${API_KEY}` };
		await fetch(`${service.sandbox.baseUrl('soniox')}/v1/transcriptions/${id}`, { method: 'DELETE', headers });
		const { error } = await executed(id);
		expect(error?.message).toContain(`no transcription with the ID “${id}”`);
		expect(record.recorded(WORKFLOW_ID)).not.toContain(`soniox:${id}:completed`);
	});
});

describe('Delete After Fetching of the trigger', () => {
	it('deletes the file', async () => {
		await delivered({ options: { deleteAfterFetching: 'file' } });
		expect(service.asked().filter((request) => request.startsWith('DELETE'))).toEqual(['DELETE /v1/files/:id']);
	});

	it('deletes nothing if Fetch Transcript is off', async () => {
		await delivered({ fetchTranscript: false, options: { deleteAfterFetching: 'all' } });
		expect(service.asked().filter((request) => request.startsWith('DELETE'))).toEqual([]);
	});
});

describe('Job of another workflow', () => {
	it('is dropped', async () => {
		const result = await executed(await aJobFor('Other'), { options: { deleteAfterFetching: 'all' } });
		expect([shape(result), result.error]).toEqual([[0, 0], undefined]);
		expect(service.asked().filter((request) => request.startsWith('DELETE'))).toEqual([]);
	});

	it('is rejected if it has no callback', async () => {
		const { error } = await executed(await aJobFor(WORKFLOW_ID, 'none'));
		expect(error?.message).toContain('didn’t report the callback URL');
	});
});

it('accepts a retried callback', async () => {
	const endpoint = await trigger();
	let refusals = 0;
	const gate = await startGate(endpoint, () => refusals++ < 2);
	await submit(SONIOX, [inMemory(RECORDING)], service.setup({ webhookBase: gate.base }));
	await service.sandbox.settled();
	const results = await Promise.all(endpoint.executions);
	await gate.close();
	expect(results.map(({ json }) => json[0]?.text)).toEqual([TEXT]);
});

/** A proxy for a trigger that returns 503 while enabled, except for pings. */
async function startGate(endpoint: TriggerEndpoint, refuses: () => boolean) {
	const gate = await startServer(async (request, response) => {
		const isCallback = String(request.body).includes('"status"');
		if (isCallback && refuses()) {
			response.writeHead(503).end();
			return;
		}
		const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
		const answer = await fetch(`${endpoint.origin}${request.url}`, {
			method: 'POST',
			headers: headers as Record<string, string>,
			body: new Uint8Array(request.body),
		});
		response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
	});
	return { base: `${gate.origin}/webhook`, close: gate.close };
}
