import { NodeHelpers, type INode, Workflow } from 'n8n-workflow';
import { SonioxTranscriptionApi } from '../../../credentials/SonioxTranscriptionApi.credentials';
import { toConnection } from '../../../nodes/Transcription/http/connection';
import { soniox } from '../../../nodes/Transcription/providers/soniox';

const credential = new SonioxTranscriptionApi();
const node: INode = { id: '1', name: 'N', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };
const nodeTypes = { getByName: () => undefined, getByNameAndVersion: () => undefined, getKnownTypes: () => ({}) };

/** An expression of the credential as n8n evaluates it. */
function evaluated(expression: unknown, values: Record<string, string>): unknown {
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypes as never });
	return workflow.expression.getSimpleParameterValue(node, expression as string, 'internal', { $credentials: values });
}

describe('the credential for Soniox', () => {
	it('has the name that the provider asks for', () => {
		expect(credential.name).toBe(soniox.credentialType);
	});

	it('has the fields that every credential of this package has', () => {
		expect(credential.properties.map(({ name }) => name)).toEqual([
			'apiKey',
			'region',
			'baseUrl',
			'webhookSecret',
			'previousWebhookSecret',
		]);
	});

	it.each(['apiKey', 'webhookSecret', 'previousWebhookSecret'])('hides %s in the editor', (name) => {
		expect(credential.properties.find((field) => field.name === name)?.typeOptions).toEqual({ password: true });
	});

	it.each([
		['us', false],
		['eu', false],
		['jp', false],
		['custom', true],
	])('asks for the Base URL with the region %s: %p', (region, asks) => {
		const baseUrl = credential.properties.find(({ name }) => name === 'baseUrl');
		expect(baseUrl && NodeHelpers.displayParameter({ region }, baseUrl, null, null)).toBe(asks);
	});

	it('sends the key as a bearer token', async () => {
		const { headers } = await credential.authenticate({ apiKey: 'the-api-key' }, { url: 'http://x', headers: { Accept: 'text/plain' } });
		expect(headers).toEqual({ Accept: 'text/plain', Authorization: 'Bearer the-api-key' });
	});

	it.each(['us', 'eu', 'jp', 'custom'])('tests itself where the nodes will ask, in the region %s', (region) => {
		const values = { apiKey: 'key', region, baseUrl: 'http://localhost:4010/soniox' };
		const { baseURL, url } = credential.test.request;
		expect(evaluated(baseURL, values)).toBe(toConnection(values, soniox.regions).baseUrl);
		expect(url).toBe('/v1/models');
	});

	it.each([401, 403])('says what to check when the service answers %d', (status) => {
		const rule = credential.test.rules?.find(({ properties }) => 'value' in properties && properties.value === status);
		expect(rule).toMatchObject({ type: 'responseCode', properties: { message: expect.stringContaining('API key') } });
	});
});
