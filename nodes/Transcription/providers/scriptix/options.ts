import type { INodeProperties } from 'n8n-workflow';
import { diarizeOption, GENERAL_OPTIONS, languageOption, modelOption } from '../common/submitOptions';

/** Removes the list mode, for options whose values can't be listed. */
function manualOnly(option: INodeProperties): INodeProperties {
	return {
		...option,
		default: { mode: 'id', value: '' },
		modes: option.modes?.filter(({ type }) => type !== 'list'),
	};
}

/**
 * Shared options first, then the provider's own in alphabetical order. Sources: docs.scriptix.io, “Upload - Batch API”
 * (batch upload); API, “Create session”, and Core APIs, “Initialize session” (sessions).
 */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	manualOnly(
		modelOption(
			'The model to use, such as your custom model (model for batch upload, custom_model_id for sessions). Default: the model for the language.',
			'e.g. 1234',
		),
	),
	languageOption(
		'The spoken language. Your Scriptix portal lists the codes that your account supports. Default: detected automatically, which is only documented for batch upload.',
	),
	diarizeOption('Whether to identify which speaker says what (diarization)'),
	{
		displayName: 'Document Type',
		name: 'documentType',
		type: 'options',
		options: [
			{ name: 'Caption', value: 'caption', description: 'Create subtitle lines' },
			{ name: 'Document', value: 'document', description: 'Create continuous text' },
		],
		default: 'caption',
		description:
			'The kind of document to create for the Scriptix editor and exports. Sessions only. Default: Document.',
	},
	{
		displayName: 'Glossary ID',
		name: 'glossaryId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 12',
		description: 'The ID of a glossary in your account with names and terms to listen for. Batch upload only.',
	},
	{
		displayName: 'Keep Source',
		name: 'keepSource',
		type: 'boolean',
		default: true,
		description: 'Whether Scriptix keeps the recording for its editor. Sessions only.',
	},
	{
		displayName: 'Multichannel',
		name: 'multichannel',
		type: 'boolean',
		default: true,
		description:
			'Whether to transcribe each channel separately, for example for calls with one speaker per channel. Sessions only.',
	},
	{
		displayName: 'Punctuation',
		name: 'punctuation',
		type: 'boolean',
		default: true,
		description: 'Whether to add punctuation. Sessions only. Default: off.',
	},
	{
		displayName: 'Session Mode',
		name: 'sessionMode',
		type: 'string',
		default: '',
		placeholder: 'e.g. align',
		description: 'The task to perform instead of transcription (session_mode). Sessions only.',
	},
	{
		displayName: 'Timestamps',
		name: 'timestamps',
		type: 'options',
		options: [
			{ name: 'Segment', value: 'segment', description: 'Return timestamps of segments' },
			{ name: 'Word', value: 'word', description: 'Return timestamps of words' },
		],
		default: 'segment',
		description: 'The level of detail of the timestamps. Batch upload only. Default: Word.',
	},
	...GENERAL_OPTIONS,
];
