import type { INodeProperties } from 'n8n-workflow';
import { diarizeOption, GENERAL_OPTIONS, keytermsOption, languageOption, modelOption } from '../common/submitOptions';

/** Shared options first, then the provider's own in alphabetical order. Source: Soniox OpenAPI 1.0.0. */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	modelOption('The model to use. Default: stt-async-v5.', 'e.g. stt-async-v5'),
	languageOption(
		'The spoken language, or several comma-separated codes (language_hints). Other languages are still recognized unless you add Language Hints Strict. Default: detected automatically.',
		'e.g. en, es',
	),
	diarizeOption('Whether to identify which speaker says what (enable_speaker_diarization), up to 15 speakers'),
	keytermsOption('Comma-separated names and terms to listen for (context.terms)'),
	{
		displayName: 'Client Reference ID',
		name: 'clientReferenceId',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-4711',
		description:
			'An ID to show with the transcription and its file at Soniox, up to 256 characters. It doesn’t have to be unique and isn’t part of the callback; use Metadata for that.',
	},
	{
		displayName: 'Context General',
		name: 'contextGeneral',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Fact',
		description: 'Facts about the conversation, such as its domain, topic, or participants (context.general)',
		options: [
			{
				displayName: 'Fact',
				name: 'fact',
				values: [
					{ displayName: 'Key', name: 'key', type: 'string', default: '', placeholder: 'e.g. topic' },
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. diabetes consultation',
					},
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
			'Background information, such as an earlier summary (context.text). The whole context can be up to about 10,000 characters long.',
	},
	{
		displayName: 'Context Translation Terms',
		name: 'contextTranslationTerms',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Term',
		description: 'The preferred translations of terms (context.translation_terms). For use with Translation.',
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
		description: 'Whether to include the spoken language in the transcript',
	},
	{
		displayName: 'Language Hints Strict',
		name: 'languageHintsStrict',
		type: 'boolean',
		default: true,
		description:
			'Whether to recognize only the languages in Language. Works best with a single language, and only with models that support it.',
	},
	{
		displayName: 'Translation',
		name: 'translation',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add Translation',
		description: 'Also translate the transcript. Translations are returned separately from the text, by language.',
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
						description: 'The language to translate everything into',
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
						description: 'The language to translate into Language B',
					},
					{
						displayName: 'Language B',
						name: 'languageB',
						type: 'string',
						default: '',
						placeholder: 'e.g. es',
						description: 'The language to translate into Language A',
					},
				],
			},
		],
	},
	...GENERAL_OPTIONS,
];
