import { ElevenLabsTranscriptionApi } from '../../credentials/ElevenLabsTranscriptionApi.credentials';
import { useElevenLabs, KEY, RESTRICTED_KEY } from './elevenLabsService';
import { testedCredential } from './credentialTester';
import type { Setup } from './harness';
import { sendJson, startServer } from './localServer';

const service = useElevenLabs();

const tested = async (setup: Setup) => await testedCredential(new ElevenLabsTranscriptionApi(), 'elevenLabs', setup);

describe('ElevenLabs credential test', () => {
	it.each([
		['a key', KEY],
		['a key without access to webhooks', RESTRICTED_KEY],
	])('passes for %s although the transcript doesn’t exist', async (_what, apiKey) => {
		expect(await tested(service.setup({ apiKey }))).toBeUndefined();
		expect(service.sandbox.requests.list().map(({ status, authorized }) => [status, authorized])).toEqual([
			[404, true],
		]);
	});

	it('fails for a wrong key', async () => {
		expect(await tested(service.setup({ apiKey: 'wrong' }))).toContain('didn’t accept the API key');
	});

	it.each<[string, number, unknown, string]>([
		[
			'a key without access to speech to text',
			401,
			{ detail: { status: 'missing_permissions', message: 'x' } },
			'doesn’t have the Speech to Text permission',
		],
		[
			'such a key in the newer format',
			401,
			{ detail: { type: 'x', code: 'missing_permissions', message: 'x' } },
			'doesn’t have the Speech to Text permission',
		],
		[
			'a wrong key in the newer format',
			401,
			{ detail: { type: 'x', code: 'invalid_api_key', message: 'x' } },
			'didn’t accept',
		],
		['another service', 404, { error: 'not found' }, 'isn’t from ElevenLabs'],
		['a service that is down', 503, { detail: 'Service unavailable' }, 'isn’t from ElevenLabs'],
	])('fails for %s', async (_what, status, body, message) => {
		const server = await startServer((_request, response) => sendJson(response, status, body));
		expect(await tested({ baseUrl: server.origin, credential: { apiKey: KEY } })).toContain(message);
		await server.close();
	});

	it('fails for a web page', async () => {
		const server = await startServer(
			(_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>'),
		);
		expect(await tested({ baseUrl: server.origin, credential: { apiKey: KEY } })).toContain('isn’t from ElevenLabs');
		await server.close();
	});
});
