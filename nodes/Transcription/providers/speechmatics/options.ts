import type { INodeProperties } from 'n8n-workflow';
import { diarizeOption, GENERAL_OPTIONS, keytermsOption, languageOption, modelOption } from '../common/submitOptions';

/**
 * Shared options first, then the provider's own in alphabetical order. The sources of the fields are listed in
 * `request/index.ts`.
 */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	modelOption('The model to use. Default: Standard.', 'e.g. enhanced'),
	languageOption('The spoken language. Default: detected automatically.'),
	diarizeOption('Whether to identify which speaker says what, based on voices'),
	keytermsOption('Comma-separated names and terms to listen for (additional_vocab)'),
	{
		displayName: 'Channel Diarization',
		name: 'channelDiarization',
		type: 'boolean',
		default: true,
		description: 'Whether to transcribe each channel separately, for example for calls with one speaker per channel',
	},
	{
		displayName: 'Channel Labels',
		name: 'channelDiarizationLabels',
		type: 'string',
		default: '',
		placeholder: 'e.g. Agent, Caller',
		description: 'Comma-separated names of the channels, in order. Requires Channel Diarization.',
	},
	{
		displayName: 'Default Language',
		name: 'defaultLanguage',
		type: 'string',
		default: '',
		placeholder: 'e.g. en',
		description: 'The language to use if none can be detected. If omitted, the job fails.',
	},
	{
		displayName: 'Domain',
		name: 'domain',
		type: 'string',
		default: '',
		placeholder: 'e.g. medical',
		description: 'The specialized vocabulary to use. Requires Language and the model Enhanced.',
	},
	{
		displayName: 'Enable Entities',
		name: 'enableEntities',
		type: 'boolean',
		default: true,
		description:
			'Whether to find entities such as dates, amounts, and numbers. Set Output to Utterances or Words to get them with their type.',
	},
	{
		displayName: 'Expected Languages',
		name: 'expectedLanguages',
		type: 'string',
		default: '',
		placeholder: 'e.g. en, es',
		description: 'Comma-separated languages to detect. Jobs in other languages fail.',
	},
	{
		displayName: 'Language Hints',
		name: 'languageHints',
		type: 'string',
		default: '',
		placeholder: 'e.g. en, ar',
		description:
			'Comma-separated languages to expect. Other languages are still recognized. Requires the model Melia 1.',
	},
	{
		displayName: 'Language Hints Strict',
		name: 'languageHintsStrict',
		type: 'boolean',
		default: true,
		description: 'Whether to recognize only the languages in Language Hints',
	},
	{
		displayName: 'Low Confidence Action',
		name: 'lowConfidenceAction',
		type: 'options',
		options: [
			{ name: 'Fail the Job', value: 'reject' },
			{ name: 'Use the Default Language', value: 'use_default_language' },
			{ name: 'Use the Likeliest Language', value: 'allow' },
		],
		default: 'allow',
		description: 'The action to take if the language is detected with low confidence',
	},
	{
		displayName: 'Output Locale',
		name: 'outputLocale',
		type: 'string',
		default: '',
		placeholder: 'e.g. en-GB',
		description: 'The regional spelling of the transcript. Requires Language.',
	},
	{
		displayName: 'Prefer Current Speaker',
		name: 'preferCurrentSpeaker',
		type: 'boolean',
		default: true,
		description: 'Whether to keep the current speaker if the voice is similar enough. Requires Diarize.',
	},
	{
		displayName: 'Remove Disfluencies',
		name: 'removeDisfluencies',
		type: 'boolean',
		default: true,
		description: 'Whether to remove words such as “um” and “er”',
	},
	{
		displayName: 'Speaker Sensitivity',
		name: 'speakerSensitivity',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.5,
		description:
			'How sensitively to distinguish similar voices, from 0 to 1. Higher values result in more speakers. Requires Diarize.',
	},
	{
		displayName: 'Translate Into',
		name: 'targetLanguages',
		type: 'string',
		default: '',
		placeholder: 'e.g. de, fr',
		description: 'Comma-separated languages to translate the transcript into, up to five',
	},
	...GENERAL_OPTIONS,
];
