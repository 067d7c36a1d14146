import { NodeHelpers, type INode, Workflow } from 'n8n-workflow';
import { InstantTranscriberTranscriptionApi } from '../../../credentials/InstantTranscriberTranscriptionApi.credentials';
import { toConnection } from '../../../nodes/Transcription/http/connection';
import { instantTranscriber } from '../../../nodes/Transcription/providers/instantTranscriber';
import { fileFieldName, signatureSettings } from '../../../nodes/Transcription/providers/instantTranscriber/credential';

const credential = new InstantTranscriberTranscriptionApi();
const node: INode = { id: '1', name: 'N', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };
const nodeTypes = { getByName: () => undefined, getByNameAndVersion: () => undefined, getKnownTypes: () => ({}) };

/** An expression of the credential as n8n evaluates it. */
function evaluated(expression: unknown, values: Record<string, string>): unknown {
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypes as never });
	return workflow.expression.getSimpleParameterValue(node, expression as string, 'internal', { $credentials: values });
}

/** Names of the fields that the editor shows. */
const shown = (values: Record<string, string>) =>
	credential.properties.filter((field) => NodeHelpers.displayParameter(values, field, null, null)).map(({ name }) => name);

/** The provider's own settings, with what n8n fills in where nothing was entered. */
function settingsWith(values: Record<string, string>) {
	const filled = NodeHelpers.getNodeParameters(credential.properties, { apiKey: 'key', region: 'worldwide', ...values }, true, false, null, null);
	return toConnection(filled as Record<string, unknown>, instantTranscriber.regions).settings;
}

describe('the credential for InstantTranscriber', () => {
	it('has the name that the provider asks for', () => {
		expect(credential.name).toBe(instantTranscriber.credentialType);
	});

	it('asks for nothing about signatures while they are not checked', () => {
		expect(shown({ region: 'worldwide', signatureCheck: 'off' })).toEqual([
			'apiKey',
			'region',
			'signatureCheck',
			'fileFieldName',
			'webhookSecret',
			'previousWebhookSecret',
		]);
	});

	it('asks how they are made where they are', () => {
		expect(shown({ region: 'worldwide', signatureCheck: 'required' })).toEqual(
			expect.arrayContaining(['signatureHeader', 'signaturePrefix', 'signatureEncoding']),
		);
	});

	it('sends the key as a bearer token', async () => {
		const { headers } = await credential.authenticate({ apiKey: 'it_live_a_b' }, { url: 'http://x', headers: { Accept: 'text/plain' } });
		expect(headers).toEqual({ Accept: 'text/plain', Authorization: 'Bearer it_live_a_b' });
	});

	it.each(['worldwide', 'custom'])('tests itself where the nodes will ask, in the region %s', (region) => {
		const values = { apiKey: 'key', region, baseUrl: 'http://localhost:4010/instanttranscriber' };
		const { baseURL, url } = credential.test.request;
		expect(evaluated(baseURL, values)).toBe(toConnection(values, instantTranscriber.regions).baseUrl);
		expect(url).toMatch(/^\/v1\/transcriptions\/[0-9a-f-]{36}$/);
	});

	it.each([401, 403])('says what to check when the service answers %d', (status) => {
		const rule = credential.test.rules?.find(({ properties }) => 'value' in properties && properties.value === status);
		expect(rule).toMatchObject({ type: 'responseCode', properties: { message: expect.stringContaining('it_live_') } });
	});

	it('takes a refusal of the key for one, and that there is no such transcript for none', () => {
		const { except } = credential.test.request.ignoreHttpStatusErrors as unknown as { except: number[] };
		expect(except).toEqual(expect.arrayContaining([401, 403]));
		for (const status of [400, 404, 405, 422]) expect(except).not.toContain(status);
	});
});

describe('the settings for InstantTranscriber', () => {
	it('ask for no signature and send the file as “file” unless said otherwise', () => {
		const settings = settingsWith({});
		expect([signatureSettings(settings), fileFieldName(settings)]).toEqual([undefined, 'file']);
	});

	it('have a guess for the signature', () => {
		const expected = { header: 'X-InstantTranscriber-Signature', prefix: 'sha256=', encoding: 'hex' };
		expect(signatureSettings(settingsWith({ signatureCheck: 'required' }))).toEqual(expected);
	});

	it('keep a prefix that was left empty', () => {
		expect(signatureSettings(settingsWith({ signatureCheck: 'required', signaturePrefix: '' }))?.prefix).toBe('');
	});

	it('keep what was entered', () => {
		const values = { signatureCheck: 'required', signatureHeader: ' X-Sig ', signatureEncoding: 'base64', fileFieldName: 'audio' };
		const settings = settingsWith(values);
		expect(signatureSettings(settings)).toEqual({ header: 'X-Sig', prefix: 'sha256=', encoding: 'base64' });
		expect(fileFieldName(settings)).toBe('audio');
	});
});
