import type { RequestLimits } from '../../nodes/Transcription/http/limits';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { ExecuteContext } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import { type ApiRequest, createApi } from '../../nodes/Transcription/http/api';
import type { ServiceError } from '../../nodes/Transcription/http/errors';
import type { UploadContent, UploadSource } from '../../nodes/Transcription/http/upload';
import { findProvider } from '../../nodes/Transcription/providers';
import { additionalData, API_KEY, aWorkflow, inMemory, run, submit } from './harness';
import { type LocalServer, startServer } from './localServer';
import { RECORDING } from './recording';
import { useSandbox } from './sandbox';

const service = useSandbox();
const servers: LocalServer[] = [];
afterEach(async () => await Promise.all(servers.splice(0).map(async (server) => await server.close())));

const SHORT: RequestLimits = {
	requestMs: 200,
	uploadMs: 200,
	msPerByte: 0,
	graceMs: 0,
	jsonBytes: 1_000_000,
	fileBytes: 1_000_000,
};
const FOREVER = 3600;
const READ = { method: 'GET', path: '/v2/transcript/*' };
const get = (request: object) => ({ method: 'GET', idempotent: true, ...request }) as ApiRequest;

/** AssemblyAI's API as used by the node, with the given limits. */
function api(
	limits: Partial<RequestLimits> = {},
	cancel?: AbortSignal,
	baseUrl = service.sandbox.baseUrl('assemblyAi'),
) {
	const { displayName, credentialType, explain } = findProvider('assemblyAi');
	const { workflow, node } = aWorkflow('transcription', { provider: 'assemblyAi' }, { baseUrl });
	const input = { main: [[]] };
	const data = additionalData({ baseUrl });
	const context = new ExecuteContext(
		workflow,
		node,
		data,
		'manual',
		createRunExecutionData(),
		0,
		[],
		input,
		{ node, data: input, source: null },
		[],
		cancel,
	);
	return createApi(
		context,
		{ displayName, credentialType, baseUrl, explain, settings: {}, secrets: [API_KEY] },
		{ ...SHORT, ...limits },
	);
}

async function refusalOf(asked: Promise<unknown>): Promise<ServiceError> {
	return await asked.then(
		() => {
			throw new Error('was not refused');
		},
		(error: unknown) => error as ServiceError,
	);
}

/** The requests that the service received, once all of their connections are closed. */
async function closedRequests(): Promise<string[]> {
	for (;;) {
		const requests = service.sandbox.requests.list();
		if (requests.every(({ closedEarly }) => closedEarly))
			return requests.map(({ method, path }) => `${method} ${path}`);
		await pause(10);
	}
}

async function aServer(...given: Parameters<typeof startServer>): Promise<LocalServer> {
	const server = await startServer(...given);
	servers.push(server);
	return server;
}

/** A server that sends one byte every few milliseconds and counts closed connections. */
async function tricklingServer() {
	const closed: string[] = [];
	const server = await aServer(async ({ url }, response) => {
		response.once('close', () => closed.push(url));
		response.writeHead(200);
		while (!response.destroyed) {
			response.write('x');
			await pause(5);
		}
	});
	return { origin: server.origin, closed };
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await pause(10);
}

