import {
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { toNodeError } from './shared/errors';
import { PROVIDERS, findProvider } from './providers';
import { credentialField, credentialSlots, namesOf, providerField } from './providers/providerField';
import { triggerOutputs, triggerSubtitle } from './trigger/canvas';
import { deliver } from './trigger/deliver';
import { triggerFields } from './trigger/fields';
import { triggerPanel } from './trigger/panel';
import { receive } from './trigger/receive';
import { register, unregister } from './trigger/registration';
import { offerSample } from './trigger/sample';

export class TranscriptionTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Transcription Trigger',
		name: 'transcriptionTrigger',
		icon: { light: 'file:transcription.svg', dark: 'file:transcription.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle(PROVIDERS),
		// n8n's node search shows this for both nodes.
		description: `Transcribe recordings with ${namesOf(PROVIDERS)}, and start a workflow when a transcript is ready`,
		eventTriggerDescription:
			'The latest finished transcript arrives in a moment, or an example if the account has none.',
		activationMessage: 'Transcripts of recordings submitted by the Transcription node now arrive at this trigger.',
		triggerPanel,
		defaults: { name: 'Transcription Trigger' },
		inputs: [],
		outputs: triggerOutputs,
		credentials: credentialSlots(PROVIDERS),
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Without this, n8n responds with a fixed text instead of the value that webhook() returns. An expression would
				// be evaluated on every call.
				responseData: '',
				// A Submit node on the same canvas derives this URL, see `callback/url.ts`.
				path: '={{ $workflow.id }}/{{ $parameter.provider }}',
				isFullPath: true,
			},
		],
		properties: [providerField(PROVIDERS), credentialField, ...triggerFields],
	};

	webhookMethods = {
		default: {
			/**
			 * Always returns false because n8n doesn't call this on every start. create() does nothing if the webhook is
			 * already registered.
			 */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const provider = findProvider(this.getNodeParameter('provider') as string);
				try {
					await (this.getMode() === 'manual' ? offerSample : register)(this, provider);
				} catch (error) {
					throw toNodeError(this.getNode(), error);
				}
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await unregister(this, findProvider(this.getNodeParameter('provider') as string));
				return true;
			},
		},
	};

	/** Responds to a callback. See `trigger/receive.ts`. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, findProvider(this.getNodeParameter('provider') as string));
	}

	/** Runs in the execution that webhook() started (in queue mode, on a worker). See `trigger/deliver.ts`. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await deliver(this, findProvider(this.getNodeParameter('provider', 0) as string));
	}
}
