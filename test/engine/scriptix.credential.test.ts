import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ScriptixTranscriptionApi } from '../../credentials/ScriptixTranscriptionApi.credentials';
import { testedCredential } from './credentialTester';
import { API_KEY } from './harness';
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
});
