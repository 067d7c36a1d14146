import { NodeHelpers, type INode, Workflow } from 'n8n-workflow';
import { ElevenLabsTranscriptionApi } from '../../../credentials/ElevenLabsTranscriptionApi.credentials';
import { toConnection } from '../../../nodes/Transcription/http/connection';
import { elevenLabs } from '../../../nodes/Transcription/providers/elevenLabs';

const credential = new ElevenLabsTranscriptionApi();
const node: INode = { id: '1', name: 'N', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };
const nodeTypes = { getByName: () => undefined, getByNameAndVersion: () => undefined, getKnownTypes: () => ({}) };

/** An expression of the credential as n8n evaluates it. */
function evaluated(expression: unknown, values: Record<string, string>): unknown {
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypes as never });
	return workflow.expression.getSimpleParameterValue(node, expression as string, 'internal', { $credentials: values });
}

describe('the credential for ElevenLabs', () => {
	it('has the name that the provider asks for', () => {
		expect(credential.name).toBe(elevenLabs.credentialType);
	});

	it('has the fields that every credential of this package has, and how the webhook is set up', () => {
		expect(credential.properties.map(({ name }) => name)).toEqual([
			'apiKey',
			'region',
			'baseUrl',
			'webhookSetup',
			'webhookSecret',
			'previousWebhookSecret',
		]);
	});

	it('sets the webhook up automatically unless told otherwise', () => {
		expect(credential.properties.find(({ name }) => name === 'webhookSetup')?.default).toBe('automatic');
	});

	it.each(['apiKey', 'webhookSecret', 'previousWebhookSecret'])('hides %s in the editor', (name) => {
		expect(credential.properties.find((field) => field.name === name)?.typeOptions).toEqual({ password: true });
	});

	it.each([
		['global', false],
		['sg', false],
		['custom', true],
	])('asks for the Base URL with the region %s: %p', (region, asks) => {
		const baseUrl = credential.properties.find(({ name }) => name === 'baseUrl');
		expect(baseUrl && NodeHelpers.displayParameter({ region }, baseUrl, null, null)).toBe(asks);
	});

	it('sends the key in the header of the service', async () => {
		const { headers } = await credential.authenticate({ apiKey: 'the-api-key' }, { url: 'http://x', headers: { Accept: 'text/plain' } });
		expect(headers).toEqual({ Accept: 'text/plain', 'xi-api-key': 'the-api-key' });
	});

	it.each([
		['global', 'https://api.elevenlabs.io'],
		['us', 'https://api.us.elevenlabs.io'],
		['eu', 'https://api.eu.residency.elevenlabs.io'],
		['in', 'https://api.in.residency.elevenlabs.io'],
		['sg', 'https://api.sg.residency.elevenlabs.io'],
		['custom', 'http://localhost:4010/elevenlabs'],
	])('tests itself where the nodes will ask, in the region %s', (region, address) => {
		const values = { apiKey: 'key', region, baseUrl: 'http://localhost:4010/elevenlabs' };
		expect(evaluated(credential.test.request.baseURL, values)).toBe(address);
		expect(toConnection(values, elevenLabs.regions).baseUrl).toBe(address);
	});
});
