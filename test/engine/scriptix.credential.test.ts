import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ScriptixTranscriptionApi } from '../../credentials/ScriptixTranscriptionApi.credentials';
import { testedByNewerN8n, testedCredential } from './credentialTester';
import { API_KEY } from './harness';
import { startServer } from './localServer';
import { useSandbox } from './sandbox';

const service = useSandbox('scriptix');
const tested = async (credential: ICredentialDataDecryptedObject) =>
	await testedCredential(
		new ScriptixTranscriptionApi(),
		'scriptix',
		service.setup({ credential: { apiKey: API_KEY, ...credential } }),
	);

describe.each<[string, ICredentialDataDecryptedObject, string]>([
	['by default', {}, '/api/v3/documents'],
	['for batch upload', { apiGeneration: 'stt', authHeader: 'automatic' }, '/api/v3/documents'],
	['for sessions', { apiGeneration: 'sessions', authHeader: 'automatic' }, '/api/v3/speech-to-text/session?limit=1'],
])('Scriptix credential test %s', (_name, credential, path) => {
	it('passes for a valid key, with the header and the path of the generation', async () => {
		expect(await tested(credential)).toBeUndefined();
		expect(service.asked()).toEqual([`GET ${path}`]);
	});

	it('fails for a wrong key', async () => {
		await expect(tested({ ...credential, apiKey: 'wrong' })).rejects.toThrow('Authorization failed');
	});

	it.each(['<html>Log in</html>', '\n<!DOCTYPE html>', '\ufeff<html>', '{"message": ', ''])(
		'fails for a response that isn’t JSON: %j',
		async (page) => {
			const server = await startServer((_request, response) => {
				response.writeHead(200, { 'content-type': 'text/html' }).end(page);
			});
			const setup = { baseUrl: server.origin, credential: { apiKey: 'key', ...credential } };
			const type = new ScriptixTranscriptionApi();
			const messages = [await testedCredential(type, 'scriptix', setup), await testedByNewerN8n(type, setup)];
			await server.close();
			const failure = expect.stringContaining('The response isn’t from Scriptix');
			expect(messages).toEqual([failure, failure]);
		},
	);
});
