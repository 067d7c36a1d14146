import type { INodeProperties } from 'n8n-workflow';
import { diarizeOption, GENERAL_OPTIONS, languageOption, speakerCountOption } from '../common/submitOptions';

/**
 * Shared options first, then the provider's own in alphabetical order. The service supports neither models nor
 * keyterms. All fields are options of `POST /v1/transcriptions`, as documented on instanttranscriber.com, “API”.
 */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	languageOption('The spoken language. Default: detected automatically.'),
	diarizeOption(
		'Whether to identify which speaker says what (speaker_labels: standard or none). For better accuracy, use Speaker Labels instead. Default: on.',
	),
	speakerCountOption(
		'The number of speakers (num_speakers). Only set it if you are certain; otherwise use Min Speakers and Max Speakers.',
	),
	{
		displayName: 'Max Speakers',
		name: 'maxSpeakers',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 4,
		description: 'The maximum number of speakers',
	},
	{
		displayName: 'Min Speakers',
		name: 'minSpeakers',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 2,
		description: 'The minimum number of speakers',
	},
	{
		displayName: 'Speaker Labels',
		name: 'speakerLabels',
		type: 'options',
		options: [
			{ name: 'Enhanced', value: 'enhanced', description: 'Identify speakers more accurately, which takes longer' },
			{ name: 'None', value: 'none', description: 'Don’t identify speakers' },
			{ name: 'Standard', value: 'standard', description: 'Identify speakers as with Diarize' },
		],
		default: 'enhanced',
		description: 'The method for identifying speakers',
	},
	{
		displayName: 'Speaker Name Detection',
		name: 'speakerNameDetection',
		type: 'boolean',
		default: true,
		description: 'Whether to detect the names of speakers from the conversation',
	},
	{
		displayName: 'Summary',
		name: 'summaries',
		type: 'options',
		options: [
			{ name: 'Both', value: 'both', description: 'The short summary, followed by the detailed one' },
			{ name: 'Detailed', value: 'detailed' },
			{ name: 'None', value: 'none' },
			{ name: 'Short', value: 'short' },
		],
		default: 'short',
		description: 'The summary to return in the “summary” field, which takes longer (summaries)',
	},
	{
		displayName: 'Timestamps',
		name: 'timestamps',
		type: 'boolean',
		default: true,
		description: 'Whether to include timestamps. Default: on.',
	},
	...GENERAL_OPTIONS,
];
