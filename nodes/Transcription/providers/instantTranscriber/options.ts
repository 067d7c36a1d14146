import type { INodeProperties } from 'n8n-workflow';
import { diarizeOption, GENERAL_OPTIONS, languageOption, speakerCountOption } from '../common/submitOptions';

/**
 * Shared options first, then the provider's own by name. There is neither a choice of models nor a list of terms.
 * Source of every field: instanttranscriber.com, “API”, options of `POST /v1/transcriptions`.
 */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	languageOption('Spoken language. Leave this option out to have it detected.'),
	diarizeOption(
		'Whether to tell apart who speaks (speaker_labels: standard or none). Without this option InstantTranscriber does. For its better labels use Speaker Labels instead.',
	),
	speakerCountOption('How many people speak (num_speakers). Only set it when you are certain; Min Speakers and Max Speakers give a range.'),
	{
		displayName: 'Max Speakers',
		name: 'maxSpeakers',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 4,
		description: 'How many people speak at most',
	},
	{
		displayName: 'Min Speakers',
		name: 'minSpeakers',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 2,
		description: 'How many people speak at least',
	},
	{
		displayName: 'Speaker Labels',
		name: 'speakerLabels',
		type: 'options',
		options: [
			{ name: 'Enhanced', value: 'enhanced', description: 'Better, and takes longer' },
			{ name: 'None', value: 'none' },
			{ name: 'Standard', value: 'standard', description: 'What Diarize asks for' },
		],
		default: 'enhanced',
		description: 'How to tell apart who speaks',
	},
	{
		displayName: 'Speaker Name Detection',
		name: 'speakerNameDetection',
		type: 'boolean',
		default: true,
		description: 'Whether to look for the names of the speakers in what they say',
	},
	{
		displayName: 'Summaries',
		name: 'summaries',
		type: 'options',
		options: [
			{ name: 'Both', value: 'both' },
			{ name: 'Detailed', value: 'detailed' },
			{ name: 'None', value: 'none' },
			{ name: 'Short', value: 'short' },
		],
		default: 'short',
		description: 'Which summaries to write. They take longer, and stand in the answer of the service: choose Output: Raw to get them.',
	},
	{
		displayName: 'Timestamps',
		name: 'timestamps',
		type: 'boolean',
		default: true,
		description: 'Whether the transcript says when something is spoken. InstantTranscriber does so unless this is turned off.',
	},
	...GENERAL_OPTIONS,
];
