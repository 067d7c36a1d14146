import type { INodeProperties } from 'n8n-workflow';
import { PROVIDERS } from '../../providers';
import { submitConcurrencyOption } from '../../shared/concurrency';
import { optionCollections } from '../../shared/fields';

/** The binary field that n8n's nodes use unless they are told otherwise. */
export const DEFAULT_BINARY_FIELD = 'data';

/** The fields for the recording's source, shared by all operations that submit recordings. */
export const sourceFields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		options: [
			{ name: 'Binary File', value: 'binary', description: 'Upload a file from the input item' },
			{ name: 'URL', value: 'url', description: 'Let the provider download the recording from a URL' },
		],
		default: 'binary',
		description: 'Where to get the recording from',
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: DEFAULT_BINARY_FIELD,
		required: true,
		displayOptions: { show: { source: ['binary'] } },
		hint: 'The name of the input field containing the recording',
		description: `If this is “${DEFAULT_BINARY_FIELD}” and the item has no such field, its only audio or video file is used`,
	},
	{
		displayName: 'Audio URL',
		name: 'audioUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/call.mp3',
		displayOptions: { show: { source: ['url'] } },
		description:
			'The direct URL of the recording. The provider must be able to download it without a login. Links to web pages, such as sharing pages, don’t work.',
	},
];

/** Key-value pairs that the user attaches to a job. */
export const metadataField: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Pair',
	description: 'Key-value pairs to return with the transcript, for example the ID of the contact it belongs to',
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

export const submitFields: INodeProperties[] = [
	...sourceFields,
	{
		displayName: 'Callback',
		name: 'callback',
		type: 'options',
		options: [
			{
				name: 'Trigger on This Canvas',
				value: 'workflowTrigger',
				description: 'Notify the Transcription Trigger for the same provider in this workflow, which must be published',
			},
			{ name: 'URL', value: 'url', description: 'Notify a Transcription Trigger in another workflow' },
			{ name: 'None', value: 'none', description: 'Fetch the transcript by its ID later' },
		],
		default: 'workflowTrigger',
		description: 'How to be notified when the transcript is ready',
	},
	{
		displayName: 'Callback URL',
		name: 'callbackUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://n8n.example.com/webhook/Ab12Cd34/assemblyAi',
		displayOptions: { show: { callback: ['url'] } },
		description:
			'The Production URL of the Transcription Trigger, copied from its panel. The trigger must use the same credential as this node.',
	},
	{
		...metadataField,
		displayOptions: { show: { callback: ['workflowTrigger', 'url'] } },
		description: `${metadataField.description}. They are part of the callback URL, so keep them short and don’t include secrets.`,
	},
	...optionCollections(PROVIDERS, ({ ui }) => [...ui.submitOptions, submitConcurrencyOption]),
];
