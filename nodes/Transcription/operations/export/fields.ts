import { userError } from '../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readBoolean, readNumber, readText } from '../../core/optionReaders';
import type { FileSettings } from '../../transcript/files';
import { CUE_SETTINGS } from '../../transcript/segments';

/** Export's Options: how files and items are made. Alphabetical, as n8n wants them. */
export const exportOptionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	default: {},
	placeholder: 'Add Option',
	options: [
		{
			displayName: 'Characters per Line',
			name: 'charactersPerLine',
			type: 'number',
			default: 42,
			typeOptions: { minValue: 10, maxValue: 200 },
			description: 'The longest line of a subtitle. Chinese, Japanese and Korean characters count as two.',
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. interview-ada',
			description: 'Name of the files without extension. Left out: the transcript’s ID.',
		},
		{
			displayName: 'Gap Between Cues (Seconds)',
			name: 'cueGap',
			type: 'number',
			default: 0.08,
			typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 3 },
			description: 'Time without a subtitle between two, where the speech leaves it',
		},
		{
			displayName: 'HTML Fragment',
			name: 'htmlFragment',
			type: 'boolean',
			default: true,
			description: 'Whether HTML is only the paragraphs, without a page and its style around them, for the content field of a CMS. Left out: a whole page.',
		},
		{
			displayName: 'Lines per Cue',
			name: 'linesPerCue',
			type: 'number',
			default: 2,
			typeOptions: { minValue: 1, maxValue: 5 },
			description: 'How many lines a subtitle has at most',
		},
		{
			displayName: 'Max Cue Duration (Seconds)',
			name: 'maxCueDuration',
			type: 'number',
			default: 7,
			typeOptions: { minValue: 1, maxValue: 60, numberPrecision: 2 },
			description: 'How long a subtitle stays at most',
		},
		{
			displayName: 'Reading Speed',
			name: 'readingSpeed',
			type: 'number',
			default: 20,
			typeOptions: { minValue: 1, maxValue: 100 },
			description: 'Characters a second that can be read. Subtitles that need more time stay after the speech, as far as there is time.',
		},
		{
			displayName: 'Min Cue Duration (Seconds)',
			name: 'minCueDuration',
			type: 'number',
			default: 1,
			typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 2 },
			description: 'How long a subtitle stays at least, where the next one leaves the time',
		},
		{
			displayName: 'Speaker Names',
			name: 'speakerNames',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Speaker',
			default: {},
			description: 'Real names to put in the place of the service’s labels',
			options: [
				{
					displayName: 'Speaker',
					name: 'pair',
					values: [
						{
							displayName: 'Label',
							name: 'speaker',
							type: 'string',
							default: '',
							placeholder: 'e.g. A',
							description: 'Speaker or channel as the transcript has it',
						},
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. Ada',
							description: 'What to call them',
						},
					],
				},
			],
		},
		{
			displayName: 'Include Text in Item',
			name: 'includeText',
			type: 'boolean',
			default: true,
			description: 'Whether the item has the text of the files as well, in the field “files” (such as files.html), for nodes that take text and no files. Makes large items of long transcripts.',
		},
		{
			displayName: 'Time Offset (Seconds)',
			name: 'offsetSeconds',
			type: 'number',
			default: 0,
			typeOptions: { numberPrecision: 3 },
			description: 'What to add to all times; negative where the beginning of the recording was cut off. What comes to lie before 0 is left out.',
		},
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			placeholder: 'e.g. Interview with Ada',
			description: 'Heading of HTML and Markdown',
		},
		{
			displayName: 'Include Speakers',
			name: 'includeSpeakers',
			type: 'boolean',
			default: true,
			description: 'Whether to name the speakers. Left out: everywhere but in SRT.',
		},
		{
			displayName: 'Include Timestamps',
			name: 'includeTimestamps',
			type: 'boolean',
			default: true,
			description: 'Whether documents tell when each paragraph begins. Left out: in HTML, not in TXT and Markdown.',
		},
		{
			displayName: 'Word Timestamps',
			name: 'wordTimestamps',
			type: 'boolean',
			default: true,
			description: 'Whether VTT tells when each word begins, so that players can highlight it',
		},
	],
};

/** @throws InputError */
export function readFileSettings(options: IDataObject): FileSettings {
	const settings: FileSettings = {
		charactersPerLine: readNumber(options.charactersPerLine, 'Characters per Line', { min: 10, max: 200, integer: true }),
		linesPerCue: readNumber(options.linesPerCue, 'Lines per Cue', { min: 1, max: 5, integer: true }),
		maxCueDuration: readNumber(options.maxCueDuration, 'Max Cue Duration (Seconds)', { min: 1, max: 60 }),
		minCueDuration: readNumber(options.minCueDuration, 'Min Cue Duration (Seconds)', { min: 0, max: 10 }),
		gap: readNumber(options.cueGap, 'Gap Between Cues (Seconds)', { min: 0, max: 2 }),
		readingSpeed: readNumber(options.readingSpeed, 'Reading Speed', { min: 1, max: 100 }),
		offsetSeconds: readNumber(options.offsetSeconds, 'Time Offset (Seconds)', { min: -1_000_000, max: 1_000_000 }),
		speakerNames: speakerNames(options.speakerNames as IDataObject | undefined),
		htmlFragment: readOptionalBoolean(options.htmlFragment, 'HTML Fragment'),
		title: readText(options.title),
		includeSpeakers: readOptionalBoolean(options.includeSpeakers, 'Include Speakers'),
		includeTimestamps: readOptionalBoolean(options.includeTimestamps, 'Include Timestamps'),
		wordTimestamps: readOptionalBoolean(options.wordTimestamps, 'Word Timestamps'),
	};
	const { minCueDuration = CUE_SETTINGS.minCueDuration, maxCueDuration = CUE_SETTINGS.maxCueDuration } = settings;
	if (minCueDuration > maxCueDuration) {
		throw userError(`“Min Cue Duration” (${minCueDuration} s) is longer than “Max Cue Duration” (${maxCueDuration} s)`, 'Change one of the two.');
	}
	return settings;
}

/** Left out is not the same as off. */
function readOptionalBoolean(value: unknown, name: string): boolean | undefined {
	return value === undefined || value === null || value === '' ? undefined : readBoolean(value, name);
}

function speakerNames(given: IDataObject | undefined): Record<string, string> | undefined {
	// An expression may give one pair, or nothing, where a list belongs.
	const pairs = ([given?.pair ?? []].flat() as Array<IDataObject | null>).flatMap((pair) => {
		const speaker = readText(pair?.speaker);
		const name = readText(pair?.name);
		return speaker !== undefined && name !== undefined ? [[speaker, name] as const] : [];
	});
	return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}
