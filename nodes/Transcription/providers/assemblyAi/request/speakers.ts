import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import { readBoolean, readNumber } from '../../../core/optionReaders';
import { groupOf, groupOption } from './groups';

/** Options for speakers and channels. Source: AssemblyAI OpenAPI 1.3.4, `speaker_labels`, `speakers_expected`, `speaker_options`, `multichannel`. */
export const SPEAKER_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Multichannel',
		name: 'multichannel',
		type: 'boolean',
		default: true,
		description: 'Whether to transcribe each channel separately, for example for calls with one speaker per channel',
	},
	groupOption(
		{
			displayName: 'Speaker Range',
			name: 'speakerOptions',
			placeholder: 'Set Range',
			description:
				'The minimum and maximum number of speakers (speaker_options). Replaces Speaker Count. Requires Diarize.',
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
					description: 'The minimum number of speakers in the transcript',
				},
				{
					displayName: 'Maximum',
					name: 'maxSpeakersExpected',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 0 },
					default: 0,
					description:
						'The maximum number of speakers in the transcript. If more people speak, some are merged. A maximum that is too high reduces accuracy. Use 0 for AssemblyAI’s default.',
				},
			],
		},
	),
];

/** @throws UserError */
export function speakerFields(options: IDataObject): IDataObject {
	const diarize = readBoolean(options.diarize, 'Diarize');
	const expected = readNumber(options.speakerCount, 'Speaker Count', { min: 1, integer: true });
	const range = groupOf(options.speakerOptions, 'range');
	const option = expected !== undefined ? 'Speaker Count' : range ? 'Speaker Range' : undefined;
	if (option && !diarize) {
		throw userError(
			`“${option}” requires “Diarize”`,
			`Add the “Diarize” option and turn it on, or remove “${option}”.`,
		);
	}
	if (expected !== undefined && range) {
		throw userError(
			'“Speaker Count” and “Speaker Range” can’t be combined',
			'Keep “Speaker Count” if you know the exact number; otherwise keep “Speaker Range”.',
		);
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
	// Zero means no limit.
	const max = readNumber(range.maxSpeakersExpected, 'Speaker Range: Maximum', { min: 0, integer: true }) || undefined;
	if (max !== undefined && (min ?? 1) > max) {
		throw userError(
			`“Speaker Range” has a minimum (${min}) above its maximum (${max})`,
			'Set “Maximum” to at least “Minimum”.',
		);
	}
	return withoutAbsent({ min_speakers_expected: min, max_speakers_expected: max });
}
