import { AssemblyAiTranscriptionApi } from '../../credentials/AssemblyAiTranscriptionApi.credentials';
import { GladiaTranscriptionApi } from '../../credentials/GladiaTranscriptionApi.credentials';
import { InstantTranscriberTranscriptionApi } from '../../credentials/InstantTranscriberTranscriptionApi.credentials';
import { RevAiTranscriptionApi } from '../../credentials/RevAiTranscriptionApi.credentials';
import { SonioxTranscriptionApi } from '../../credentials/SonioxTranscriptionApi.credentials';
import { SpeechmaticsTranscriptionApi } from '../../credentials/SpeechmaticsTranscriptionApi.credentials';
import { testedByNewerN8n, testedCredential } from './credentialTester';
import { API_KEY } from './harness';
import { sendJson, startServer } from './localServer';
import { useSandbox } from './sandbox';

describe.each([
	['assemblyAi', new AssemblyAiTranscriptionApi()],
	['gladia', new GladiaTranscriptionApi()],
	['instantTranscriber', new InstantTranscriberTranscriptionApi()],
	['revAi', new RevAiTranscriptionApi()],
	['soniox', new SonioxTranscriptionApi()],
	['speechmatics', new SpeechmaticsTranscriptionApi()],
] as const)('Credential test for %s', (provider, credential) => {
	const service = useSandbox(provider);
	const tested = async (apiKey: string, baseUrl = service.setup().baseUrl) =>
		await testedByNewerN8n(credential, { baseUrl, credential: { apiKey } });
	const testedAgainst = async (status: number, body: unknown) => {
		const server = await startServer((_request, response) => sendJson(response, status, body));
		const message = await tested('key', server.origin);
		await server.close();
		return message;
	};

	it('passes for a valid key', async () => {
		expect(await tested(API_KEY)).toBeUndefined();
	});

	it('fails for a wrong key', async () => {
		expect(await tested('wrong')).toContain('didn’t accept the API key');
	});

	it.each([302, 401, 402, 403, 405, 408, 409, 418, 429, 500, 502, 503, 504, 520])(
		'fails for status %d',
		async (status) => {
			expect(await testedAgainst(status, { message: 'x' })).toEqual(expect.any(String));
		},
	);

	it('fails for a web page', async () => {
		expect(await testedAgainst(200, '<html>Log in</html>')).toContain('The response isn’t from');
	});
});

it.each([
	['assemblyAi', new AssemblyAiTranscriptionApi()],
	['gladia', new GladiaTranscriptionApi()],
	['revAi', new RevAiTranscriptionApi()],
	['soniox', new SonioxTranscriptionApi()],
	['speechmatics', new SpeechmaticsTranscriptionApi()],
] as const)('the credential test for %s fails for a web page in every n8n version', async (provider, credential) => {
	const server = await startServer((_request, response) => sendJson(response, 200, '<html>Log in</html>'));
	const setup = { baseUrl: server.origin, credential: { apiKey: 'key' } };
	expect(await testedCredential(credential, provider, setup)).toContain('The response isn’t from');
	await server.close();
});
