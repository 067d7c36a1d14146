import { userError, type UserError } from '../../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { isSet } from '../../../core/optionReaders';

/*
 * Dependencies and conflicts between request fields.
 * Source: ElevenLabs OpenAPI and JavaScript SDK 2.73.0, field descriptions for `POST /v1/speech-to-text`.
 */

/** Display names of the options, by request field. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
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

const REQUIRES: ReadonlyArray<readonly [field: string, required: string]> = [
	// Without `diarize`, speakers aren't distinguished at all.
	['num_speakers', 'diarize'],
	['diarization_threshold', 'diarize'],
	['detect_speaker_roles', 'diarize'],
	['use_speaker_library', 'diarize'],
	['multichannel_output_style', 'use_multi_channel'],
	['entity_redaction', 'entity_detection'],
	['entity_redaction_mode', 'entity_redaction'],
];

/** A field with any value, or with a specific value. */
type Side = readonly [field: string, value?: string];

const EXCLUDES: ReadonlyArray<readonly [Side, Side]> = [
	[['diarization_threshold'], ['num_speakers']],
	// With several channels, each channel is a speaker. Source: ElevenLabs docs, “Multichannel transcription”.
	[['detect_speaker_roles'], ['use_multi_channel']],
	[['num_speakers'], ['use_multi_channel']],
	// These two are excluded only because they require `diarize`.
	[['diarization_threshold'], ['use_multi_channel']],
	[['use_speaker_library'], ['use_multi_channel']],
	[['diarize'], ['use_multi_channel']],
	[['transcript_edit'], ['entity_detection']],
	[['transcript_edit'], ['entity_redaction']],
	[['transcript_edit'], ['use_multi_channel']],
	[
		['multichannel_output_style', 'combined'],
		['timestamps_granularity', 'none'],
	],
	[['multichannel_output_style', 'combined'], ['entity_detection']],
	[['multichannel_output_style', 'combined'], ['entity_redaction']],
];

/**
 * @param fields all fields of the request
 * @param additional those that come from Additional Fields
 * @throws UserError for missing dependencies and for conflicts
 */
export function checkRules(fields: IDataObject, additional: IDataObject): void {
	const has = ([field, value]: Side) => isSet(fields[field]) && (value === undefined || fields[field] === value);
	const nameOf = ([field, value]: Side) => {
		const name = field in additional ? `“${field}” in “Additional Fields (JSON)”` : `“${OPTION_NAMES[field] ?? field}”`;
		return value === undefined ? name : `${name} set to ${value}`;
	};
	// Conflicts first, so that a user isn't told to add an option that can't be added.
	const conflict = EXCLUDES.find(([one, other]) => has(one) && has(other));
	if (conflict)
		throw userError(`${nameOf(conflict[0])} can’t be combined with ${nameOf(conflict[1])}`, 'Remove one of them.');
	const unmet = REQUIRES.find(([field, required]) => has([field]) && !has([required]));
	if (unmet) throw missing(nameOf([unmet[0]]), `“${OPTION_NAMES[unmet[1]] ?? unmet[1]}”`);
}

function missing(name: string, needed: string): UserError {
	return userError(`${name} requires ${needed}`, `Add the option ${needed}, or remove ${name}.`);
}
