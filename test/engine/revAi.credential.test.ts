import { RevAiTranscriptionApi } from '../../credentials/RevAiTranscriptionApi.credentials';
import { testedByNewerN8n, testedCredential } from './credentialTester';
import { API_KEY, type Setup } from './harness';
import { sendJson, startServer } from './localServer';
import { useSandbox } from './sandbox';

const service = useSandbox('revAi');
const credential = new RevAiTranscriptionApi();

describe.each([
	['ignores all statuses', async (setup: Setup) => await testedCredential(credential, 'revAi', setup)],
	['can ignore one status', async (setup: Setup) => await testedByNewerN8n(credential, setup)],
])('Rev AI credential test in an n8n version that %s', (_version, tested) => {
	const testedAgainst = async (status: number, body: unknown) => {
		const server = await startServer((_request, response) => sendJson(response, status, body));
		const message = await tested({ baseUrl: server.origin, credential: { apiKey: 'key' } });
		await server.close();
		return message;
	};

	it('passes for a valid key although the job doesn’t exist', async () => {
		expect(await tested(service.setup({ credential: { apiKey: API_KEY } }))).toBeUndefined();
		expect(service.sandbox.requests.list().map(({ status, authorized }) => [status, authorized])).toEqual([
			[404, true],
		]);
	});

	it('fails for a wrong key', async () => {
		const message = await tested(service.setup({ credential: { apiKey: 'wrong' } }));
		expect(message).toContain('didn’t accept the API key');
	});

	it.each<[number, unknown, string]>([
		[401, { title: 'Authorization has been denied for this request', status: 401 }, 'didn’t accept the API key'],
		[403, { title: 'access denied', type: 'errors/access-denied', status: 403 }, 'didn’t accept the API key'],
		[200, '<html>Log in</html>', 'isn’t from Rev AI'],
		[200, { id: 'x', status: 'transcribed' }, 'isn’t from Rev AI'],
		[404, '<html>Not found</html>', 'isn’t from Rev AI'],
		[404, { error: 'not found' }, 'isn’t from Rev AI'],
		[429, { title: 'Too Many Requests', status: 429 }, 'right now'],
		[503, { title: 'Service Unavailable', status: 503 }, 'right now'],
	])('fails for %d %j', async (status, body, message) => {
		expect(await testedAgainst(status, body)).toContain(message);
	});
});
