import { everyTextIn, get, inFilesystem, inMemory, submit } from './harness';
import { sendJson, startServer } from './localServer';
import { RECORDING, TEXT } from './recording';
import { EMPTY_ACCOUNT_KEY, useSandbox } from './sandbox';

// Retries wait between attempts, as they do in production.
jest.setTimeout(30_000);

const service = useSandbox();
const NO_CALLBACK = { callback: 'none' };
const fault = (given: Parameters<typeof service.sandbox.httpFaults.add>[0]) => service.sandbox.httpFaults.add(given);
const SUBMIT = { method: 'POST', path: '/v2/transcript' };
const UPLOAD = { method: 'POST', path: '/v2/upload' };

describe('a submit that the service rejects', () => {
	it('with the wrong API key, explains how to fix it', async () => {
		const { error } = await submit(
			NO_CALLBACK,
			[inMemory(RECORDING)],
			service.setup({ credential: { apiKey: 'wrong' } }),
		);
		expect(error?.message).toBe('AssemblyAI didn’t accept the API key');
		expect(error?.description).toContain('credential');
		expect(error?.context.itemIndex).toBe(0);
	});

	it('with an exhausted balance, suggests topping up', async () => {
		const { error } = await submit(
			NO_CALLBACK,
			[inMemory(RECORDING)],
			service.setup({ credential: { apiKey: EMPTY_ACCOUNT_KEY } }),
		);
		expect(error?.message).toContain('out of funds');
		expect(error?.description).toContain('Top up');
	});

	it('because the file is too large, suggests submitting a URL', async () => {
		fault({ kind: 'status', status: 413, match: UPLOAD });
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain('larger than AssemblyAI accepts');
		expect(error?.description).toContain('URL');
	});

	it('before it has read the file, keeps the connection open until the response is received', async () => {
		const server = await startServer((_request, response) => sendJson(response, 413, {}));
		const { error } = await submit(NO_CALLBACK, [await inFilesystem(RECORDING)], { baseUrl: server.origin });
		await server.close();
		expect(error?.message).toContain('larger than AssemblyAI accepts');
		expect(server.seen.map(({ headers }) => headers.connection)).toEqual(['keep-alive']);
	});

	it('for another reason, quotes the service', async () => {
		const options = { additionalFields: '{"no_such_field":true}' };
		const { error } = await submit({ ...NO_CALLBACK, options }, [inMemory(RECORDING)], service.setup());
		expect(error?.description).toContain('AssemblyAI says: ');
		expect(error?.description).toContain('no_such_field');
	});

	it('with a redirect, doesn’t follow it with the API key', async () => {
		const elsewhere = await startServer((_request, response) => sendJson(response, 200, {}));
		const server = await startServer((request, response) => {
			response.writeHead(307, { location: `${elsewhere.origin}${request.url}` }).end();
		});
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], { baseUrl: server.origin });
		await Promise.all([server.close(), elsewhere.close()]);
		expect(error?.message).toContain('redirect');
		expect(elsewhere.seen).toEqual([]);
	});
});

describe('a failure among several items', () => {
	const ONE_BY_ONE = { ...NO_CALLBACK, options: { concurrency: 1 } };

	it('names the jobs that were already submitted, so that users don’t pay twice', async () => {
		fault({ kind: 'status', status: 500, match: SUBMIT, skip: 2 });
		const items = [inMemory(RECORDING), inMemory(RECORDING), inMemory(RECORDING)];
		const { error } = await submit(ONE_BY_ONE, items, service.setup());
		const ids = service.sandbox.jobs.list().map(({ id }) => id);
		expect(ids).toHaveLength(2);
		expect(error?.context.itemIndex).toBe(2);
		expect(error?.description).toContain(`item 0: ${ids[0]}, item 1: ${ids[1]}`);
	});

	it('doesn’t affect the other items if the node continues on errors', async () => {
		fault({ kind: 'status', status: 500, match: SUBMIT, skip: 1 });
		const items = [inMemory(RECORDING), inMemory(RECORDING), inMemory(RECORDING)];
		const { json } = await submit(ONE_BY_ONE, items, service.setup({ onError: 'continueRegularOutput' }));
		expect(json.map(({ error, status }) => error ?? status)).toEqual([
			'queued',
			expect.stringContaining('may or may not'),
			'queued',
		]);
	});
});

