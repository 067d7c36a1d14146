import type { INodeProperties } from 'n8n-workflow';
import {
	diarizeOption,
	GENERAL_OPTIONS,
	keytermsOption,
	languageOption,
	modelOption,
	speakerCountOption,
} from '../common/submitOptions';

/** The choice between the models of summaries and translations. */
const QUALITIES = [
	{ name: 'Premium', value: 'premium' },
	{ name: 'Standard', value: 'standard' },
];

/** Shared options first, then the provider's own in alphabetical order. The sources of the fields are in `request.ts`. */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	modelOption(
		'The model to use (transcriber). Default: Reverb. The ID human requests human transcription, which is much more expensive and takes up to a day.',
		'e.g. machine',
	),
	languageOption('The spoken language. Default: English.'),
	diarizeOption('Whether to identify which speaker says what, based on voices. Default: on.'),
	speakerCountOption('The number of speakers, as a hint. English, Spanish, and French only.'),
	keytermsOption('Comma-separated names and terms to listen for, without digits (custom_vocabularies)'),
	{
		displayName: 'Custom Vocabulary ID',
		name: 'customVocabularyId',
		type: 'string',
		default: '',
		placeholder: 'e.g. cvmOK1Sm6Ez1Sm',
		description: 'The ID of a vocabulary in your account, instead of Keyterms. United States only.',
	},
	{
		displayName: 'Delete After (Seconds)',
		name: 'deleteAfterSeconds',
		type: 'number',
		typeOptions: { minValue: 3600, maxValue: 2_592_000, numberPrecision: 0 },
		default: 604_800,
		description:
			'How long Rev AI keeps the recording and the transcript after the job has ended, from 3,600 seconds (an hour, so that a callback can be retried) to 2,592,000 (30 days). Default: the setting of the account.',
	},
	{
		displayName: 'Diarization Type',
		name: 'diarizationType',
		type: 'options',
		options: QUALITIES,
		default: 'premium',
		description: 'The model that identifies speakers. Default: Standard.',
	},
	{
		displayName: 'Filter Profanity',
		name: 'filterProfanity',
		type: 'boolean',
		default: true,
		description: 'Whether to mask profanity with asterisks',
	},
	{
		displayName: 'Forced Alignment',
		name: 'forcedAlignment',
		type: 'boolean',
		default: true,
		description:
			'Whether to determine more accurate times for the words. English, French, German, Italian, and Spanish only.',
	},
	{
		displayName: 'Remove Atmospherics',
		name: 'removeAtmospherics',
		type: 'boolean',
		default: true,
		description: 'Whether to remove sounds such as laughter',
	},
	{
		displayName: 'Remove Disfluencies',
		name: 'removeDisfluencies',
		type: 'boolean',
		default: true,
		description:
			'Whether to remove words such as “um” and “uh”. Also removes sounds, unless Remove Atmospherics is off.',
	},
	{
		displayName: 'Skip Postprocessing',
		name: 'skipPostprocessing',
		type: 'boolean',
		default: true,
		description:
			'Whether to return words as spoken, without number formatting, punctuation, or capitalization. English and Spanish only.',
	},
	{
		displayName: 'Skip Punctuation',
		name: 'skipPunctuation',
		type: 'boolean',
		default: true,
		description: 'Whether to return the words without punctuation',
	},
	{
		displayName: 'Source Authorization',
		name: 'sourceAuthorization',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		placeholder: 'e.g. Bearer abc123',
		description:
			'The Authorization header that Rev AI sends to download the recording from Audio URL, if the URL requires one. Rev AI never returns it.',
	},
	{
		displayName: 'Speaker Channels Count',
		name: 'speakerChannelsCount',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 8, numberPrecision: 0 },
		default: 2,
		description:
			'The number of channels (up to 8) to transcribe separately, for example for calls with one speaker per channel. Each channel is charged. If the recording has fewer channels, the job fails.',
	},
	{
		displayName: 'Strict Custom Vocabulary',
		name: 'strictCustomVocabulary',
		type: 'boolean',
		default: true,
		description: 'Whether to recognize keyterms only if the pronunciation matches closely. Default: on.',
	},
	{
		displayName: 'Summarization Model',
		name: 'summarizationModel',
		type: 'options',
		options: QUALITIES,
		default: 'premium',
		description: 'The model that writes the summary. Requires Summarize. Default: Standard.',
	},
	{
		displayName: 'Summarization Prompt',
		name: 'summarizationPrompt',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. List the decisions and who made them',
		description: 'Instructions for the summary, instead of Summarization Type. Requires Summarize.',
	},
	{
		displayName: 'Summarization Type',
		name: 'summarizationType',
		type: 'options',
		options: [
			{ name: 'Bullets', value: 'bullets' },
			{ name: 'Paragraph', value: 'paragraph' },
		],
		default: 'bullets',
		description: 'The format of the summary. Requires Summarize. Default: Paragraph.',
	},
	{
		displayName: 'Summarize',
		name: 'summarize',
		type: 'boolean',
		default: true,
		description: 'Whether to summarize the transcript',
	},
	{
		displayName: 'Translate Into',
		name: 'targetLanguages',
		type: 'string',
		default: '',
		placeholder: 'e.g. de, fr',
		description: 'Comma-separated languages to translate the transcript into, up to five',
	},
	{
		displayName: 'Translation Model',
		name: 'translationModel',
		type: 'options',
		options: QUALITIES,
		default: 'premium',
		description: 'The model that translates. Requires Translate Into. Default: Standard.',
	},
	{
		displayName: 'Verbatim',
		name: 'verbatim',
		type: 'boolean',
		default: true,
		description: 'Whether to transcribe every word, including repetitions and filler words. Default: on.',
	},
	...GENERAL_OPTIONS,
];
