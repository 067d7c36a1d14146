import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import type { Region } from '../../http/connection';

/**
 * Returns the fields of a credential: the shared ones and those specific to the provider.
 * @param keyHint description of the API Key field
 * @param secretHint text below Webhook Secret that says when to fill it in
 */
export function credentialFields(
	regions: readonly Region[],
	keyHint: string,
	providerFields: INodeProperties[] = [],
	secretHint = 'Usually empty',
): INodeProperties[] {
	const first = regions[0]?.value ?? 'custom';
	return [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: keyHint,
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				...regions.map(({ name, value, baseUrl }) => ({ name, value, description: baseUrl })),
				{ name: 'Custom', value: 'custom', description: 'Use your own gateway or a local test server' },
			],
			default: first,
			description: 'The region where recordings are processed and stored',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: `e.g. ${regions[0]?.baseUrl ?? ''}`,
			displayOptions: { show: { region: ['custom'] } },
			description: 'The base address of the API, without a trailing slash',
		},
		...providerFields,
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: secretHint,
			description:
				'Secret used to verify callbacks. Leave empty to derive one from the API key for each workflow, which is safer. Every node that submits jobs for a trigger must use the same value.',
		},
		{
			displayName: 'Previous Webhook Secret',
			name: 'previousWebhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'Usually empty. Only used while you replace a secret or an API key.',
			description:
				'Secret to accept during a rotation, so that callbacks of jobs already submitted stay valid. Enter the old secret, or the old API key if no Webhook Secret was set. Clear it once those jobs are done.',
		},
	];
}

/** Returns the credential's base URL as an expression, for its test. Mirrors `toConnection`. */
function baseUrlExpression(regions: readonly Region[]): string {
	const known = JSON.stringify(Object.fromEntries(regions.map(({ value, baseUrl }) => [value, baseUrl])));
	return `={{ (${known})[$credentials.region] || $credentials.baseUrl }}`;
}

/**
 * Returns the error message for a credential test whose response isn't from the service, such as a gateway's login page
 * or a proxy error.
 */
export function unexpectedResponse(service: string): string {
	return `The response isn’t from ${service}. Check the region or the Base URL, or try again later.`;
}

/**
 * Creates a credential test. It sends an inexpensive request that requires a valid key. n8n only accepts responses with
 * a 2xx status.
 * @param invalidKeyMessage message to show if the key is rejected
 * @param expected a field that every successful response from the service includes, so that a gateway's web page
 * doesn't pass. If no such field is documented, only responses that aren't JSON fail.
 */
export function credentialTest(
	regions: readonly Region[],
	path: string,
	invalidKeyMessage: string,
	expected?: { service: string; field?: string },
): ICredentialTestRequest {
	return {
		request: { baseURL: baseUrlExpression(regions), url: path },
		rules: mixedRules([
			statusRule(401, invalidKeyMessage),
			statusRule(403, invalidKeyMessage),
			...(expected ? bodyRules(expected) : []),
		]),
	};
}

/** First characters of responses that n8n can't parse as JSON and therefore passes to the rules as text. */
const STARTS_OF_TEXT = ['<', '{', '[', ' ', '\t', '\r', '\n', '\ufeff'];

function bodyRules({ service, field }: { service: string; field?: string }): Array<ReturnType<typeof bodyRule>> {
	const message = unexpectedResponse(service);
	if (field !== undefined) return [bodyRule(field, undefined, message)];
	// n8n can only compare the value at a path. For text, the path can refer to a single character or the length.
	return [bodyRule('length', 0, message), ...STARTS_OF_TEXT.map((start) => bodyRule('0', start, message))];
}

type Rules = NonNullable<ICredentialTestRequest['rules']>;

/** Shows the message if the response has this status, unless the request ignores it. */
export const statusRule = (value: number, message: string) => ({
	type: 'responseCode' as const,
	properties: { value, message },
});

/**
 * Shows the message if the field has this value. Only applies to responses whose status is accepted or ignored.
 * @param value undefined if the field must be present
 */
export const bodyRule = (key: string, value: unknown, message: string) => ({
	type: 'responseSuccessBody' as const,
	properties: { key, value, message },
});

/** Combines both kinds of rules. n8n evaluates both, but its types only allow lists of one kind. */
export function mixedRules(rules: Array<ReturnType<typeof statusRule> | ReturnType<typeof bodyRule>>): Rules {
	return rules as Rules;
}

/**
 * Used by tests that request something that doesn't exist. Only the given statuses pass; every other status fails,
 * including a success status.
 *
 * n8n 2.41 supports the list of exceptions below. n8n 2.8 ignores the list and accepts every status, so only body rules
 * apply. The alternative in that version would be to reject every valid key.
 */
export function acceptOnly(statuses: readonly number[]): boolean {
	const all = Array.from({ length: 400 }, (_, index) => 200 + index);
	// The types of n8n 2.8 only allow a boolean.
	return { ignore: true, except: all.filter((status) => !statuses.includes(status)) } as unknown as boolean;
}

type Authenticate = (
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

/**
 * Adds the key to each request as a header. This is a function because n8n's alternative, an expression, blocks n8n's
 * main thread for milliseconds per request.
 */
export function keyInHeader(
	headerFor: (apiKey: string, credential: ICredentialDataDecryptedObject) => [name: string, value: string],
): Authenticate {
	return async (credential, request) => {
		const [name, value] = headerFor(String(credential.apiKey ?? ''), credential);
		return { ...request, headers: { ...request.headers, [name]: value } };
	};
}
