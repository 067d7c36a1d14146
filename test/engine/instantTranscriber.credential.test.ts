import { InstantTranscriberTranscriptionApi } from '../../credentials/InstantTranscriberTranscriptionApi.credentials';
import { testedCredential } from './credentialTester';
import { API_KEY } from './harness';
import { sendJson, startServer } from './localServer';
import { useSandbox } from './sandbox';

const service = useSandbox('instantTranscriber');
const tested = async (apiKey: string, baseUrl = service.setup().baseUrl) =>
	await testedCredential(new InstantTranscriberTranscriptionApi(), 'instantTranscriber', {
		baseUrl,
		credential: { apiKey },
	});

describe('InstantTranscriber credential test in an n8n version that ignores all statuses', () => {
	it('passes for a valid key although the job doesn’t exist', async () => {
		expect(await tested(API_KEY)).toBeUndefined();
		expect(service.sandbox.requests.list().map(({ status, authorized }) => [status, authorized])).toEqual([
			[404, true],
		]);
	});

	it('fails for a wrong key', async () => {
		expect(await tested('wrong')).toContain('didn’t accept the API key');
	});

	it.each<[number, object]>([
		[401, { error: 'Unauthorized' }],
		[401, { detail: 'Not authenticated' }],
		[401, { statusCode: 401, message: 'x' }],
		[401, { error: { type: 'authentication_error', message: 'x' } }],
		[403, { error: { code: 'forbidden' } }],
	])('fails if the key is rejected with %d and %j', async (status, body) => {
		const server = await startServer((_request, response) => sendJson(response, status, body));
		expect(await tested('key', server.origin)).toContain('didn’t accept the API key');
		await server.close();
	});

	it.each<[number, object]>([
		[404, { error: 'Not found' }],
		[404, { statusCode: 404, error: { code: 'not_found' } }],
		[422, { detail: [{ loc: ['path'], msg: 'no UUID' }] }],
		[400, { error: 'bad_request' }],
	])('passes if the ID is rejected with %d and %j', async (status, body) => {
		const server = await startServer((_request, response) => sendJson(response, status, body));
		expect(await tested('key', server.origin)).toBeUndefined();
		await server.close();
	});
});
