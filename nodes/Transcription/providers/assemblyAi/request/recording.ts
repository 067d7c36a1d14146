import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readNumber } from '../../../core/optionReaders';

/**
 * Options that limit what is transcribed. Times are in seconds in the options and in milliseconds in the request.
 * Source: AssemblyAI OpenAPI 1.3.4, `audio_start_from`, `audio_end_at`, `speech_threshold`.
 */
export const RECORDING_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Audio End At (Seconds)',
		name: 'audioEndAt',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 60,
		description: 'The position in the recording at which to stop transcribing',
	},
	{
		displayName: 'Audio Start From (Seconds)',
		name: 'audioStartFrom',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 0,
		description: 'The position in the recording at which to start transcribing',
	},
	{
		displayName: 'Speech Threshold',
		name: 'speechThreshold',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.1,
		description: 'The minimum proportion of speech in the recording, from 0 to 1. Below it, the job fails.',
	},
];

/** @throws UserError */
export function recordingFields(options: IDataObject): IDataObject {
	const start = readNumber(options.audioStartFrom, 'Audio Start From', { min: 0 });
	const end = readNumber(options.audioEndAt, 'Audio End At', { min: 0 });
	if (end !== undefined && end <= (start ?? 0)) {
		throw userError(
			`“Audio End At” (${end} s) isn’t after “Audio Start From” (${start ?? 0} s)`,
			'Both are in seconds from the beginning of the recording. Set the end to a later time than the start.',
		);
	}
	return {
		audio_start_from: start === undefined ? undefined : Math.round(start * 1000),
		audio_end_at: end === undefined ? undefined : Math.round(end * 1000),
		speech_threshold: readNumber(options.speechThreshold, 'Speech Threshold', { min: 0, max: 1 }),
	};
}
