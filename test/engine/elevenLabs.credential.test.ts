import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createRunExecutionData, type ICredentialTestRequest, type INodeType } from 'n8n-workflow';
import { ElevenLabsTranscriptionApi } from '../../credentials/ElevenLabsTranscriptionApi.credentials';
import { useElevenLabs, KEY, RESTRICTED_KEY } from './elevenLabsService';
import { additionalData, aWorkflow, type Setup } from './harness';
import { sendJson, startServer } from './localServer';

const service = useElevenLabs();

/**
 * The editor's Test button, as n8n 2.8 and 2.41 do it: the request runs as that of a declarative node, an exception is a
 * failure, and then every rule `responseSuccessBody` that fits is one (credentials-tester.service).
 * @returns the message of the failure; undefined where all is well
 */
async function tested(setup: Setup): Promise<string | undefined> {
	const credentialType = new ElevenLabsTranscriptionApi();
	const { request, rules = [] }: ICredentialTestRequest = credentialType.test;
	const { workflow, node } = aWorkflow('transcription', { provider: 'elevenLabs' }, setup);
	node.parameters = { temp: '' };
	const description = {
		...workflow.nodeTypes.getByNameAndVersion(node.type).description,
		credentials: [{ name: credentialType.name, required: true }],
		properties: [{ displayName: 'Temp', name: 'temp', type: 'string' as const, default: '', routing: { request } }],
	};
	const items = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(workflow, node, additionalData(setup), 'internal', createRunExecutionData(), 0, [], items, { node, data: {}, source: null }, []);
	const data = { region: 'custom', baseUrl: setup.baseUrl, ...setup.credential };
	const routing = new RoutingNode(context, { description } as INodeType, { id: 'cred', name: 'C', type: credentialType.name, data });
	const output = await routing.runNode();
	const json: unknown = output?.[0]?.[0]?.json;
	for (const { type, properties } of rules) {
		const at = (value: unknown, name: string): unknown => (value as Record<string, unknown> | null | undefined)?.[name];
		if (type === 'responseSuccessBody' && properties.key.split('.').reduce(at, json) === properties.value) return properties.message;
	}
	return undefined;
}

describe('the test of the credential for ElevenLabs', () => {
	it.each([
		['a key', KEY],
		['a key that may not manage webhooks', RESTRICTED_KEY],
	])('passes for %s, though what it asks for does not exist', async (_what, apiKey) => {
		expect(await tested(service.setup({ apiKey }))).toBeUndefined();
		expect(service.sandbox.requests.list().map(({ status, authorised }) => [status, authorised])).toEqual([[404, true]]);
	});

	it('fails for a wrong key', async () => {
		expect(await tested(service.setup({ apiKey: 'wrong' }))).toContain('did not accept the API key');
	});

	it.each<[string, number, unknown, string]>([
		['a key without access to speech to text', 401, { detail: { status: 'missing_permissions', message: 'x' } }, 'lacks the permission'],
		['such a key, in the newer form', 401, { detail: { type: 'x', code: 'missing_permissions', message: 'x' } }, 'lacks the permission'],
		['a wrong key, in the newer form', 401, { detail: { type: 'x', code: 'invalid_api_key', message: 'x' } }, 'did not accept'],
		['another service', 404, { error: 'not found' }, 'not one of ElevenLabs'],
		['a service that is down', 503, { detail: 'Service unavailable' }, 'not one of ElevenLabs'],
	])('fails for %s', async (_what, status, body, message) => {
		const server = await startServer((_request, response) => sendJson(response, status, body));
		expect(await tested({ baseUrl: server.origin, credential: { apiKey: KEY } })).toContain(message);
		await server.close();
	});

	it('fails for a web page', async () => {
		const server = await startServer((_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>'));
		expect(await tested({ baseUrl: server.origin, credential: { apiKey: KEY } })).toContain('not one of ElevenLabs');
		await server.close();
	});
});
