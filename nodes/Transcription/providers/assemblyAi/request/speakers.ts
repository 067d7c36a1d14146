import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import { readBoolean, readNumber } from '../../../core/optionReaders';
import { groupOf, groupOption } from './groups';

/** Who speaks. Source: AssemblyAI OpenAPI 1.3.4, `speaker_labels`, `speakers_expected`, `speaker_options`, `multichannel`. */
export const SPEAKER_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Multichannel',
		name: 'multichannel',
		type: 'boolean',
		default: true,
		description: 'Whether every channel of the recording is transcribed on its own, as in calls with one speaker per channel',
	},
	groupOption(
		{
			displayName: 'Speaker Range',
			name: 'speakerOptions',
			placeholder: 'Set Range',
			description: 'At least and at most how many people speak (speaker_options). Needs Diarize, and takes the place of Speaker Count.',
		},
		{
			displayName: 'Range',
			name: 'range',
			values: [
				{
					displayName: 'Minimum',
					name: 'minSpeakersExpected',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 0 },
					default: 1,
					description: 'No fewer speakers than this come out',
				},
				{
					displayName: 'Maximum',
					name: 'maxSpeakersExpected',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 0 },
					default: 0,
					description: 'No more speakers than this come out; if more people speak, some are merged. Zero leaves the limit to AssemblyAI. A limit that is too high makes the result worse.',
				},
			],
		},
	),
];

/** @throws InputError */
export function speakerFields(options: IDataObject): IDataObject {
	const diarize = readBoolean(options.diarize, 'Diarize');
	const expected = readNumber(options.speakerCount, 'Speaker Count', { min: 1, integer: true });
	const range = groupOf(options.speakerOptions, 'range');
	const alone = expected !== undefined ? 'Speaker Count' : range ? 'Speaker Range' : undefined;
	if (alone && !diarize) {
		throw userError(`“${alone}” is set without “Diarize”`, `Add the option “Diarize” and turn it on, or remove “${alone}”.`);
	}
	if (expected !== undefined && range) {
		throw userError('“Speaker Count” and “Speaker Range” are both set', 'Keep “Speaker Count” where you are certain, else “Speaker Range”.');
	}
	return {
		speaker_labels: diarize || undefined,
		speakers_expected: expected,
		speaker_options: range && rangeFields(range),
		multichannel: readBoolean(options.multichannel, 'Multichannel') || undefined,
	};
}

function rangeFields(range: IDataObject): IDataObject {
	const min = readNumber(range.minSpeakersExpected, 'Speaker Range: Minimum', { min: 1, integer: true });
	// Zero is our word for no limit.
	const max = readNumber(range.maxSpeakersExpected, 'Speaker Range: Maximum', { min: 0, integer: true }) || undefined;
	if (max !== undefined && (min ?? 1) > max) {
		throw userError(`“Speaker Range” is from ${min} to ${max} speakers`, 'Make the maximum the larger one.');
	}
	return withoutAbsent({ min_speakers_expected: min, max_speakers_expected: max });
}
