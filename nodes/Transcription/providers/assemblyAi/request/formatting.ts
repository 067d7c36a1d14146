import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readBoolean, readTerms, undefinedIfEmpty, readText } from '../../../core/optionReaders';
import { choiceOf, groupOf, groupOption, isOn, rowsOf, rowsOption } from './groups';

/**
 * Options for formatting the text.
 * Source: AssemblyAI OpenAPI 1.3.4, `punctuate`, `format_text`, `disfluencies`, `filter_profanity`, `remove_audio_tags`,
 * `TranscriptCustomSpelling`.
 */
export const FORMATTING_OPTIONS: INodeProperties[] = [
	rowsOption(
		{
			displayName: 'Custom Spelling',
			name: 'customSpelling',
			placeholder: 'Add Spelling',
			description: 'The preferred spelling of words that can be written in different ways, such as product names',
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
					description: 'Comma-separated spellings to replace, case-insensitive, up to five words each',
				},
				{
					displayName: 'To',
					name: 'to',
					type: 'string',
					default: '',
					placeholder: 'e.g. SQL',
					description: 'The exact spelling to use instead, in one word',
				},
			],
		},
	),
	groupOption(
		{
			displayName: 'Text Formatting',
			name: 'textFormatting',
			placeholder: 'Set Formatting',
			description: 'Settings for punctuation, filler words, profanity, and audio tags',
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
					description: 'Whether to format numbers, dates, and names as in written text',
				},
				{
					displayName: 'Punctuate',
					name: 'punctuate',
					type: 'boolean',
					default: true,
					description: 'Whether to add punctuation',
				},
				{
					displayName: 'Remove Audio Tags',
					name: 'removeAudioTags',
					type: 'options',
					options: [
						{ name: 'All', value: 'all', description: 'Remove sounds and speaker cues' },
						{ name: 'AssemblyAI Default', value: 'default' },
						{ name: 'None', value: 'none', description: 'Keep sounds such as [MUSIC] and speaker cues' },
						{ name: 'Speaker Cues', value: 'speaker', description: 'Remove speaker cues but keep sounds' },
					],
					default: 'default',
					description:
						'The bracketed tags to remove from the text. Only AssemblyAI STT 3.7 and Universal-3.5 Pro add them.',
				},
			],
		},
	),
];

/** @throws UserError */
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
			? `“Custom Spelling” has no replacement for “${from.join(', ').slice(0, 80)}”`
			: `“Custom Spelling” has no spelling to replace with “${to.slice(0, 80)}”`,
		'Fill in both “From” and “To”, or remove the entry.',
	);
}
