import type { INodeProperties } from 'n8n-workflow';
import { diarizeOption, GENERAL_OPTIONS, languageOption, modelOption } from '../common/submitOptions';

/** Scriptix has no list of languages of its own that could be offered, so that this begins with the field for a value by hand. */
const BY_HAND = { mode: 'id', value: '' };

/** Nor one of models, so that there is nothing to choose from. */
function onlyByHand(option: INodeProperties): INodeProperties {
	return { ...option, default: BY_HAND, modes: option.modes?.filter(({ type }) => type !== 'list') };
}

/**
 * Shared options first, then the provider's own by name.
 * Source of the fields: docs.scriptix.io, “Upload - Batch API” for batch upload; API, “Create session” and Core APIs,
 * “Initialize session” for sessions.
 */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	onlyByHand(
		modelOption(
			'Your own or another model (model of the batch upload API, custom_model_id of sessions). Leave this option out to use the one for the language.',
			'e.g. 1234',
		),
	),
	{
		...languageOption('Spoken language, in the codes of your Scriptix portal. Leave this option out to have it detected.'),
		default: BY_HAND,
	},
	diarizeOption('Whether to tell apart who speaks (diarization)'),
	{
		displayName: 'Document Type',
		name: 'documentType',
		type: 'options',
		options: [
			{ name: 'Caption', value: 'caption', description: 'In lines as subtitles have them' },
			{ name: 'Document', value: 'document', description: 'Running text' },
		],
		default: 'caption',
		description: 'What Scriptix makes of the transcript for its editor and its exports. Without this option it is a document. Sessions only.',
	},
	{
		displayName: 'Glossary ID',
		name: 'glossaryId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 12',
		description: 'Glossary of your account with names and terms to listen for. Batch upload only.',
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
		description: 'Whether every channel of the recording is transcribed on its own, as in calls with one speaker per channel. Sessions only.',
	},
	{
		displayName: 'Punctuation',
		name: 'punctuation',
		type: 'boolean',
		default: true,
		description: 'Whether to set punctuation marks, which Scriptix does not do unless asked. Sessions only.',
	},
	{
		displayName: 'Session Mode',
		name: 'sessionMode',
		type: 'string',
		default: '',
		placeholder: 'e.g. align',
		description: 'Another kind of work than transcribing (session_mode). Sessions only.',
	},
	{
		displayName: 'Timestamps',
		name: 'timestamps',
		type: 'options',
		options: [
			{ name: 'Segment', value: 'segment', description: 'For each passage' },
			{ name: 'Word', value: 'word', description: 'For each word' },
		],
		default: 'segment',
		description: 'What is timed. Without this option it is each word. Batch upload only.',
	},
	...GENERAL_OPTIONS,
];
