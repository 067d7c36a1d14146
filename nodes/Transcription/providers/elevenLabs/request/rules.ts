import { userError, type UserError } from '../../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { isSet } from '../../../core/optionReaders';
/**
 * Which fields of a request need others and which exclude each other.
 * Source: ElevenLabs OpenAPI and JavaScript SDK 2.73.0, descriptions of the fields of `POST /v1/speech-to-text`.
 */

/** The options that fill the fields, as the editor shows them. */
const OPTIONS: Readonly<Record<string, string>> = {
	additional_formats: 'Additional Formats',
	detect_speaker_roles: 'Detect Speaker Roles',
	diarization_threshold: 'Diarization Threshold',
	diarize: 'Diarize',
	entity_detection: 'Entity Detection',
	entity_redaction: 'Entity Redaction',
	entity_redaction_mode: 'Entity Redaction Mode',
	model_id: 'Model',
	multichannel_output_style: 'Multichannel Output Style',
	no_verbatim: 'No Verbatim',
	num_speakers: 'Speaker Count',
	timestamps_granularity: 'Timestamps Granularity',
	transcript_edit: 'Transcript Edit',
	use_multi_channel: 'Use Multichannel',
	use_speaker_library: 'Use Speaker Library',
};

const NEEDS: ReadonlyArray<readonly [field: string, needed: string]> = [
	// Without it nobody would be told apart, whatever else is asked for.
	['num_speakers', 'diarize'],
	['diarization_threshold', 'diarize'],
	['detect_speaker_roles', 'diarize'],
	['use_speaker_library', 'diarize'],
	['multichannel_output_style', 'use_multi_channel'],
	['entity_redaction', 'entity_detection'],
	['entity_redaction_mode', 'entity_redaction'],
];

/** A field, only with a certain value where one is given. */
type Side = readonly [field: string, value?: string];

const EXCLUDES: ReadonlyArray<readonly [Side, Side]> = [
	[['diarization_threshold'], ['num_speakers']],
	[['detect_speaker_roles'], ['use_multi_channel']],
	[['transcript_edit'], ['entity_detection']],
	[['transcript_edit'], ['entity_redaction']],
	[['transcript_edit'], ['use_multi_channel']],
	[['multichannel_output_style', 'combined'], ['timestamps_granularity', 'none']],
	[['multichannel_output_style', 'combined'], ['entity_detection']],
	[['multichannel_output_style', 'combined'], ['entity_redaction']],
	[['no_verbatim'], ['model_id', 'scribe_v1']],
];

/**
 * @param fields all fields of the request
 * @param additional those that came from the Additional Fields
 * @throws InputError for fields that contradict each other
 */
export function checkRules(fields: IDataObject, additional: IDataObject): void {
	const has = ([field, value]: Side) => isSet(fields[field]) && (value === undefined || fields[field] === value);
	const nameOf = ([field, value]: Side) => {
		const name = field in additional ? `“${field}” in “Additional Fields (JSON)”` : `“${OPTIONS[field] ?? field}”`;
		return value === undefined ? name : `${name} set to ${value}`;
	};
	const lone = NEEDS.find(([field, needed]) => has([field]) && !has([needed]));
	if (lone) throw missing(nameOf([lone[0]]), `“${OPTIONS[lone[1]] ?? lone[1]}”`);
	const clash = EXCLUDES.find(([one, other]) => has(one) && has(other));
	if (clash) throw userError(`${nameOf(clash[0])} does not go with ${nameOf(clash[1])}`, 'Keep one of the two.');
}

function missing(name: string, needed: string): UserError {
	return userError(`${name} is set without ${needed}`, `Add the option ${needed}, or remove ${name}.`);
}
