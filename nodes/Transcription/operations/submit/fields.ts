import type { INodeProperties } from 'n8n-workflow';
import { PROVIDERS } from '../../providers';

/** Where the recording is: the same in every operation that submits. */
export const sourceFields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		options: [
			{ name: 'Binary File', value: 'binary', description: 'A recording in the incoming item; it is streamed, never held in memory as a whole' },
			{ name: 'URL', value: 'url', description: 'A recording that the service downloads itself' },
		],
		default: 'binary',
		description: 'Where the recording is',
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		displayOptions: { show: { source: ['binary'] } },
		hint: 'The name of the input field that holds the recording',
	},
	{
		displayName: 'Audio URL',
		name: 'audioUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/call.mp3',
		displayOptions: { show: { source: ['url'] } },
		description: 'Direct address of the recording. The service must be able to download it without a login; links to a web page, such as a sharing page, do not work.',
	},
];

/** What the user attaches to a job. */
export const metadataField: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Pair',
	description: 'Comes back with the transcript, for example the ID of the contact it belongs to',
	options: [
		{
			displayName: 'Pair',
			name: 'pair',
			values: [
				{ displayName: 'Key', name: 'key', type: 'string', default: '', placeholder: 'e.g. contactId' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. 4711' },
			],
		},
	],
};

/** What Submit asks for. */
export const submitFields: INodeProperties[] = [
	...sourceFields,
	{
		displayName: 'Callback',
		name: 'callback',
		type: 'options',
		options: [
			{ name: 'Trigger on This Canvas', value: 'workflowTrigger', description: 'The Transcription Trigger for the same provider in this workflow, which must be published' },
			{ name: 'URL', value: 'url', description: 'A Transcription Trigger in another workflow' },
			{ name: 'None', value: 'none', description: 'Fetch the transcript by its ID later' },
		],
		default: 'workflowTrigger',
		description: 'Who is told when the transcript is ready',
	},
	{
		displayName: 'Callback URL',
		name: 'callbackUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://n8n.example.com/webhook/Ab12Cd34/assemblyAi',
		displayOptions: { show: { callback: ['url'] } },
		description: 'The Production URL of the Transcription Trigger, copied from its panel. It must use the same credential as this node.',
	},
	{
		...metadataField,
		displayOptions: { show: { callback: ['workflowTrigger', 'url'] } },
		description: `${metadataField.description}. It travels in the callback URL, so keep it short and free of secrets.`,
	},
	// One collection for each provider under the same name: n8n drops what another provider's collection does not know.
	...PROVIDERS.map(
		(provider): INodeProperties => ({
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			placeholder: 'Add Option',
			displayOptions: { show: { provider: [provider.name] } },
			options: provider.ui.submitOptions,
		}),
	),
];
