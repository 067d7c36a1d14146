import { userError } from '../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import type { Settings } from '../../http/connection';
import { withoutAbsent } from '../../transcript/model';
import { booleanOrAbsent, readAdditionalFields, readNumber, readText } from '../../core/optionReaders';
import { type OptionConflict, requestFields } from '../common/requestFields';
import { fileFieldName } from './credential';
import { SUMMARY_CHOICES } from './transcript/response';

/** Request fields that are set by other parameters of the node. `wait` would hold the request open instead of using a callback. */
const RESERVED_FIELDS = {
	file_url: 'Source',
	callback_url: 'Callback',
	callback_secret: 'Callback',
	wait: 'Callback',
};

const OPTION_CONFLICTS: readonly OptionConflict[] = [
	{ field: 'num_speakers', option: 'Speaker Count', other: 'min_speakers' },
	{ field: 'num_speakers', option: 'Speaker Count', other: 'max_speakers' },
	{ field: 'min_speakers', option: 'Min Speakers', other: 'num_speakers' },
	{ field: 'max_speakers', option: 'Max Speakers', other: 'num_speakers' },
];

const SPEAKER_LABELS = ['none', 'standard', 'enhanced'];

/**
 * Builds the request body of `POST /v1/transcriptions` without the audio and the callback. Contradictory options are
 * rejected here, with errors that use the names shown in the editor, because the service would only reject them after
 * the upload.
 *
 * All fields are documented on instanttranscriber.com, “API”. Options that weren't added aren't sent, so the service
 * uses its defaults: language `auto`, speaker_labels `standard`, speaker_name_detection `off`, timestamps `true`,
 * summaries `none`.
 *
 * @throws UserError
 */
export function requestBody(options: IDataObject, settings: Settings): IDataObject {
	const reserved = { ...RESERVED_FIELDS, [fileFieldName(settings)]: 'Source' };
	const additional = readAdditionalFields(options.additionalFields, reserved);
	const optionFields = withoutAbsent({
		language: readText(options.language),
		...speakers(options),
		timestamps: booleanOrAbsent(options.timestamps, 'Timestamps'),
		summaries: oneOf(options.summaries, 'Summary', SUMMARY_CHOICES),
	}) as IDataObject;
	return requestFields(optionFields, additional, OPTION_CONFLICTS);
}

/** Returns the request body as form fields, where every value is text. */
export function formFields(body: IDataObject): Array<readonly [name: string, value: string]> {
	return Object.entries(body)
		.filter(([, value]) => value !== null && value !== undefined)
		.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]);
}

function speakers(options: IDataObject): IDataObject {
	const labels = speakerLabels(options);
	const count = readNumber(options.speakerCount, 'Speaker Count', { min: 1, integer: true });
	const min = readNumber(options.minSpeakers, 'Min Speakers', { min: 1, integer: true });
	const max = readNumber(options.maxSpeakers, 'Max Speakers', { min: 1, integer: true });
	const names = booleanOrAbsent(options.speakerNameDetection, 'Speaker Name Detection');
	if (count !== undefined && (min !== undefined || max !== undefined)) {
		throw userError(
			`“Speaker Count” can’t be combined with “${min !== undefined ? 'Min Speakers' : 'Max Speakers'}”`,
			'Keep “Speaker Count” if you know the exact number; otherwise keep the range.',
		);
	}
	if (min !== undefined && max !== undefined && min > max) {
		throw userError(
			`“Min Speakers” (${min}) is larger than “Max Speakers” (${max})`,
			'Set “Max Speakers” to at least “Min Speakers”, or remove one of them.',
		);
	}
	if (labels === 'none') assertNoSpeakerOptions({ count, min, max, names }, options);
	return {
		speaker_labels: labels,
		speaker_name_detection: names === undefined ? undefined : names ? 'auto' : 'off',
		num_speakers: count,
		min_speakers: min,
		max_speakers: max,
	};
}

function speakerLabels(options: IDataObject): string | undefined {
	const labels = oneOf(options.speakerLabels, 'Speaker Labels', SPEAKER_LABELS);
	const diarize = booleanOrAbsent(options.diarize, 'Diarize');
	if (labels === undefined) return diarize === undefined ? undefined : diarize ? 'standard' : 'none';
	if (diarize !== undefined && diarize !== (labels !== 'none')) {
		throw userError(
			`“Diarize” is ${diarize ? 'on' : 'off'}, but “Speaker Labels” is “${labels}”`,
			'Remove “Diarize”, since “Speaker Labels” replaces it.',
		);
	}
	return labels;
}

function assertNoSpeakerOptions(
	values: { count?: number; min?: number; max?: number; names?: boolean },
	options: IDataObject,
): void {
	const option = [
		[values.count, 'Speaker Count'],
		[values.min, 'Min Speakers'],
		[values.max, 'Max Speakers'],
		[values.names || undefined, 'Speaker Name Detection'],
	].find(([value]) => value !== undefined)?.[1];
	if (option === undefined) return;
	const off = readText(options.speakerLabels) === undefined ? '“Diarize” is off' : '“Speaker Labels” is “none”';
	throw userError(`“${option}” is set, but ${off}`, `Turn on speaker identification, or remove “${option}”.`);
}

function oneOf(value: unknown, name: string, known: readonly string[]): string | undefined {
	const text = readText(value);
	if (text === undefined || known.includes(text)) return text;
	throw userError(`“${name}” has an invalid value: “${text.slice(0, 60)}”`, `Set it to one of: ${known.join(', ')}.`);
}
