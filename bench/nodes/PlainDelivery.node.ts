import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

const PROVIDERS = [
	'assemblyAi',
	'elevenLabs',
	'gladia',
	'instantTranscriber',
	'revAi',
	'scriptix',
	'soniox',
	'speechmatics',
];

/**
 * The minimum any node has to do when a transcript is delivered: answer the callback, then fetch and parse the service's
 * responses for the job. It uses the same request helper and the same credentials as the Transcription nodes and outputs an
 * item of the same size, but doesn't process any words.
 */
export class PlainDelivery implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Plain Delivery',
		name: 'plainDelivery',
		group: ['trigger'],
		version: 1,
		description: 'Fetches and parses a transcript when a callback arrives',
		defaults: { name: 'Plain Delivery' },
		inputs: [],
		outputs: ['main'],
		credentials: PROVIDERS.map((provider) => ({ name: `${provider}TranscriptionApi` })),
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'plain' }],
		properties: [{ displayName: 'Provider', name: 'provider', type: 'string', default: '' }],
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return { workflowData: [[{ json: this.getQueryData() as IDataObject }]], webhookResponse: { received: true } };
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { urls, textLength } = this.getInputData()[0]?.json ?? {};
		const credentialType = `${this.getNodeParameter('provider', 0) as string}TranscriptionApi`;
		for (const url of JSON.parse(urls as string) as string[]) {
			await this.helpers.httpRequestWithAuthentication.call(this, credentialType, {
				url,
				headers: { 'Accept-Encoding': 'identity' },
				json: true,
				returnFullResponse: true,
			});
		}
		return [[{ json: { text: 'a'.repeat(Number(textLength)) }, pairedItem: 0 }]];
	}
}
