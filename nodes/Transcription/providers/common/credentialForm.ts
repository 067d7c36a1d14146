import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import type { Region } from '../../http/connection';

/** The fields that every credential of this package has, and those that only this provider's has. */
export function credentialFields(
	regions: readonly Region[],
	keyHint: string,
	own: INodeProperties[] = [],
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
				{ name: 'Custom', value: 'custom', description: 'A gateway of your own, or a local stand-in' },
			],
			default: first,
			description: 'Where the recordings are processed and kept',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: `e.g. ${regions[0]?.baseUrl ?? ''}`,
			displayOptions: { show: { region: ['custom'] } },
			description: 'Address in front of the API paths, without a slash at the end',
		},
		...own,
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'What callbacks must prove. Leave empty to have one derived from the API key for each workflow, which is the safer choice. Every node that submits for a trigger must use the same value.',
		},
		{
			displayName: 'Previous Webhook Secret',
			name: 'previousWebhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'During a rotation: the old secret, or the old API key where no Webhook Secret was set. Callbacks of jobs that were submitted before stay valid. Empty it when those jobs are done.',
		},
	];
}

/** The credential's base URL as an expression, for its test. Mirrors `toConnection`. */
function baseUrlExpression(regions: readonly Region[]): string {
	const known = JSON.stringify(
		Object.fromEntries(regions.map(({ value, baseUrl }) => [value, baseUrl])),
	);
	return `={{ (${known})[$credentials.region] || $credentials.baseUrl }}`;
}

/** A test that asks the service for something cheap which needs a valid key. */
export function credentialTest(
	regions: readonly Region[],
	path: string,
	refused: string,
): ICredentialTestRequest {
	return {
		request: { baseURL: baseUrlExpression(regions), url: path },
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: refused } },
			{ type: 'responseCode', properties: { value: 403, message: refused } },
		],
	};
}

type Authenticate = (credential: ICredentialDataDecryptedObject, request: IHttpRequestOptions) => Promise<IHttpRequestOptions>;

/**
 * Sends the key along in a header of each request. Code, not the expressions that n8n offers as well: those are evaluated
 * by an engine of its own, which costs n8n's main thread milliseconds with each request.
 */
export function keyInHeader(
	headerFor: (apiKey: string, credential: ICredentialDataDecryptedObject) => [name: string, value: string],
): Authenticate {
	return async (credential, request) => {
		const [name, value] = headerFor(String(credential.apiKey ?? ''), credential);
		return { ...request, headers: { ...request.headers, [name]: value } };
	};
}
