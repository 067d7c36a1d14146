import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import type { Region } from '../../http/connection';

/**
 * The fields of a credential: the shared ones and those specific to the provider.
 * @param keyHint description of the API Key field
 */
export function credentialFields(
	regions: readonly Region[],
	keyHint: string,
	providerFields: INodeProperties[] = [],
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
			description:
				'Secret used to verify callbacks. Leave empty to derive one from the API key for each workflow, which is safer. Every node that submits jobs for a trigger must use the same value.',
		},
		{
			displayName: 'Previous Webhook Secret',
			name: 'previousWebhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Secret to accept during a rotation, so that callbacks of jobs already submitted stay valid. Enter the old secret, or the old API key if no Webhook Secret was set. Clear it once those jobs are done.',
		},
	];
}

/** The credential's base URL as an expression, for its test. Mirrors `toConnection`. */
function baseUrlExpression(regions: readonly Region[]): string {
	const known = JSON.stringify(Object.fromEntries(regions.map(({ value, baseUrl }) => [value, baseUrl])));
	return `={{ (${known})[$credentials.region] || $credentials.baseUrl }}`;
}

/**
 * Creates a test that sends an inexpensive request that requires a valid key.
 * @param invalidKeyMessage message to show if the key is rejected
 */
export function credentialTest(
	regions: readonly Region[],
	path: string,
	invalidKeyMessage: string,
): ICredentialTestRequest {
	return {
		request: { baseURL: baseUrlExpression(regions), url: path },
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: invalidKeyMessage } },
			{ type: 'responseCode', properties: { value: 403, message: invalidKeyMessage } },
		],
	};
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
