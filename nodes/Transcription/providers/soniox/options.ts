import type { INodeProperties } from 'n8n-workflow';
import { diarizeOption, GENERAL_OPTIONS, keytermsOption, languageOption, modelOption } from '../common/submitOptions';

/** Shared options first, then the provider's own by name. Source of every field: Soniox OpenAPI 1.0.0. */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	modelOption('Which model transcribes. Leave this option out for stt-async-v5.', 'e.g. stt-async-v5'),
	languageOption(
		'Spoken language, or several codes separated by commas (language_hints). A hint: others are still recognised unless you add Language Hints Strict. Leave this option out to have it detected.',
		'e.g. en, es',
	),
	diarizeOption('Whether to tell apart who speaks (enable_speaker_diarization), up to 15 people'),
	keytermsOption('Names and terms to listen for, separated by commas (context.terms)'),
	{
		displayName: 'Client Reference ID',
		name: 'clientReferenceId',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-4711',
		description:
			'Stands beside the transcription and its file in lists at Soniox, up to 256 characters. It need not be unique and does not come with the callback; use Metadata for that.',
	},
	{
		displayName: 'Context General',
		name: 'contextGeneral',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Fact',
		description: 'What the conversation is about, such as domain, topic or participants (context.general)',
		options: [
			{
				displayName: 'Fact',
				name: 'fact',
				values: [
					{ displayName: 'Key', name: 'key', type: 'string', default: '', placeholder: 'e.g. topic' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. diabetes consultation' },
				],
			},
		],
	},
	{
		displayName: 'Context Text',
		name: 'contextText',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. The patient called last week about side effects of a new medicine',
		description:
			'Background such as an earlier summary, which need not be spoken (context.text). All of the context together may have about 10,000 characters.',
	},
	{
		displayName: 'Context Translation Terms',
		name: 'contextTranslationTerms',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Term',
		description: 'How certain terms are to be translated (context.translation_terms). For use with Translation.',
		options: [
			{
				displayName: 'Term',
				name: 'term',
				values: [
					{ displayName: 'Source', name: 'source', type: 'string', default: '', placeholder: 'e.g. Mr. Smith' },
					{ displayName: 'Target', name: 'target', type: 'string', default: '', placeholder: 'e.g. Herr Smith' },
				],
			},
		],
	},
	{
		displayName: 'Enable Language Identification',
		name: 'enableLanguageIdentification',
		type: 'boolean',
		default: true,
		description: 'Whether the transcript says which language was spoken',
	},
	{
		displayName: 'Language Hints Strict',
		name: 'languageHintsStrict',
		type: 'boolean',
		default: true,
		description:
			'Whether to recognise only what Language names. Works best with a single language, and only with models that support it.',
	},
	{
		displayName: 'Translation',
		name: 'translation',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add Translation',
		description: 'Translate what is said as well. The translation comes apart from the text, by language.',
		options: [
			{
				displayName: 'One Way',
				name: 'oneWay',
				values: [
					{
						displayName: 'Target Language',
						name: 'targetLanguage',
						type: 'string',
						default: '',
						placeholder: 'e.g. en',
						description: 'Everything is translated into this language',
					},
				],
			},
			{
				displayName: 'Two Way',
				name: 'twoWay',
				values: [
					{
						displayName: 'Language A',
						name: 'languageA',
						type: 'string',
						default: '',
						placeholder: 'e.g. en',
						description: 'What is said in this language is translated into Language B',
					},
					{
						displayName: 'Language B',
						name: 'languageB',
						type: 'string',
						default: '',
						placeholder: 'e.g. es',
						description: 'What is said in this language is translated into Language A',
					},
				],
			},
		],
	},
	...GENERAL_OPTIONS,
];
