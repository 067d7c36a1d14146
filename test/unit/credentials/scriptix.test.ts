import { type ICredentialDataDecryptedObject, type INode, NodeHelpers } from 'n8n-workflow';
import { ScriptixTranscriptionApi } from '../../../credentials/ScriptixTranscriptionApi.credentials';
import { toConnection } from '../../../nodes/Transcription/http/connection';
import { scriptix } from '../../../nodes/Transcription/providers/scriptix';
import { evaluate } from './evaluate';

const credential = new ScriptixTranscriptionApi();
const node: INode = { id: '1', name: 'N', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };

/** The headers that n8n adds to a request with this credential. */
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
		expect(scriptix.callback.unverifiable?.(settings, false)).toBeUndefined();
	});

	it.each<Record<string, string>>([{}, { authHeader: '' }, { authHeader: 'bearer' }])(
		'sends the key only as a bearer token with %j',
		async (values) => {
			expect(await headersWith(values)).toEqual({ Accept: 'text/plain', Authorization: 'Bearer the-key' });
		},
	);

	it('sends the key only in X-Zoom-S2t-Key if selected', async () => {
		expect(await headersWith({ authHeader: 'x-zoom-s2t-key' })).toEqual({
			Accept: 'text/plain',
			'x-zoom-s2t-key': 'the-key',
		});
	});

	it.each([
		['sessions', '/api/v3/account/me'],
		['stt', '/api/v3/documents'],
	])('tests a path of the API generation %s', (apiGeneration, path) => {
		expect(evaluate(credential.test.request.url, { apiKey: 'key', region: 'scriptix', apiGeneration })).toBe(path);
	});
});
