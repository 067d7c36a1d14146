import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { searchLanguages, searchModels } from './listSearch';
import { operationNamed, OPERATIONS, withoutService } from './operations';
import { menus } from './operations/menus';
import { toNodeError } from './operations/nodeError';
import { PROVIDERS, providerNamed } from './providers';
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
		credentials: credentialSlots(PROVIDERS, withoutService(OPERATIONS)),
		properties: [providerField(PROVIDERS), ...menus(OPERATIONS)],
	};

	methods = { listSearch: { searchModels, searchLanguages } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const provider = providerNamed(this.getNodeParameter('provider', 0) as string);
		const operation = operationNamed(
			this.getNodeParameter('resource', 0) as string,
			this.getNodeParameter('operation', 0) as string,
		);
		try {
			return [await operation.execute(this, provider)];
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
