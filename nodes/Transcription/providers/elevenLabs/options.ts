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

function yesNoOrDefault(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'options',
		options: [
			{ name: 'Default of the Format', value: 'default' },
			{ name: 'No', value: 'false' },
			{ name: 'Yes', value: 'true' },
		],
		default: 'default',
		description,
	};
}

/**
 * Shared options first, then the provider's own by name.
 * Source of every field: ElevenLabs OpenAPI (August 2026), body of `POST /v1/speech-to-text`; `transcript_edit`:
 * JavaScript SDK 2.73.0.
 */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	modelOption('Which model transcribes. Leave this option out for Scribe V2.', 'e.g. scribe_v2'),
	languageOption('Spoken language, as a code of two or three letters. Leave this option out to have it detected.', 'e.g. eng'),
	diarizeOption('Whether to tell apart who speaks'),
	speakerCountOption('How many people speak at most, up to 32 (num_speakers). Needs Diarize.'),
	keytermsOption('Names and terms to listen for, separated by commas, up to five words and 49 characters each. Costs extra.'),
	{
		displayName: 'Additional Formats',
		name: 'additionalFormats',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Format',
		description: 'Files that ElevenLabs makes of the transcript, which Get and the trigger can attach. They cannot be asked for later.',
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
					yesNoOrDefault('Include Speakers', 'includeSpeakers', 'Who speaks; by default in all but SRT'),
					yesNoOrDefault('Include Timestamps', 'includeTimestamps', 'When it is said; by default in all'),
					{
						displayName: 'Max Characters per Line',
						name: 'maxCharactersPerLine',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 0 },
						default: 0,
						description: 'For SRT and text. 0 leaves it to ElevenLabs.',
					},
					{
						displayName: 'Max Segment Characters',
						name: 'maxSegmentChars',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 0 },
						default: 0,
						description: 'How long a segment may become. 0 leaves it to ElevenLabs.',
					},
					{
						displayName: 'Max Segment Duration',
						name: 'maxSegmentDuration',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 1 },
						default: 0,
						description: 'How many seconds a segment may last. 0 leaves it to ElevenLabs.',
					},
					{
						displayName: 'Segment on Silence',
						name: 'segmentOnSilence',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 1 },
						default: 0,
						description: 'After how many seconds of silence a new segment begins. 0 leaves it to ElevenLabs.',
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
		description: 'Whether to call the speakers agent and customer. Needs Diarize. Costs extra.',
	},
	{
		displayName: 'Diarization Threshold',
		name: 'diarizationThreshold',
		type: 'number',
		typeOptions: { minValue: 0.1, maxValue: 0.4, numberPrecision: 2 },
		default: 0.22,
		description: 'From 0.1 to 0.4: the higher, the fewer speakers are told apart. Needs Diarize, and no Speaker Count.',
	},
	{
		displayName: 'Enable Logging',
		name: 'enableLogging',
		type: 'options',
		options: [
			{ name: 'Off', value: 'false', description: 'Zero retention, for Enterprise customers: the transcript arrives in the callback only' },
			{ name: 'On', value: 'true', description: 'The transcript can be fetched later' },
		],
		default: 'false',
		description: 'Whether ElevenLabs keeps recording and transcript, as it does without this option',
	},
	{
		displayName: 'Entity Detection',
		name: 'entityDetection',
		type: 'string',
		default: 'all',
		placeholder: 'e.g. pii, email_address',
		description:
			'What to find in the text: all, or categories (pii, phi, pci, other, offensive_language) and single types, separated by commas. Found in the raw output. Costs extra.',
	},
	{
		displayName: 'Entity Redaction',
		name: 'entityRedaction',
		type: 'string',
		default: 'pii',
		placeholder: 'e.g. pii, email_address',
		description: 'What to remove from the text, in the same words as Entity Detection, which must name it as well',
	},
	{
		displayName: 'Entity Redaction Mode',
		name: 'entityRedactionMode',
		type: 'options',
		options: [
			{ name: 'Kind of Entity', value: 'entity_type', description: 'For example {PERSON_NAME}' },
			{ name: 'Kind of Entity and Number', value: 'enumerated_entity_type', description: 'For example {PERSON_NAME_1}' },
			{ name: 'The Word REDACTED', value: 'redacted', description: 'Always {REDACTED}' },
		],
		default: 'enumerated_entity_type',
		description: 'What stands in place of removed text. Needs Entity Redaction.',
	},
	{
		displayName: 'File Format',
		name: 'fileFormat',
		type: 'options',
		options: [
			{ name: 'Any Audio or Video File', value: 'other' },
			{ name: 'PCM, 16 Bit Little-Endian, 16 kHz, Mono', value: 'pcm_s16le_16', description: 'Without a header; is done sooner' },
		],
		default: 'other',
		description: 'What kind of file the recording is',
	},
	{
		displayName: 'Multichannel Output Style',
		name: 'multichannelOutputStyle',
		type: 'options',
		options: [
			{ name: 'Combined', value: 'combined', description: 'One transcript, its words in order of time' },
			{ name: 'Separate', value: 'separate', description: 'One transcript for each channel, put together by this node' },
		],
		default: 'combined',
		description: 'How ElevenLabs answers with Use Multichannel',
	},
	{
		displayName: 'No Verbatim',
		name: 'noVerbatim',
		type: 'boolean',
		default: true,
		description: 'Whether to leave out filler words, false starts and sounds. Not with Scribe V1.',
	},
	{
		displayName: 'Seed',
		name: 'seed',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description: 'The same seed makes the same result likelier',
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
		description: 'Whether sounds such as (laughter) appear in the text, as they do without this option',
	},
	{
		displayName: 'Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 2 },
		default: 0,
		description: 'From 0 to 2: the higher, the less predictable. Leave this option out to use the default of the model.',
	},
	{
		displayName: 'Timestamps Granularity',
		name: 'timestampsGranularity',
		type: 'options',
		options: [
			{ name: 'Character', value: 'character', description: 'Those of characters stand in the raw output' },
			{ name: 'None', value: 'none', description: 'No words and utterances are put out then' },
			{ name: 'Word', value: 'word' },
		],
		default: 'word',
		description: 'For what times are given',
	},
	{
		displayName: 'Transcript Edit',
		name: 'transcriptEdit',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Remove small talk',
		description: 'What to do to the finished transcript, up to 2,000 characters. The edited text stands in the raw output. Costs extra.',
	},
	{
		displayName: 'Use Multichannel',
		name: 'useMultiChannel',
		type: 'boolean',
		default: true,
		description:
			'Whether every channel of the recording, up to five, is transcribed on its own, as in calls with one speaker per channel. Each channel is charged.',
	},
	{
		displayName: 'Use Speaker Library',
		name: 'useSpeakerLibrary',
		type: 'boolean',
		default: true,
		description: 'Whether to recognise the speakers registered in your workspace. Needs Diarize.',
	},
	{
		displayName: 'Webhook ID',
		name: 'webhookId',
		type: 'string',
		default: '',
		placeholder: 'e.g. wh_01jx…',
		description:
			'The workspace webhook to announce the transcript at. Leave this option out to have it found by its URL; needed only where several have the same.',
	},
	...GENERAL_OPTIONS,
];
