import type { INodeProperties } from 'n8n-workflow';
import {
	diarizeOption,
	GENERAL_OPTIONS,
	keytermsOption,
	languageOption,
	modelOption,
	speakerCountOption,
} from '../common/submitOptions';
import { FORMATS } from './constants';

function triStateField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'options',
		options: [
			{ name: 'Format Default', value: 'default' },
			{ name: 'No', value: 'false' },
			{ name: 'Yes', value: 'true' },
		],
		default: 'default',
		description,
	};
}

/**
 * Shared options first, then the provider's own in alphabetical order. All fields are documented in ElevenLabs OpenAPI
 * (August 2026), body of `POST /v1/speech-to-text`, except `transcript_edit`, which is in JavaScript SDK 2.73.0.
 */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	modelOption('The model to use. Default: Scribe V2.', 'e.g. scribe_v2'),
	languageOption('The spoken language, as a two- or three-letter code. Default: detected automatically.', 'e.g. eng'),
	diarizeOption('Whether to identify which speaker says what'),
	speakerCountOption('The maximum number of speakers, up to 32 (num_speakers). Requires Diarize.'),
	keytermsOption(
		'Comma-separated names and terms to listen for, up to five words and 49 characters each. Costs extra.',
	),
	{
		displayName: 'Additional Formats',
		name: 'additionalFormats',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Format',
		description:
			'The files to generate from the transcript, which Get and the trigger can attach. They can’t be requested later.',
		options: [
			{
				displayName: 'Format',
				name: 'format',
				values: [
					{
						displayName: 'Format',
						name: 'format',
						type: 'options',
						options: [...FORMATS],
						default: 'srt',
					},
					triStateField(
						'Include Speakers',
						'includeSpeakers',
						'Whether to include speakers. Included by default except in SRT.',
					),
					triStateField(
						'Include Timestamps',
						'includeTimestamps',
						'Whether to include timestamps. Included by default in all formats.',
					),
					{
						displayName: 'Max Characters per Line',
						name: 'maxCharactersPerLine',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 0 },
						default: 0,
						description: 'The maximum length of a line, for SRT and text only. Use 0 for ElevenLabs’ default.',
					},
					{
						displayName: 'Max Segment Characters',
						name: 'maxSegmentChars',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 0 },
						default: 0,
						description: 'The maximum length of a segment. Use 0 for ElevenLabs’ default.',
					},
					{
						displayName: 'Max Segment Duration',
						name: 'maxSegmentDuration',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 1 },
						default: 0,
						description: 'The maximum duration of a segment, in seconds. Use 0 for ElevenLabs’ default.',
					},
					{
						displayName: 'Segment on Silence',
						name: 'segmentOnSilence',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 1 },
						default: 0,
						description:
							'The duration of silence that starts a new segment, in seconds. Use 0 for ElevenLabs’ default.',
					},
				],
			},
		],
	},
	{
		displayName: 'Detect Speaker Roles',
		name: 'detectSpeakerRoles',
		type: 'boolean',
		default: true,
		description: 'Whether to label the speakers as agent and customer. Requires Diarize. Costs extra.',
	},
	{
		displayName: 'Diarization Threshold',
		name: 'diarizationThreshold',
		type: 'number',
		typeOptions: { minValue: 0.1, maxValue: 0.4, numberPrecision: 2 },
		default: 0.22,
		description:
			'The threshold for distinguishing speakers, from 0.1 to 0.4. Higher values result in fewer speakers. Requires Diarize; can’t be combined with Speaker Count.',
	},
	{
		displayName: 'Enable Logging',
		name: 'enableLogging',
		type: 'options',
		options: [
			{
				name: 'Off',
				value: 'false',
				description:
					'Keep nothing at ElevenLabs (zero retention, for Enterprise customers). The transcript is only sent with the callback.',
			},
			{ name: 'On', value: 'true', description: 'Keep the transcript so that it can be fetched later' },
		],
		default: 'false',
		description: 'Whether ElevenLabs keeps the recording and the transcript. Default: On.',
	},
	{
		displayName: 'Entity Detection',
		name: 'entityDetection',
		type: 'string',
		default: 'all',
		placeholder: 'e.g. pii, email_address',
		description:
			'The entities to find in the text: all, or comma-separated categories (pii, phi, pci, other, offensive_language) and types. Set Output to Utterances or Words to get them. Costs extra.',
	},
	{
		displayName: 'Entity Redaction',
		name: 'entityRedaction',
		type: 'string',
		default: 'pii',
		placeholder: 'e.g. pii, email_address',
		description: 'The entities to remove from the text, specified as in Entity Detection, which must also include them',
	},
	{
		displayName: 'Entity Redaction Mode',
		name: 'entityRedactionMode',
		type: 'options',
		options: [
			{ name: 'Entity Type', value: 'entity_type', description: 'Replace with the type, such as {PERSON_NAME}' },
			{
				name: 'Entity Type and Number',
				value: 'enumerated_entity_type',
				description: 'Replace with the type and a number, such as {PERSON_NAME_1}',
			},
			{ name: 'REDACTED', value: 'redacted', description: 'Replace with {REDACTED}' },
		],
		default: 'enumerated_entity_type',
		description: 'The replacement for removed text. Requires Entity Redaction.',
	},
	{
		displayName: 'File Format',
		name: 'fileFormat',
		type: 'options',
		options: [
			{ name: 'Any Audio or Video File', value: 'other' },
			{
				name: 'PCM, 16 Bit Little-Endian, 16 kHz, Mono',
				value: 'pcm_s16le_16',
				description: 'Raw audio without a header, which is processed faster',
			},
		],
		default: 'other',
		description: 'The file format of the recording',
	},
	{
		displayName: 'Multichannel Output Style',
		name: 'multichannelOutputStyle',
		type: 'options',
		options: [
			{ name: 'Combined', value: 'combined', description: 'Return one transcript with words in chronological order' },
			{ name: 'Separate', value: 'separate', description: 'Return one transcript per channel, merged by this node' },
		],
		default: 'combined',
		description: 'The structure of the transcript. Requires Use Multichannel.',
	},
	{
		displayName: 'No Verbatim',
		name: 'noVerbatim',
		type: 'boolean',
		default: true,
		description: 'Whether to remove filler words, false starts, and non-speech sounds',
	},
	{
		displayName: 'Seed',
		name: 'seed',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description: 'The seed for sampling. Using the same seed makes the same result more likely.',
	},
	{
		displayName: 'Tag Audio Events',
		name: 'tagAudioEvents',
		type: 'options',
		options: [
			{ name: 'Off', value: 'false' },
			{ name: 'On', value: 'true' },
		],
		default: 'false',
		description: 'Whether to include sounds such as (laughter) in the text. Default: On.',
	},
	{
		displayName: 'Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 2 },
		default: 0,
		description: 'The randomness of the result, from 0 to 2. Default: the model’s default.',
	},
	{
		displayName: 'Timestamps Granularity',
		name: 'timestampsGranularity',
		type: 'options',
		options: [
			{
				name: 'Character',
				value: 'character',
				description: 'Return word timestamps, plus character timestamps. Set Output to Raw to get the latter.',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Return no timestamps. The output then contains no words or utterances.',
			},
			{ name: 'Word', value: 'word', description: 'Return word timestamps' },
		],
		default: 'word',
		description: 'The level of detail of the timestamps',
	},
	{
		displayName: 'Transcript Edit',
		name: 'transcriptEdit',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Remove small talk',
		description:
			'Instructions for editing the finished transcript, up to 2,000 characters. The edited text is in the “editedText” field. Costs extra.',
	},
	{
		displayName: 'Use Multichannel',
		name: 'useMultiChannel',
		type: 'boolean',
		default: true,
		description:
			'Whether to transcribe each channel separately, up to five, for calls with one speaker per channel. Can’t be combined with Diarize or Speaker Count. Each channel is charged.',
	},
	{
		displayName: 'Use Speaker Library',
		name: 'useSpeakerLibrary',
		type: 'boolean',
		default: true,
		description: 'Whether to recognize speakers registered in your workspace. Requires Diarize.',
	},
	{
		displayName: 'Webhook ID',
		name: 'webhookId',
		type: 'string',
		default: '',
		placeholder: 'e.g. wh_01jx…',
		description:
			'The workspace webhook that receives the transcript. Only needed if several webhooks have the same URL. Default: found by its URL.',
	},
	...GENERAL_OPTIONS,
];
