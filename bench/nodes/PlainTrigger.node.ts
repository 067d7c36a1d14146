import type { INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/**
 * The minimum that n8n requires for receiving a callback without its own Webhook node: a webhook that compares one header
 * with a credential. No webhook that reads a credential can be faster.
 */
export class PlainTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Plain Trigger',
		name: 'plainTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Starts the workflow when a header matches the credential',
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
