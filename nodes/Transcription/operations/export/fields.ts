import { userError } from '../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readBoolean, readNumber, readText } from '../../core/optionReaders';
import type { FileSettings } from '../../transcript/files';
import { CUE_SETTINGS } from '../../transcript/segments';
import { concurrencyOption } from '../../shared/concurrency';
import { readRecordingUrl } from './recording';

/** Export's Options. Sorted alphabetically, as n8n requires. */
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
			description: 'The maximum length of a subtitle line. Chinese, Japanese, and Korean characters count as two.',
		},
		concurrencyOption({ displayOptions: { show: { '/from': ['id'] } } }),
		{
			displayName: 'Embed Recording',
			name: 'embedRecording',
			type: 'string',
			default: '',
			placeholder: 'e.g. data',
			description:
				'The name of the input field containing the recording, to embed it in the HTML page with a player that follows the text. Up to 20 MB.',
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. interview-ada',
			description:
				'The name of the files, without the extension. Default: the title, the recording’s name, or the transcript ID.',
		},
		{
			displayName: 'Gap Between Cues (Seconds)',
			name: 'cueGap',
			type: 'number',
			default: 0.08,
			typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 3 },
			description: 'The minimum time between two subtitles, if the speech allows it',
		},
		{
			displayName: 'HTML Fragment',
			name: 'htmlFragment',
			type: 'boolean',
			default: true,
			description:
				'Whether to create HTML for the content field of a CMS, without the title, the styles, and the page around it',
		},
		{
			displayName: 'Include Speakers',
			name: 'includeSpeakers',
			type: 'boolean',
			default: true,
			description: 'Whether to include speaker names. Default: included in all formats except SRT.',
		},
		{
			displayName: 'Include Text in Item',
			name: 'includeText',
			type: 'boolean',
			default: true,
			description:
				'Whether to also add the text of the files to the item, in the “files” field (such as files.html), for nodes that accept text but not files. Excludes DOCX files and HTML pages with an embedded recording. For long transcripts, this makes items large.',
		},
		{
			displayName: 'Include Timestamps',
			name: 'includeTimestamps',
			type: 'boolean',
			default: true,
			description:
				'Whether to include the start time of each paragraph in documents. Default: included in HTML pages and DOCX, but not in HTML fragments, TXT, and Markdown.',
		},
		{
			displayName: 'Lines per Cue',
			name: 'linesPerCue',
			type: 'number',
			default: 2,
			typeOptions: { minValue: 1, maxValue: 5 },
			description: 'The maximum number of lines in a subtitle',
		},
		{
			displayName: 'Max Cue Duration (Seconds)',
			name: 'maxCueDuration',
			type: 'number',
			default: 7,
			typeOptions: { minValue: 1, maxValue: 60, numberPrecision: 2 },
			description: 'The maximum time to show a subtitle',
		},
		{
			displayName: 'Min Cue Duration (Seconds)',
			name: 'minCueDuration',
			type: 'number',
			default: 1,
			typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 2 },
			description: 'The minimum time to show a subtitle, if there is time before the next one',
		},
		{
			displayName: 'Reading Speed',
			name: 'readingSpeed',
			type: 'number',
			default: 20,
			typeOptions: { minValue: 1, maxValue: 100 },
			description:
				'The number of characters viewers can read per second. Subtitles that need more time stay on screen after the speech ends, if there is time.',
		},
		{
			displayName: 'Recording URL',
			name: 'recordingUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/call.mp3',
			description:
				'The URL of the audio or video file. Adds a player to the HTML page. In Markdown with timestamps, times link to it.',
		},
		{
			displayName: 'Speaker Names',
			name: 'speakerNames',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Speaker',
			default: {},
			description: 'Names to use instead of the provider’s speaker labels',
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
							description: 'The speaker or channel as it appears in the transcript',
						},
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. Ada',
							description: 'The name to use for the speaker',
						},
					],
				},
			],
		},
		{
			displayName: 'Time Offset (Seconds)',
			name: 'offsetSeconds',
			type: 'number',
			default: 0,
			typeOptions: { numberPrecision: 3 },
			description: 'Seconds to add to every timestamp. Results below 0 are dropped.',
		},
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			placeholder: 'e.g. Interview with Ada',
			description: 'The heading of HTML, DOCX, Markdown, and SVG files',
		},
		{
			displayName: 'Word Timestamps',
			name: 'wordTimestamps',
			type: 'boolean',
			default: true,
			description: 'Whether to include the start time of each word in VTT files, so that players can highlight it',
		},
	],
};

/** @throws UserError */
export function readFileSettings(options: IDataObject): FileSettings {
	const settings: FileSettings = {
		charactersPerLine: readNumber(options.charactersPerLine, 'Characters per Line', {
			min: 10,
			max: 200,
			integer: true,
		}),
		linesPerCue: readNumber(options.linesPerCue, 'Lines per Cue', { min: 1, max: 5, integer: true }),
		maxCueDuration: readNumber(options.maxCueDuration, 'Max Cue Duration (Seconds)', { min: 1, max: 60 }),
		minCueDuration: readNumber(options.minCueDuration, 'Min Cue Duration (Seconds)', { min: 0, max: 10 }),
		gap: readNumber(options.cueGap, 'Gap Between Cues (Seconds)', { min: 0, max: 2 }),
		readingSpeed: readNumber(options.readingSpeed, 'Reading Speed', { min: 1, max: 100 }),
		offsetSeconds: readNumber(options.offsetSeconds, 'Time Offset (Seconds)', { min: -1_000_000, max: 1_000_000 }),
		speakerNames: speakerNames(options.speakerNames as IDataObject | undefined),
		htmlFragment: readOptionalBoolean(options.htmlFragment, 'HTML Fragment'),
		title: readText(options.title),
		recordingUrl: readRecordingUrl(options.recordingUrl),
		includeSpeakers: readOptionalBoolean(options.includeSpeakers, 'Include Speakers'),
		includeTimestamps: readOptionalBoolean(options.includeTimestamps, 'Include Timestamps'),
		wordTimestamps: readOptionalBoolean(options.wordTimestamps, 'Word Timestamps'),
	};
	const { minCueDuration = CUE_SETTINGS.minCueDuration, maxCueDuration = CUE_SETTINGS.maxCueDuration } = settings;
	if (minCueDuration > maxCueDuration) {
		throw userError(
			`“Min Cue Duration (Seconds)” is ${minCueDuration}, which is longer than “Max Cue Duration (Seconds)”, ${maxCueDuration}`,
			'Change one of the two options.',
		);
	}
	return settings;
}

/** @returns undefined if the option isn't set, which is different from false */
function readOptionalBoolean(value: unknown, name: string): boolean | undefined {
	return value === undefined || value === null || value === '' ? undefined : readBoolean(value, name);
}

function speakerNames(option: IDataObject | undefined): Record<string, string> | undefined {
	// An expression may return a single pair, or nothing, instead of a list.
	const pairs = ([option?.pair ?? []].flat() as Array<IDataObject | null>).flatMap((pair) => {
		const speaker = readText(pair?.speaker);
		const name = readText(pair?.name);
		return speaker !== undefined && name !== undefined ? [[speaker, name] as const] : [];
	});
	return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}
