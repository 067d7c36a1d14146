import type { INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/**
 * What n8n asks at least for a callback that another node than its own Webhook takes: a webhook that compares one header
 * with a credential. Nothing can be faster that reads a credential.
 */
export class PlainTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Plain Trigger',
		name: 'plainTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Starts the workflow when a header is as the credential says',
		defaults: { name: 'Plain Trigger' },
		inputs: [],
		outputs: ['main'],
		credentials: [{ name: 'httpHeaderAuth', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'plain' }],
		properties: [],
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { name, value } = await this.getCredentials<{ name: string; value: string }>('httpHeaderAuth');
		if (this.getHeaderData()[name.toLowerCase()] !== value) {
			this.getResponseObject().status(401).end();
			return { noWebhookResponse: true };
		}
		return { workflowData: [[{ json: this.getBodyData() }]], webhookResponse: { received: true } };
	}
}
