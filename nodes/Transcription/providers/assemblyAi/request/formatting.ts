import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readBoolean, readTerms, undefinedIfEmpty, readText } from '../../../core/optionReaders';
import { choiceOf, groupOf, groupOption, isOn, rowsOf, rowsOption } from './groups';

/**
 * How the text is written.
 * Source: AssemblyAI OpenAPI 1.3.4, `punctuate`, `format_text`, `disfluencies`, `filter_profanity`, `remove_audio_tags`,
 * `TranscriptCustomSpelling`.
 */
export const FORMATTING_OPTIONS: INodeProperties[] = [
	rowsOption(
		{
			displayName: 'Custom Spelling',
			name: 'customSpelling',
			placeholder: 'Add Spelling',
			description: 'How to write words that are often written differently, for example names of products',
		},
		{
			displayName: 'Spelling',
			name: 'spelling',
			values: [
				{
					displayName: 'From',
					name: 'from',
					type: 'string',
					default: '',
					placeholder: 'e.g. sequel, s q l',
					description: 'What would be written, separated by commas, in upper or lower case',
				},
				{
					displayName: 'To',
					name: 'to',
					type: 'string',
					default: '',
					placeholder: 'e.g. SQL',
					description: 'The word to write in its place, in exactly this spelling',
				},
			],
		},
	),
	groupOption(
		{
			displayName: 'Text Formatting',
			name: 'textFormatting',
			placeholder: 'Set Formatting',
			description: 'Punctuation, filler words, profanity and tags',
		},
		{
			displayName: 'Formatting',
			name: 'formatting',
			values: [
				{
					displayName: 'Disfluencies',
					name: 'disfluencies',
					type: 'boolean',
					default: false,
					description: 'Whether to keep filler words such as “um”',
				},
				{
					displayName: 'Filter Profanity',
					name: 'filterProfanity',
					type: 'boolean',
					default: false,
					description: 'Whether to mask offensive words',
				},
				{
					displayName: 'Format Text',
					name: 'formatText',
					type: 'boolean',
					default: true,
					description: 'Whether to write numbers, dates and names as one would in a text',
				},
				{
					displayName: 'Punctuate',
					name: 'punctuate',
					type: 'boolean',
					default: true,
					description: 'Whether to set punctuation marks',
				},
				{
					displayName: 'Remove Audio Tags',
					name: 'removeAudioTags',
					type: 'options',
					options: [
						{ name: 'All', value: 'all', description: 'Neither sounds nor speaker cues' },
						{ name: 'As AssemblyAI Does by Default', value: 'default' },
						{ name: 'None', value: 'none', description: 'Sounds such as [MUSIC], and speaker cues, stay in the text' },
						{ name: 'Speaker Cues', value: 'speaker', description: 'Sounds stay in the text' },
					],
					default: 'default',
					description: 'Which remarks in brackets to leave out, where the model makes any, as Universal-3.5 Pro does',
				},
			],
		},
	),
];

/** @throws InputError */
export function formattingFields(options: IDataObject): IDataObject {
	return {
		...textFields(groupOf(options.textFormatting, 'formatting') ?? {}),
		custom_spelling: undefinedIfEmpty(rowsOf(options.customSpelling, 'spelling').map(spellingFields)),
	};
}

function textFields(formatting: IDataObject): IDataObject {
	const tags = choiceOf(formatting.removeAudioTags, 'Remove Audio Tags', ['all', 'default', 'none', 'speaker']);
	return {
		punctuate: isOn(formatting.punctuate, 'Punctuate') ? undefined : false,
		format_text: isOn(formatting.formatText, 'Format Text') ? undefined : false,
		disfluencies: readBoolean(formatting.disfluencies, 'Disfluencies') || undefined,
		filter_profanity: readBoolean(formatting.filterProfanity, 'Filter Profanity') || undefined,
		remove_audio_tags: tags === 'default' ? undefined : tags === 'none' ? null : tags,
	};
}

function spellingFields(row: IDataObject): IDataObject {
	const from = readTerms(row.from);
	const to = readText(row.to);
	if (from.length > 0 && to !== undefined) return { from, to };
	throw userError(
		to === undefined
			? `“Custom Spelling” does not say what to write in place of “${from.join(', ').slice(0, 80)}”`
			: `“Custom Spelling” does not say in place of what to write “${to.slice(0, 80)}”`,
		'Fill in both From and To, or remove that spelling.',
	);
}
