import { userError } from '../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import type { Settings } from '../../http/connection';
import { withoutAbsent } from '../../transcript/model';
import { readAdditionalFields, readBoolean, readNumber, readText } from '../../core/optionReaders';
import { type Contradiction, requestFields } from '../common/requestFields';
import { fileFieldName } from './credential';

/** Fields of the request that other parameters of the node own. `wait` would hold the request open instead of calling back. */
const RESERVED_FIELDS = {
	file_url: 'Source',
	callback_url: 'Callback',
	callback_secret: 'Callback',
	wait: 'Callback',
};

/** One number of speakers, or a range. */
const CONTRADICTIONS: readonly Contradiction[] = [
	{ field: 'num_speakers', option: 'Speaker Count', other: 'min_speakers' },
	{ field: 'num_speakers', option: 'Speaker Count', other: 'max_speakers' },
	{ field: 'min_speakers', option: 'Min Speakers', other: 'num_speakers' },
	{ field: 'max_speakers', option: 'Max Speakers', other: 'num_speakers' },
];

const SPEAKER_LABELS = ['none', 'standard', 'enhanced'];
const SUMMARIES = ['none', 'short', 'detailed', 'both'];

/**
 * The request of `POST /v1/transcriptions` but for the audio and the callback. What contradicts itself is refused
 * here, with the names the user sees, since the service would only refuse it after the upload.
 *
 * Source of every field: instanttranscriber.com, “API”. Options that were not added are not sent, which leaves the
 * service its defaults: language `auto`, speaker_labels `standard`, speaker_name_detection `off`, timestamps `true`,
 * summaries `none`.
 *
 * @throws InputError
 */
export function requestBody(options: IDataObject, settings: Settings): IDataObject {
	const reserved = { ...RESERVED_FIELDS, [fileFieldName(settings)]: 'Source' };
	const additional = readAdditionalFields(options.additionalFields, reserved);
	const own = withoutAbsent({
		language: readText(options.language),
		...speakers(options),
		timestamps: switchOf(options.timestamps, 'Timestamps'),
		summaries: oneOf(options.summaries, 'Summaries', SUMMARIES),
	}) as IDataObject;
	return requestFields(own, additional, CONTRADICTIONS);
}

/** The same as the fields of a form, where everything is text. */
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
	const names = switchOf(options.speakerNameDetection, 'Speaker Name Detection');
	if (count !== undefined && (min !== undefined || max !== undefined)) {
		throw userError(
			`“Speaker Count” is set together with “${min !== undefined ? 'Min Speakers' : 'Max Speakers'}”`,
			'Keep “Speaker Count” where you are certain, or the range where you are not.',
		);
	}
	if (min !== undefined && max !== undefined && min > max) {
		throw userError(
			`“Min Speakers” (${min}) is larger than “Max Speakers” (${max})`,
			'Make “Max Speakers” the larger one, or remove one of the two.',
		);
	}
	if (labels === 'none') refuseAboutSpeakers({ count, min, max, names }, options);
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
	const diarize = switchOf(options.diarize, 'Diarize');
	if (labels === undefined) return diarize === undefined ? undefined : diarize ? 'standard' : 'none';
	if (diarize !== undefined && diarize !== (labels !== 'none')) {
		throw userError(
			`“Diarize” is ${diarize ? 'on' : 'off'}, but “Speaker Labels” is “${labels}”`,
			'Remove “Diarize”: “Speaker Labels” says the same in more detail.',
		);
	}
	return labels;
}

function refuseAboutSpeakers(
	given: { count?: number; min?: number; max?: number; names?: boolean },
	options: IDataObject,
): void {
	const alone = [
		[given.count, 'Speaker Count'],
		[given.min, 'Min Speakers'],
		[given.max, 'Max Speakers'],
		[given.names || undefined, 'Speaker Name Detection'],
	].find(([value]) => value !== undefined)?.[1];
	if (alone === undefined) return;
	const off = readText(options.speakerLabels) === undefined ? '“Diarize” is off' : '“Speaker Labels” is “none”';
	throw userError(
		`“${alone}” is set, but ${off}`,
		`Have the speakers told apart, or remove “${alone}”.`,
	);
}

/** Undefined where the option was not added: off and absent are not the same for a service that has defaults. */
function switchOf(value: unknown, name: string): boolean | undefined {
	return readText(value) === undefined ? undefined : readBoolean(value, name);
}

function oneOf(value: unknown, name: string, known: readonly string[]): string | undefined {
	const text = readText(value);
	if (text === undefined || known.includes(text)) return text;
	throw userError(`“${name}” is “${text.slice(0, 60)}”`, `Set it to one of: ${known.join(', ')}.`);
}
