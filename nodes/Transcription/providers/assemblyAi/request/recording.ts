import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readNumber } from '../../../core/optionReaders';
/**
 * Which part of the recording, and whether at all. Times are seconds in our options and milliseconds in the request.
 * Source: AssemblyAI OpenAPI 1.3.4, `audio_start_from`, `audio_end_at`, `speech_threshold`.
 */
export const RECORDING_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Audio End At (Seconds)',
		name: 'audioEndAt',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 60,
		description: 'Where in the recording to stop transcribing',
	},
	{
		displayName: 'Audio Start From (Seconds)',
		name: 'audioStartFrom',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 0,
		description: 'Where in the recording to begin transcribing',
	},
	{
		displayName: 'Speech Threshold',
		name: 'speechThreshold',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.1,
		description: 'Which part of the recording must be speech, from 0 to 1. The job fails below that.',
	},
];

/** @throws InputError */
export function recordingFields(options: IDataObject): IDataObject {
	const start = readNumber(options.audioStartFrom, 'Audio Start From', { min: 0 });
	const end = readNumber(options.audioEndAt, 'Audio End At', { min: 0 });
	if (end !== undefined && end <= (start ?? 0)) {
		throw userError(
			`“Audio End At” (${end} s) is not after “Audio Start From” (${start ?? 0} s)`,
			'Both are seconds from the beginning of the recording. Make the end the larger one.',
		);
	}
	return {
		audio_start_from: start === undefined ? undefined : Math.round(start * 1000),
		audio_end_at: end === undefined ? undefined : Math.round(end * 1000),
		speech_threshold: readNumber(options.speechThreshold, 'Speech Threshold', { min: 0, max: 1 }),
	};
}
