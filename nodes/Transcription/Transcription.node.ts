import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { WAITING_PATH } from './callback/url';
import { searchLanguages, searchModels, searchTranscripts } from './listSearch';
import { findOperation, OPERATIONS, credentialFreeWhen } from './operations';
import { assertSupported } from './operations/operation';
import { failedItem, toNodeError } from './shared/errors';
import { operationMenus } from './operations/menu';
import { subtitleOf } from './operations/subtitle';
import { resume } from './operations/submitAndWait/resume';
import { PROVIDERS, findProvider } from './providers';
import { credentialField, credentialSlots, providerField } from './providers/providerField';

export class Transcription implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Transcription',
		name: 'transcription',
		icon: { light: 'file:transcription.svg', dark: 'file:transcription.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(OPERATIONS, PROVIDERS),
		description: 'Submit recordings to speech-to-text providers and fetch their transcripts',
		defaults: { name: 'Transcription' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: credentialSlots(PROVIDERS, credentialFreeWhen(OPERATIONS)),
		// Used by Submit and Wait. n8n receives the callbacks for a waiting execution at this webhook.
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Without this, n8n responds with a fixed text instead of the value that webhook() returns. An expression would
				// be evaluated on every call.
				responseData: '',
				path: WAITING_PATH,
				restartWebhook: true,
				isFullPath: true,
			},
		],
		waitingNodeTooltip: 'Waiting for the provider. Resumes on the last callback or at the deadline.',
		properties: [providerField(PROVIDERS), credentialField, ...operationMenus(OPERATIONS, PROVIDERS)],
	};

	/** n8n requires these methods on every node with webhooks, but never calls them for waiting executions. */
	webhookMethods = {
		default: {
			async checkExists(): Promise<boolean> {
				return true;
			},
			async create(): Promise<boolean> {
				return true;
			},
			async delete(): Promise<boolean> {
				return true;
			},
		},
	};

	methods = { listSearch: { searchModels, searchLanguages, searchTranscripts } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const provider = findProvider(this.getNodeParameter('provider', 0) as string);
		const operation = findOperation(
			this.getNodeParameter('resource', 0) as string,
			this.getNodeParameter('operation', 0) as string,
		);
		try {
			assertSupported(operation, provider);
			return [await operation.execute(this, provider)];
		} catch (error) {
			const nodeError = toNodeError(this.getNode(), error);
			if (!this.continueOnFail() || this.getExecutionCancelSignal()?.aborted) throw nodeError;
			// If this threw, n8n would pass the input through to the success output.
			return [this.getInputData().map((_, itemIndex) => failedItem(nodeError, itemIndex))];
		}
	}

	/** Receives the callbacks for an execution that Submit and Wait has paused. See `operations/submitAndWait/resume.ts`. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this);
	}
}