describe('Time limit of a read', () => {
	it.each([
		['never starts to respond', { kind: 'slow', seconds: FOREVER } as const],
		['sends its response byte by byte', { kind: 'trickle', seconds: 0.05 } as const],
	])('aborts a request to a service that %s, and retries once', async (_what, fault) => {
		service.sandbox.httpFaults.add({ ...fault, match: READ, next: 9 });
		const refusal = await refusalOf(api().request(get({ path: '/v2/transcript/some-job' })));
		expect(refusal.explanation).toEqual({
			message: 'AssemblyAI took too long to respond',
			description: expect.stringContaining('closed the connection after 0.2 seconds'),
			isUnreachable: true,
		});
		expect(refusal.isTransient).toBe(true);
		expect(await closedRequests()).toEqual([
			'GET /assemblyai/v2/transcript/some-job',
			'GET /assemblyai/v2/transcript/some-job',
		]);
	});

	it('aborts downloads from signed URLs', async () => {
		const { origin, closed } = await tricklingServer();
		const refusal = await refusalOf(api().request(get({ signedUrl: `${origin}/file?Signature=x`, expect: 'binary' })));
		expect(refusal.message).toBe('AssemblyAI took too long to respond');
		await until(() => closed.length === 2);
	});

	it('doesn’t abort a response that takes long because it is large', async () => {
		const { origin } = await aServer(async (_request, response) => {
			for (let part = 0; part < 20; part++) {
				response.write(Buffer.alloc(1000));
				await pause(20);
			}
			response.end();
		});
		const { body } = await api({ msPerByte: 1 }).request(get({ signedUrl: `${origin}/file`, expect: 'binary' }));
		expect(body).toHaveLength(20_000);
	});

	it('aborts an endless response', async () => {
		const { origin, closed } = await tricklingServer();
		const limits = { requestMs: 60_000, msPerByte: 1000, fileBytes: 20 };
		const refusal = await refusalOf(api(limits).request(get({ signedUrl: `${origin}/file`, expect: 'binary' })));
		expect(refusal.message).toBe('AssemblyAI sent a response that is too large');
		await until(() => closed.length === 1);
	});

	it('closes the connection behind a proxy too', async () => {
		const { origin, closed } = await tricklingServer();
		const throughProxy: string[] = [];
		const proxy = createServer((incoming, response) => {
			throughProxy.push(incoming.url ?? '');
			const onward = forward(incoming.url ?? '', (answer) => answer.pipe(response)).on('error', () =>
				response.destroy(),
			);
			response.once('close', () => onward.destroy());
			onward.end();
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		process.env.HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
		try {
			const refusal = await refusalOf(api().request(get({ signedUrl: `${origin}/file`, expect: 'binary' })));
			expect(refusal.message).toBe('AssemblyAI took too long to respond');
			await until(() => closed.length === 2);
			expect(throughProxy).toEqual([`${origin}/file`, `${origin}/file`]);
		} finally {
			delete process.env.HTTP_PROXY;
			proxy.closeAllConnections();
			proxy.close();
		}
	});
});

describe('Time limit of a submit', () => {
	it.each([
		['never starts to respond', { kind: 'slow', seconds: FOREVER } as const],
		['sends its response byte by byte', { kind: 'trickle', seconds: 0.05 } as const],
	])('is uncertain and isn’t retried if the service %s', async (_what, fault) => {
		service.sandbox.httpFaults.add({ ...fault, next: 9 });
		const request: ApiRequest = {
			method: 'POST',
			path: '/v2/transcript',
			json: { audio_url: 'https://example.com/a.mp3' },
			idempotent: false,
		};
		const refusal = await refusalOf(api().request(request));
		expect(refusal.message).toContain('may or may not have accepted the job');
		expect(refusal.explanation.description).toContain('AssemblyAI took too long to respond');
		expect(await closedRequests()).toHaveLength(1);
	});
});

describe('Time limit of an upload', () => {
	/** More data than a connection's buffers can hold. */
	const PIECES = Array<Buffer>(320).fill(Buffer.alloc(65_536));

	/** A recording as a source that tracks opened streams. */
	function source() {
		const opened: UploadContent[] = [];
		const file: UploadSource = {
			fileName: 'call.wav',
			mimeType: 'audio/wav',
			bytes: PIECES.length * 65_536,
			open: async () => {
				const content = Readable.from(PIECES, { objectMode: false });
				opened.push(content);
				return content;
			},
		};
		return { file, opened };
	}

	it.each([
		['a body', (file: UploadSource) => ({ upload: file })],
		['a form', (file: UploadSource) => ({ multipart: { fields: [], file: { field: 'file', source: file } } })],
	])('aborts the upload of %s if the service reads too slowly, and closes the file', async (_what, bodyOf) => {
		service.sandbox.httpFaults.add({ kind: 'slowUpload', seconds: 0.02, next: 9 });
		const { file, opened } = source();
		const refusal = await refusalOf(
			api().request({ method: 'POST', path: '/v2/upload', ...bodyOf(file), idempotent: true }),
		);
		expect(refusal.message).toBe('AssemblyAI took too long to respond');
		expect(await closedRequests()).toHaveLength(2);
		expect(opened.map((content) => (content as { destroyed?: boolean }).destroyed)).toEqual([true, true]);
	});

	it('grows with the size of the file', async () => {
		const { origin } = await aServer(async (_request, response) => {
			await pause(600);
			response.end('{"upload_url":"https://cdn.example.com/1"}');
		});
		const { file } = source();
		const request: ApiRequest = { method: 'POST', path: '/v2/upload', upload: file, idempotent: false };
		await expect(api({ msPerByte: 1 }, undefined, origin).request(request)).resolves.toMatchObject({ status: 200 });
	});
});

describe('A canceled execution', () => {
	it('aborts a slow transcript', async () => {
		service.sandbox.httpFaults.add({ kind: 'trickle', seconds: 1, match: READ, next: 9 });
		const { json } = await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup());
		await service.sandbox.settled();
		service.sandbox.requests.clear();
		const parameters = { resource: 'transcript', operation: 'get', transcriptId: String(json[0]?.id) };
		await run('transcription', parameters, [{ json: {} }], service.setup(), (cancel) => {
			void until(() => service.sandbox.requests.list().length > 0).then(cancel);
		});
		expect(await closedRequests()).toHaveLength(1);
	});

	it('aborts a download from a signed URL', async () => {
		const { origin, closed } = await tricklingServer();
		const stopping = new AbortController();
		const asked = expect(
			api({ requestMs: 60_000 }, stopping.signal).request(get({ signedUrl: `${origin}/file`, expect: 'binary' })),
		).rejects.toThrow('The execution was stopped');
		await pause(50);
		stopping.abort();
		await asked;
		await until(() => closed.length === 1);
	});

	it('sends no request', async () => {
		const { origin, closed } = await tricklingServer();
		await refusalOf(api({}, AbortSignal.abort()).request(get({ signedUrl: `${origin}/file`, expect: 'binary' })));
		expect(closed).toEqual([]);
	});
});