describe('retries', () => {
	it.each([500, 502, 503, 504])(
		'never retries a submit after %d, because it may have been accepted',
		async (status) => {
			fault({ kind: 'status', status, match: SUBMIT, next: 9 });
			const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
			expect(error?.message).toContain('may or may not have accepted the job');
			expect(error?.description).toContain(`status ${status}`);
			expect(service.asked()).toEqual(['POST /v2/upload', 'POST /v2/transcript']);
		},
	);

	it('never retries a submit after its response was lost', async () => {
		fault({ kind: 'dropAnswer', match: SUBMIT, next: 9 });
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain('may or may not have accepted the job');
		expect(error?.description).toContain('before you submit the recording again');
		expect(service.sandbox.jobs.list()).toHaveLength(1);
	});

	it('retries a submit after 429 when the service requests it', async () => {
		fault({ kind: 'status', status: 429, retryAfter: 1, match: SUBMIT });
		const { json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(json).toEqual([expect.objectContaining({ status: 'queued' })]);
		expect(service.asked()).toEqual(['POST /v2/upload', 'POST /v2/transcript', 'POST /v2/transcript']);
	});

	it('gives up after five 429 responses and suggests sending fewer items', async () => {
		fault({ kind: 'status', status: 429, retryAfter: 0, match: SUBMIT, next: 99 });
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain('too many requests');
		expect(error?.description).toContain('Send fewer');
		expect(service.asked().filter((request) => request === 'POST /v2/transcript')).toHaveLength(5);
	});

	it('gives up immediately if the service requests more than two minutes, and reports the delay', async () => {
		fault({ kind: 'status', status: 429, retryAfter: 600, match: SUBMIT });
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(error?.description).toContain('600 seconds');
	});

	it.each([
		['after 503', { kind: 'status', status: 503, match: UPLOAD } as const],
		['after the connection was lost during the upload', { kind: 'cut', afterBytes: 200_000, match: UPLOAD } as const],
	])('retries an upload %s, and it arrives complete', async (_when, given) => {
		fault(given);
		const { json } = await submit(NO_CALLBACK, [await inFilesystem(RECORDING)], service.setup());
		await service.sandbox.settled();
		const fetched = await get({ transcriptId: String(json[0]?.id) }, [{ json: {} }], service.setup());
		expect(fetched.json[0]?.text).toBe(TEXT);
		expect(service.asked().slice(0, 3)).toEqual(['POST /v2/upload', 'POST /v2/upload', 'POST /v2/transcript']);
	});

	it('names a service that can’t be reached and the reason', async () => {
		const server = await startServer(() => {});
		await server.close();
		const { error } = await submit(
			{ ...NO_CALLBACK, source: 'url', audioUrl: 'http://127.0.0.1/a.mp3' },
			[{ json: {} }],
			{
				baseUrl: server.origin,
			},
		);
		expect(error?.message).toBe('AssemblyAI couldn’t be reached');
		expect(error?.description).toMatch(/Base URL[^]*ECONNREFUSED/);
	});
});

describe('a corrupt response to a submit', () => {
	it('still yields the ID, because the job exists and costs money', async () => {
		fault({ kind: 'brokenJson', match: SUBMIT });
		const { json, error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ id: service.sandbox.jobs.list()[0]?.id, status: 'queued' })]);
	});

	it('without an ID, warns against submitting again', async () => {
		const server = await startServer((_request, response) => {
			response.setHeader('content-type', 'application/json');
			response.end('<html>');
		});
		const { error, run } = await submit(
			{ ...NO_CALLBACK, source: 'url', audioUrl: 'http://127.0.0.1/a.mp3' },
			[{ json: {} }],
			{
				baseUrl: server.origin,
			},
		);
		await server.close();
		expect(error?.description).toContain('before submitting the recording again');
		expect(everyTextIn(run)).not.toContain('<html>');
	});
});
