import type { INodeProperties } from 'n8n-workflow';
import {
	diarizeOption,
	GENERAL_OPTIONS,
	keytermsOption,
	languageOption,
	modelOption,
	speakerCountOption,
} from '../submitOptions';
import { PII_POLICIES } from './choices';

/** Shared options first, then the provider's own by name. Source of every field: AssemblyAI OpenAPI 1.3.4. */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	modelOption(
		'Which model transcribes. Several IDs separated by commas are tried in order: the first that knows the language is used. Leave this option out to use the default of your account.',
		'e.g. universal-3-5-pro, universal-2',
	),
	languageOption('Spoken language. Leave this option out to have it detected.'),
	diarizeOption('Whether to tell apart who speaks (speaker_labels)'),
	speakerCountOption('How many people speak (speakers_expected). Needs Diarize. Only set it when you are certain.'),
	keytermsOption('Names and terms to listen for, separated by commas, up to six words each'),
	{
		displayName: 'Audio End At (Seconds)',
		name: 'audioEndAt',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 60,
		description: 'Where in the recording to stop transcribing',
	},
	{
		displayName: 'Audio Start From (Seconds)',
		name: 'audioStartFrom',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 0,
		description: 'Where in the recording to begin transcribing',
	},
	{
		displayName: 'Language Confidence Threshold',
		name: 'languageConfidenceThreshold',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.5,
		description: 'How certain the detection of the language must be, from 0 to 1. The job fails below that.',
	},
	{
		displayName: 'Language Detection Options',
		name: 'languageDetectionOptions',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Set Detection Options',
		description: 'For recordings whose language is detected',
		options: [
			{
				displayName: 'Detection',
				name: 'detection',
				values: [
					{
						displayName: 'Code Switching',
						name: 'codeSwitching',
						type: 'boolean',
						default: false,
						description: 'Whether speakers change between languages within the recording',
					},
					{
						displayName: 'Languages',
						name: 'expectedLanguages',
						type: 'string',
						default: '',
						placeholder: 'e.g. en, es',
						description: 'Language codes to choose from, separated by commas. Empty means all.',
					},
					{
						displayName: 'Fallback Language',
						name: 'fallbackLanguage',
						type: 'string',
						default: 'auto',
						placeholder: 'e.g. en',
						description:
							'Language to use when none of the expected ones is found; “auto” takes the likeliest of them',
					},
					{
						displayName: 'On Low Confidence',
						name: 'onLowLanguageConfidence',
						type: 'options',
						options: [
							{ name: 'Fail the Job', value: 'error' },
							{ name: 'Use the Fallback Language', value: 'fallback' },
						],
						default: 'error',
						description: 'What happens below the Language Confidence Threshold',
					},
				],
			},
		],
	},
	{
		displayName: 'Multichannel',
		name: 'multichannel',
		type: 'boolean',
		default: true,
		description: 'Whether every channel of the recording is transcribed on its own, as in calls with one speaker per channel',
	},
	{
		displayName: 'Redact PII',
		name: 'redactPii',
		type: 'boolean',
		default: true,
		description: 'Whether to remove personal data from the text. Choose which in Redact PII Policies.',
	},
	{
		displayName: 'Redact PII Audio',
		name: 'redactPiiAudio',
		type: 'boolean',
		default: true,
		description:
			'Whether to also make a copy of the recording with the personal data silenced. The trigger announces it as Redacted Audio Ready.',
	},
	{
		displayName: 'Redact PII Audio Quality',
		name: 'redactPiiAudioQuality',
		type: 'options',
		options: [
			{ name: 'MP3', value: 'mp3' },
			{ name: 'WAV', value: 'wav' },
		],
		default: 'mp3',
		description: 'Format of the redacted copy',
	},
	{
		displayName: 'Redact PII Policies',
		name: 'redactPiiPolicies',
		type: 'multiOptions',
		options: PII_POLICIES,
		default: ['person_name', 'phone_number', 'email_address'],
		description: 'Which personal data to remove. Needs Redact PII.',
	},
	{
		displayName: 'Redact PII Substitution',
		name: 'redactPiiSub',
		type: 'options',
		options: [
			{ name: 'Hash Signs', value: 'hash', description: 'For example ####' },
			{ name: 'Name of the Entity', value: 'entity_name', description: 'For example [PERSON_NAME]' },
		],
		default: 'hash',
		description: 'What stands in place of removed text',
	},
	...GENERAL_OPTIONS,
];
