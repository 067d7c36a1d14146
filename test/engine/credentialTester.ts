import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createRunExecutionData,
	type ICredentialTestRequest,
	type ICredentialType,
	type INodeType,
} from 'n8n-workflow';
import { evaluate } from '../unit/credentials/evaluate';
import { additionalData, aWorkflow, type Setup } from './harness';

/**
 * Runs the editor's credential test, which sends the request like a declarative node. The test fails if an exception is
 * thrown or a `responseSuccessBody` rule matches, as in n8n's `credentials-tester.service`. As in n8n 2.8, a request
 * ignores either all error statuses or none.
 * @returns the failure message; undefined if the test succeeds
 */
export async function testedCredential(
	credentialType: ICredentialType,
	provider: string,
	setup: Setup,
): Promise<string | undefined> {
	const { request, rules = [] } = credentialType.test as ICredentialTestRequest;
	const { workflow, node } = aWorkflow('transcription', { provider }, setup);
	node.parameters = { temp: '' };
	const description = {
		...workflow.nodeTypes.getByNameAndVersion(node.type).description,
		credentials: [{ name: credentialType.name, required: true }],
		properties: [{ displayName: 'Temp', name: 'temp', type: 'string' as const, default: '', routing: { request } }],
	};
	const items = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData(setup),
		'internal',
		createRunExecutionData(),
		0,
		[],
		items,
		{ node, data: {}, source: null },
		[],
	);
	const data = { region: 'custom', baseUrl: setup.baseUrl, ...setup.credential };
	const routing = new RoutingNode(context, { description } as INodeType, {
		id: 'cred',
		name: 'C',
		type: credentialType.name,
		data,
	});
	const output = await routing.runNode();
	const json: unknown = output?.[0]?.[0]?.json;
	return messageFor(rules, json);
}

/**
 * Like {@link testedCredential}, but as in n8n 2.41, which can ignore individual statuses. Any other error status is a
 * failure, whose message comes from the first matching `responseCode` rule or, if there is none, the status text.
 */
export async function testedByNewerN8n(credentialType: ICredentialType, setup: Setup): Promise<string | undefined> {
	const { request, rules = [] } = credentialType.test as ICredentialTestRequest;
	const data = { region: 'custom', baseUrl: setup.baseUrl, ...setup.credential };
	const url = `${String(evaluate(request.baseURL, data))}${String(evaluate(request.url, data))}`;
	const authenticate = credentialType.authenticate as (
		credential: object,
		request: object,
	) => Promise<{ headers: Record<string, string> }>;
	const { headers } = await authenticate(data, { url });
	const response = await fetch(url, { headers });
	const ignored = request.ignoreHttpStatusErrors as unknown as { except: number[] } | undefined;
	if (ignored ? ignored.except.includes(response.status) : !response.ok) {
		const rule = rules.find(({ type, properties }) => {
			return type === 'responseCode' && properties.value === response.status;
		});
		return rule?.properties.message ?? `${response.status} ${response.statusText}`;
	}
	const text = await response.text();
	try {
		return messageFor(rules, JSON.parse(text));
	} catch {
		return messageFor(rules, text);
	}
}

/** Returns the message of the first matching rule for the body. */
function messageFor(rules: NonNullable<ICredentialTestRequest['rules']>, body: unknown): string | undefined {
	for (const { type, properties } of rules) {
		const at = (value: unknown, name: string): unknown => (value as Record<string, unknown> | null | undefined)?.[name];
		if (type === 'responseSuccessBody' && properties.key.split('.').reduce(at, body) === properties.value)
			return properties.message;
	}
	return undefined;
}
