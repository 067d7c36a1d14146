import { userError } from '../../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import {
	readAdditionalFields,
	readBoolean,
	readTerms,
	readNumber,
	undefinedIfEmpty,
	readText,
} from '../../../core/optionReaders';
import { requestFields } from '../../common/requestFields';
import { additionalFormats } from './additionalFormats';
import { DEFAULT_MODEL } from '../constants';
import { checkRules } from './rules';

/** Request fields that are set by other parameters of the node. */
const RESERVED_FIELDS = {
	file: 'Source',
	source_url: 'Source',
	cloud_storage_url: 'Source',
	webhook: 'Callback',
	webhook_id: 'Webhook ID',
	webhook_metadata: 'Metadata',
	enable_logging: 'Enable Logging',
};

/** Source: ElevenLabs JavaScript SDK 2.73.0, `keyterms`, `transcriptEdit`. */
const MAX_KEYTERMS = 1000;
const KEYTERM_LENGTH_LIMIT = 50;
const MAX_WORDS_PER_KEYTERM = 5;
const MAX_TRANSCRIPT_EDIT_LENGTH = 2000;

/** Source: ElevenLabs OpenAPI, `POST /v1/speech-to-text`, `seed`. */
const MAX_SEED = 2_147_483_647;

export type FormField = readonly [name: string, value: string];

/**
 * Builds the form fields of `POST /v1/speech-to-text` without the audio and the webhook. Contradictory options are
 * rejected here, with errors that use the names shown in the editor.
 *
 * Source for all fields and constraints: ElevenLabs OpenAPI (August 2026), body of `POST /v1/speech-to-text`.
 *
 * @throws UserError
 */
export function requestForm(options: IDataObject): FormField[] {
	const additional = readAdditionalFields(options.additionalFields, RESERVED_FIELDS);
	const optionFields = withoutAbsent({
		model_id: readText(options.model) ?? ('model_id' in additional ? undefined : DEFAULT_MODEL),
		language_code: readText(options.language),
		diarize: trueIfOn(options.diarize, 'Diarize'),
		num_speakers: readNumber(options.speakerCount, 'Speaker Count', { min: 1, max: 32, integer: true }),
		keyterms: keyterms(options.keyterms),
		additional_formats: additionalFormats(options.additionalFormats),
		detect_speaker_roles: trueIfOn(options.detectSpeakerRoles, 'Detect Speaker Roles'),
		diarization_threshold: readNumber(options.diarizationThreshold, 'Diarization Threshold', { min: 0.1, max: 0.4 }),
		entity_detection: undefinedIfEmpty(readTerms(options.entityDetection)),
		entity_redaction: undefinedIfEmpty(readTerms(options.entityRedaction)),
		entity_redaction_mode: readText(options.entityRedactionMode),
		file_format: readText(options.fileFormat),
		multichannel_output_style: readText(options.multichannelOutputStyle),
		no_verbatim: trueIfOn(options.noVerbatim, 'No Verbatim'),
		seed: readNumber(options.seed, 'Seed', { min: 0, max: MAX_SEED, integer: true }),
		// On by default, so off must be sent explicitly.
		tag_audio_events: readText(options.tagAudioEvents) && readBoolean(options.tagAudioEvents, 'Tag Audio Events'),
		temperature: readNumber(options.temperature, 'Temperature', { min: 0, max: 2 }),
		timestamps_granularity: readText(options.timestampsGranularity),
		transcript_edit: transcriptEdit(options.transcriptEdit),
		use_multi_channel: trueIfOn(options.useMultiChannel, 'Use Multichannel'),
		use_speaker_library: trueIfOn(options.useSpeakerLibrary, 'Use Speaker Library'),
	}) as IDataObject;
	const fields = requestFields(optionFields, additional);
	checkRules(fields, additional);
	return Object.entries(fields).flatMap(([name, value]) => asFormFields(name, value));
}

/** Whether ElevenLabs may keep the recording and the transcript. Sent as a query parameter. @throws UserError */
export function isLoggingEnabled(options: IDataObject): boolean {
	return readText(options.enableLogging) === undefined || readBoolean(options.enableLogging, 'Enable Logging');
}

function trueIfOn(value: unknown, name: string): true | undefined {
	return readBoolean(value, name) || undefined;
}

/** Lists of primitive values become repeated fields; objects become JSON text. */
function asFormFields(name: string, value: unknown): FormField[] {
	if (value === undefined || value === null) return [];
	const isPrimitive = (part: unknown) => part === null || typeof part !== 'object';
	if (Array.isArray(value) && value.every(isPrimitive)) return value.map((part): FormField => [name, String(part)]);
	return [[name, isPrimitive(value) ? String(value) : JSON.stringify(value)]];
}

function keyterms(value: unknown): string[] | undefined {
	const terms = readTerms(value);
	const invalid = (term: string, reason: string) =>
		userError(`The keyterm “${term.slice(0, 80)}” ${reason}`, 'Separate keyterms with commas, and shorten long ones.');
	for (const term of terms) {
		if (term.length >= KEYTERM_LENGTH_LIMIT) throw invalid(term, `has ${KEYTERM_LENGTH_LIMIT} characters or more`);
		if (term.split(/\s+/).length > MAX_WORDS_PER_KEYTERM)
			throw invalid(term, `has more than ${MAX_WORDS_PER_KEYTERM} words`);
		if (/[<>{}[\]\\]/.test(term))
			throw invalid(term, 'contains one of < > { } [ ] \\, which ElevenLabs doesn’t accept');
	}
	if (terms.length > MAX_KEYTERMS) {
		throw userError(`“Keyterms” contains ${terms.length} terms`, `Keep at most ${MAX_KEYTERMS}.`);
	}
	return undefinedIfEmpty(terms);
}

function transcriptEdit(value: unknown): string | undefined {
	const text = readText(value);
	if (text === undefined || text.length <= MAX_TRANSCRIPT_EDIT_LENGTH) return text;
	throw userError(
		`“Transcript Edit” has ${text.length} characters`,
		`Shorten it to at most ${MAX_TRANSCRIPT_EDIT_LENGTH} characters.`,
	);
}
