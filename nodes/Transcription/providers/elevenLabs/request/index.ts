import { userError } from '../../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import { readAdditionalFields, readBoolean, readTerms, readNumber, undefinedIfEmpty, readText } from '../../../core/optionReaders';
import { requestFields } from '../../common/requestFields';
import { additionalFormats } from './additionalFormats';
import { DEFAULT_MODEL } from '../constants';
import { checkRules } from './rules';

/** Fields of the request that other parameters of the node own. */
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
const MOST_KEYTERMS = 1000;
const KEYTERM_BELOW_CHARACTERS = 50;
const MOST_WORDS_PER_KEYTERM = 5;
const LONGEST_TRANSCRIPT_EDIT = 2000;

/** Source: ElevenLabs OpenAPI, `POST /v1/speech-to-text`, `seed`. */
const LARGEST_SEED = 2_147_483_647;

export type FormField = readonly [name: string, value: string];

/**
 * The form of `POST /v1/speech-to-text` but for the audio and the webhook. Options that contradict each other are
 * refused here, with the names the user sees.
 *
 * Source of every field and constraint: ElevenLabs OpenAPI (August 2026), body of `POST /v1/speech-to-text`.
 *
 * @throws InputError
 */
export function requestForm(options: IDataObject): FormField[] {
	const additional = readAdditionalFields(options.additionalFields, RESERVED_FIELDS);
	const own = withoutAbsent({
		model_id: readText(options.model) ?? ('model_id' in additional ? undefined : DEFAULT_MODEL),
		language_code: readText(options.language),
		diarize: whereOn(options.diarize, 'Diarize'),
		num_speakers: readNumber(options.speakerCount, 'Speaker Count', { min: 1, max: 32, integer: true }),
		keyterms: keyterms(options.keyterms),
		additional_formats: additionalFormats(options.additionalFormats),
		detect_speaker_roles: whereOn(options.detectSpeakerRoles, 'Detect Speaker Roles'),
		diarization_threshold: readNumber(options.diarizationThreshold, 'Diarization Threshold', { min: 0.1, max: 0.4 }),
		entity_detection: undefinedIfEmpty(readTerms(options.entityDetection)),
		entity_redaction: undefinedIfEmpty(readTerms(options.entityRedaction)),
		entity_redaction_mode: readText(options.entityRedactionMode),
		file_format: readText(options.fileFormat),
		multichannel_output_style: readText(options.multichannelOutputStyle),
		no_verbatim: whereOn(options.noVerbatim, 'No Verbatim'),
		seed: readNumber(options.seed, 'Seed', { min: 0, max: LARGEST_SEED, integer: true }),
		// On unless it is turned off, so that off has to be said.
		tag_audio_events: readText(options.tagAudioEvents) && readBoolean(options.tagAudioEvents, 'Tag Audio Events'),
		temperature: readNumber(options.temperature, 'Temperature', { min: 0, max: 2 }),
		timestamps_granularity: readText(options.timestampsGranularity),
		transcript_edit: transcriptEdit(options.transcriptEdit),
		use_multi_channel: whereOn(options.useMultiChannel, 'Use Multichannel'),
		use_speaker_library: whereOn(options.useSpeakerLibrary, 'Use Speaker Library'),
	}) as IDataObject;
	const fields = requestFields(own, additional);
	checkRules(fields, additional);
	return Object.entries(fields).flatMap(([name, value]) => asFormFields(name, value));
}

/** Whether ElevenLabs may keep the recording and the transcript; a parameter of the query. @throws InputError */
export function loggingOf(options: IDataObject): boolean {
	return readText(options.enableLogging) === undefined || readBoolean(options.enableLogging, 'Enable Logging');
}

function whereOn(value: unknown, name: string): true | undefined {
	return readBoolean(value, name) || undefined;
}

/** Lists of plain values are repeated fields; whatever has members of its own is JSON text. */
function asFormFields(name: string, value: unknown): FormField[] {
	if (value === undefined || value === null) return [];
	const isPlain = (part: unknown) => part === null || typeof part !== 'object';
	if (Array.isArray(value) && value.every(isPlain)) return value.map((part): FormField => [name, String(part)]);
	return [[name, isPlain(value) ? String(value) : JSON.stringify(value)]];
}

function keyterms(value: unknown): string[] | undefined {
	const terms = readTerms(value);
	const refuse = (term: string, why: string) =>
		userError(
			`The keyterm “${term.slice(0, 80)}” ${why}`,
			'Separate keyterms with commas, and shorten long ones to the words that matter.',
		);
	for (const term of terms) {
		if (term.length >= KEYTERM_BELOW_CHARACTERS) throw refuse(term, `has ${KEYTERM_BELOW_CHARACTERS} characters or more`);
		if (term.split(/\s+/).length > MOST_WORDS_PER_KEYTERM) throw refuse(term, `has more than ${MOST_WORDS_PER_KEYTERM} words`);
		if (/[<>{}[\]\\]/.test(term)) throw refuse(term, 'contains one of < > { } [ ] \\, which ElevenLabs does not take');
	}
	if (terms.length > MOST_KEYTERMS) {
		throw userError(`There are ${terms.length} keyterms`, `Keep the ${MOST_KEYTERMS} most important ones.`);
	}
	return undefinedIfEmpty(terms);
}

function transcriptEdit(value: unknown): string | undefined {
	const text = readText(value);
	if (text === undefined || text.length <= LONGEST_TRANSCRIPT_EDIT) return text;
	throw userError(
		`“Transcript Edit” has ${text.length} characters`,
		`ElevenLabs takes instructions of up to ${LONGEST_TRANSCRIPT_EDIT}. Shorten it.`,
	);
}
