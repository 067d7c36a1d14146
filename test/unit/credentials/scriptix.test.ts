import { NodeHelpers, type ICredentialDataDecryptedObject, type IDataObject, type INode, Workflow } from 'n8n-workflow';
import { ScriptixTranscriptionApi } from '../../../credentials/ScriptixTranscriptionApi.credentials';
import { toConnection } from '../../../nodes/Transcription/http/connection';
import { scriptix } from '../../../nodes/Transcription/providers/scriptix';

const credential = new ScriptixTranscriptionApi();
const node: INode = { id: '1', name: 'N', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };
const nodeTypes = { getByName: () => undefined, getByNameAndVersion: () => undefined, getKnownTypes: () => ({}) };
const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypes as never });

function evaluated(expression: unknown, values: ICredentialDataDecryptedObject): unknown {
	return workflow.expression.getSimpleParameterValue(node, expression as string, 'internal', { $credentials: values as IDataObject });
}

/** The headers that n8n adds to a request with this credential. */
async function headersWith(values: ICredentialDataDecryptedObject) {
	const { headers } = await credential.authenticate({ apiKey: 'the-key', ...values }, { url: 'http://x', headers: { Accept: 'text/plain' } });
	return headers;
}

describe('the credential for Scriptix', () => {
	it('has the name that the provider asks for', () => {
		expect(credential.name).toBe(scriptix.credentialType);
	});

	it('has the fields that every credential of this package has, and those of Scriptix', () => {
		expect(credential.properties.map(({ name }) => name)).toEqual([
			'apiKey',
			'region',
			'baseUrl',
			'apiGeneration',
			'authHeader',
			'webhookVerification',
			'webhookSecret',
			'previousWebhookSecret',
		]);
	});

	it('begins with values that can work as they are', () => {
		const defaults = NodeHelpers.getNodeParameters(credential.properties, {}, true, false, node, null) ?? {};
		const { settings, baseUrl } = toConnection({ ...defaults, apiKey: 'k' }, scriptix.regions);
		expect(baseUrl).toBe('https://api.scriptix.io');
		expect(scriptix.callback.unverifiable?.(settings, false)).toBeUndefined();
	});

	it.each<Record<string, string>>([{}, { authHeader: '' }, { authHeader: 'bearer' }])('sends the key as a bearer token alone, with %j', async (values) => {
		expect(await headersWith(values)).toEqual({ Accept: 'text/plain', Authorization: 'Bearer the-key' });
	});

	it('sends the key in the other header alone, where that is chosen', async () => {
		expect(await headersWith({ authHeader: 'x-zoom-s2t-key' })).toEqual({ Accept: 'text/plain', 'x-zoom-s2t-key': 'the-key' });
	});

	it.each([
		['sessions', '/api/v3/account/me'],
		['stt', '/api/v3/documents'],
	])('tests itself with something that the generation %s has, where the nodes will ask', (apiGeneration, path) => {
		const values = { apiKey: 'key', region: 'custom', baseUrl: 'http://localhost:4010/scriptix', apiGeneration };
		const { baseURL, url } = credential.test.request;
		expect(evaluated(baseURL, values)).toBe('http://localhost:4010/scriptix');
		expect(evaluated(url, values)).toBe(path);
	});

	it.each([401, 403])('says what to check when the service answers %d', (status) => {
		const rule = credential.test.rules?.find(({ properties }) => 'value' in properties && properties.value === status);
		expect(rule).toMatchObject({ type: 'responseCode', properties: { message: expect.stringContaining('API key') } });
	});
});
