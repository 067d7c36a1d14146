import type { ServerResponse } from 'node:http';
import { type ApiRequest, createApi } from '../../nodes/Transcription/http/api';
import type { ServiceError } from '../../nodes/Transcription/http/errors';
import { executeContext } from './exampleProvider/nodes';
import { exampleSpeech } from './exampleProvider/provider';
import { EXAMPLE_KEY } from './exampleProvider/server';
import { type LocalServer, type SeenRequest, sendJson, startServer } from './localServer';
import { RECORDING } from './recording';

jest.setTimeout(30_000);
const servers: LocalServer[] = [];
afterEach(async () => await Promise.all(servers.splice(0).map(async (server) => await server.close())));

async function server(answer: (request: SeenRequest, response: ServerResponse) => void): Promise<LocalServer> {
	const started = await startServer(answer);
	servers.push(started);
	return started;
}

/** Sends requests with n8n's own helpers and the service's credential. */
function apiOf({ origin }: LocalServer, explain = exampleSpeech.explain) {
	const { displayName, credentialType } = exampleSpeech;
	const context = executeContext({}, {}, { baseUrl: origin, credential: { apiKey: EXAMPLE_KEY } });
	return createApi(context, {
		displayName,
		credentialType,
		baseUrl: origin,
		explain,
		settings: {},
		secrets: [EXAMPLE_KEY],
	});
}

async function refusalOf(asked: Promise<unknown>): Promise<ServiceError> {
	return await asked.then(
		() => {
			throw new Error('was not refused');
		},
		(error: unknown) => error as ServiceError,
	);
}
const get = (request: object) => ({ method: 'GET', idempotent: true, ...request }) as ApiRequest;
const words = ({ explanation }: ServiceError) => `${explanation.message} ${explanation.description}`;
const ALL_BYTES = Buffer.from(Uint8Array.from({ length: 256 }, (_, i) => i));

describe('file response', () => {
	it.each([
		['every byte value', ALL_BYTES, 'application/octet-stream'],
		['a recording', RECORDING, 'audio/wav'],
		['text with umlauts', Buffer.from('Grüße'), 'text/plain; charset=utf-8'],
		['JSON', Buffer.from('{"a":1}'), 'application/json'],
		['nothing', Buffer.alloc(0), 'text/vtt'],
	])('is returned unchanged: %s', async (_what, content, type) => {
		const service = await server((_request, response) =>
			response.writeHead(200, { 'content-type': type }).end(content),
		);
		const { body } = await apiOf(service).request(get({ path: '/file', expect: 'binary' }));
		expect(Buffer.isBuffer(body)).toBe(true);
		expect((body as Buffer).equals(content)).toBe(true);
	});

	it.each(['binary', 'text', 'json', 'nothing'] as const)(
		'is explained with the service’s message if the response is an error instead (%s)',
		async (expect_) => {
			const service = await server((_request, response) =>
				sendJson(response, 422, { error: `No file for ${EXAMPLE_KEY}` }),
			);
			const refusal = await refusalOf(apiOf(service).request(get({ path: '/file', expect: expect_ })));
			expect(refusal.status).toBe(422);
			expect(refusal.explanation.description).toBe(
				'Check the parameters of this node. Example Speech says: No file for [redacted]',
			);
		},
	);

	it.each(['binary', 'text'] as const)(
		'is explained with the service’s text if the response is a plain text error instead (%s)',
		async (expect_) => {
			const service = await server((_request, response) => response.writeHead(400).end('Not yet'));
			const refusal = await refusalOf(apiOf(service).request(get({ path: '/file', expect: expect_ })));
			expect(refusal.explanation.description).toBe('Check the parameters of this node. Example Speech says: Not yet');
		},
	);
});

describe('text response', () => {
	it('is returned as text even if it looks like JSON', async () => {
		const service = await server((_request, response) => sendJson(response, 200, { a: 1 }));
		const { body } = await apiOf(service).request(get({ path: '/text', expect: 'text' }));
		expect(body).toBe('{"a":1}');
	});
});

