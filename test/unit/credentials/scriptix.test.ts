import { type ICredentialDataDecryptedObject, type INode, NodeHelpers } from 'n8n-workflow';
import { ScriptixTranscriptionApi } from '../../../credentials/ScriptixTranscriptionApi.credentials';
import { toConnection } from '../../../nodes/Transcription/http/connection';
import { scriptix } from '../../../nodes/Transcription/providers/scriptix';
import { generationOf } from '../../../nodes/Transcription/providers/scriptix/credential';
import { evaluate } from './evaluate';

const credential = new ScriptixTranscriptionApi();
const node: INode = { id: '1', name: 'N', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };

/** Returns the headers that n8n adds to a request with this credential. */
async function headersWith(values: ICredentialDataDecryptedObject) {
	const { headers } = await credential.authenticate(
		{ apiKey: 'the-key', ...values },
		{ url: 'http://x', headers: { Accept: 'text/plain' } },
	);
	return headers;
}

describe('Scriptix Transcription API', () => {
	it('has working defaults', () => {
		const defaults = NodeHelpers.getNodeParameters(credential.properties, {}, true, false, node, null) ?? {};
		const { settings, baseUrl } = toConnection({ ...defaults, apiKey: 'k' }, scriptix.regions);
		expect(baseUrl).toBe('https://api.scriptix.io');
		expect(generationOf(settings)).toBe('stt');
		expect(scriptix.callback.unverifiable?.(settings, false)).toBeUndefined();
	});

	it.each<Record<string, string>>([
		{},
		{ authHeader: '' },
		{ authHeader: 'automatic' },
		{ apiGeneration: 'stt', authHeader: 'automatic' },
		{ apiGeneration: 'sessions', authHeader: 'bearer' },
	])('sends the key only as a bearer token with %j', async (values) => {
		expect(await headersWith(values)).toEqual({ Accept: 'text/plain', Authorization: 'Bearer the-key' });
	});

	it.each<Record<string, string>>([
		{ authHeader: 'x-zoom-s2t-key' },
		{ apiGeneration: 'sessions' },
		{ apiGeneration: 'sessions', authHeader: 'automatic' },
	])('sends the key only in X-Zoom-S2t-Key with %j', async (values) => {
		expect(await headersWith(values)).toEqual({
			Accept: 'text/plain',
			'x-zoom-s2t-key': 'the-key',
		});
	});

	it.each([
		['sessions', '/api/v3/speech-to-text/session?limit=1'],
		['stt', '/api/v3/documents'],
	])('tests a path of the API generation %s', (apiGeneration, path) => {
		expect(evaluate(credential.test.request.url, { apiKey: 'key', region: 'scriptix', apiGeneration })).toBe(path);
	});
});
