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
import { searchLanguages, searchModels } from './listSearch';
import { findOperation, OPERATIONS, credentialFreeWhen } from './operations';
import { assertSupported } from './operations/operation';
import { failedItem, toNodeError } from './shared/errors';
import { operationMenus } from './operations/menu';
import { resume } from './operations/submitAndWait/resume';
import { PROVIDERS, findProvider } from './providers';
import { credentialSlots, providerField } from './providers/providerField';

export class Transcription implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Transcription',
		name: 'transcription',
		icon: { light: 'file:transcription.svg', dark: 'file:transcription.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter.operation + ": " + $parameter.resource }}',
		description: 'Submit recordings to speech-to-text services and fetch their transcripts',
		defaults: { name: 'Transcription' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: credentialSlots(PROVIDERS, credentialFreeWhen(OPERATIONS)),
		// Used by Submit and Wait: where n8n takes the callbacks of a waiting execution.
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Without this n8n answers with a literal text instead of what webhook() returns; an expression would be evaluated each time.
				responseData: '',
				path: WAITING_PATH,
				restartWebhook: true,
				isFullPath: true,
			},
		],
		waitingNodeTooltip:
			'The service is at work. The execution goes on when its last callback has come, at the latest at the deadline.',
		properties: [providerField(PROVIDERS), ...operationMenus(OPERATIONS, PROVIDERS)],
	};

	/** n8n asks for these where a node has webhooks, but never calls them for those of waiting executions. */
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

	methods = { listSearch: { searchModels, searchLanguages } };

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
			// Thrown, n8n would hand on the input through the output of success.
			return [this.getInputData().map((_, itemIndex) => failedItem(nodeError, itemIndex))];
		}
	}

	/** Takes the callbacks of an execution that Submit and Wait has parked. See `operations/wait/resume.ts`. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this);
	}
}