describe('signed URL', () => {
	it('is requested without the credential', async () => {
		const service = await server((_request, response) => sendJson(response, 200, {}));
		const storage = await server((_request, response) => response.end('bytes'));
		const signedUrl = `${storage.origin}/a.wav?Signature=x%2By%3D&Expires=1`;
		await apiOf(service).request(get({ signedUrl, expect: 'binary' }));
		const [seen] = storage.seen;
		expect(seen?.url).toBe('/a.wav?Signature=x%2By%3D&Expires=1');
		expect(JSON.stringify(seen?.headers)).not.toContain(EXAMPLE_KEY);
		expect(seen?.headers).not.toHaveProperty('authorization');
		expect(seen?.headers).not.toHaveProperty('x-example-key');
		expect(service.seen).toEqual([]);
	});

	it('is requested without the credential even if it points to the service itself', async () => {
		const service = await server((_request, response) => response.end('bytes'));
		await apiOf(service).request(get({ signedUrl: `${service.origin}/a?Signature=x`, expect: 'binary' }));
		expect(service.seen).toHaveLength(1);
		expect(JSON.stringify(service.seen[0]?.headers)).not.toContain(EXAMPLE_KEY);
	});

	it('doesn’t follow a redirect', async () => {
		const elsewhere = await server((_request, response) => response.end('bytes'));
		const storage = await server((_request, response) => response.writeHead(302, { location: elsewhere.origin }).end());
		const refusal = await refusalOf(
			apiOf(storage).request(get({ signedUrl: `${storage.origin}/a`, expect: 'binary' })),
		);
		expect(refusal.status).toBe(302);
		expect(elsewhere.seen).toEqual([]);
	});

	it('is redacted in the error, which doesn’t blame the API key', async () => {
		const storage = await server(({ url }, response) =>
			response.writeHead(403, { 'content-type': 'text/plain' }).end(`Expired: ${storage.origin}${url}`),
		);
		const refusal = await refusalOf(
			apiOf(storage).request(get({ signedUrl: `${storage.origin}/a?Signature=topsecret`, expect: 'binary' })),
		);
		expect(words(refusal)).toContain('Example Speech’s file storage rejected the request (status 403)');
		expect(words(refusal)).toContain('The storage says: Expired: [redacted]');
		expect(words(refusal)).not.toMatch(/topsecret|API key/);
	});

	it('omits the storage’s XML error page', async () => {
		const storage = await server((_request, response) =>
			response.writeHead(403).end('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'),
		);
		const refusal = await refusalOf(
			apiOf(storage).request(get({ signedUrl: `${storage.origin}/a`, expect: 'binary' })),
		);
		expect(words(refusal)).not.toContain('<');
	});
});

describe('URL on the service’s own origin', () => {
	it('is requested with the credential', async () => {
		const service = await server((_request, response) => sendJson(response, 200, { page: 2 }));
		const { body } = await apiOf(service).request(get({ ownUrl: `${service.origin}/jobs?page=2` }));
		expect(body).toEqual({ page: 2 });
		expect(service.seen[0]).toMatchObject({ url: '/jobs?page=2', headers: { 'x-example-key': EXAMPLE_KEY } });
	});

	it('is rejected on another port without sending a request', async () => {
		const service = await server((_request, response) => sendJson(response, 200, {}));
		const other = await server((_request, response) => sendJson(response, 200, {}));
		const refusal = await refusalOf(apiOf(service).request(get({ ownUrl: `${other.origin}/jobs` })));
		expect(words(refusal)).toContain('points to a different host');
		expect([service.seen, other.seen]).toEqual([[], []]);
	});

	it('lets the provider explain an error', async () => {
		const service = await server((_request, response) => sendJson(response, 409, { error: 'busy' }));
		const explain = (status: number, detail: string) => ({ message: `${status} ${detail}`, description: 'Wait.' });
		const refusal = await refusalOf(apiOf(service, explain).request(get({ ownUrl: `${service.origin}/jobs` })));
		expect(refusal.message).toBe('409 busy');
	});
});
