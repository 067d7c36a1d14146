import { userError } from '../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { withoutAbsent } from '../../transcript/model';
import { readAdditionalFields, readBoolean, isSet, readTerms, readNumber, undefinedIfEmpty, readText } from '../../core/optionReaders';
import { type Contradiction, requestFields } from '../common/requestFields';
import { DETECTED, MULTILINGUAL_MODEL, SEVERAL } from './constants';

/** Fields of the request that other parameters of the node own. */
const RESERVED_FIELDS = { fetch_data: 'Source', notification_config: 'Callback' };

/** Source: Speechmatics docs, “Custom dictionary”. */
const MOST_KEYTERMS = 1000;
/** Source: Speechmatics OpenAPI 2.0.0, `TranslationConfig`. */
const MOST_TARGET_LANGUAGES = 5;
/** Source: Speechmatics OpenAPI 2.0.0, `channel_diarization_labels`. */
const CHANNEL_LABEL = /^[A-Za-z0-9._]+$/;

/** Source: Speechmatics docs, “Models”, Operating points: the old name of the same choice. */
const CONTRADICTIONS: readonly Contradiction[] = [{ field: 'model', option: 'Model', other: 'operating_point' }];

/**
 * The `config` of `POST /v2/jobs` but for the audio and the callback. Additional fields stand beside
 * `transcription_config` or inside it, as in the API. Options that contradict each other are refused here, with the
 * names the user sees, since the service would only refuse them after the upload, or fail the job.
 *
 * Source of every field unless said otherwise: Speechmatics OpenAPI 2.0.0 (ASR REST API), `JobConfig`,
 * `TranscriptionConfig`; of `model`: Speechmatics docs, “Models”.
 *
 * @throws InputError
 */
export function jobConfig(options: IDataObject): IDataObject {
	const { transcription_config: inside, ...beside } = readAdditionalFields(options.additionalFields, RESERVED_FIELDS);
	const asked = requestFields(transcriptionConfig(options), objectOf(inside), CONTRADICTIONS);
	const language = languageOf(asked);
	const own = withoutAbsent({
		type: 'transcription',
		transcription_config: { ...asked, language },
		language_identification_config: identification(options, language),
		translation_config: translation(options.targetLanguages),
	}) as IDataObject;
	return requestFields(own, beside);
}

function objectOf(value: unknown): IDataObject {
	if (value === undefined) return {};
	if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as IDataObject;
	throw userError(
		'“transcription_config” in “Additional Fields (JSON)” is not an object',
		'Enter an object such as { "transcription_config": { "enable_entities": true } }.',
	);
}

function transcriptionConfig(options: IDataObject): IDataObject {
	return withoutAbsent({
		model: readText(options.model),
		language: readText(options.language),
		...diarization(options),
		additional_vocab: keyterms(options.keyterms),
		domain: readText(options.domain),
		output_locale: readText(options.outputLocale),
		enable_entities: readBoolean(options.enableEntities, 'Enable Entities') || undefined,
		transcript_filtering_config: readBoolean(options.removeDisfluencies, 'Remove Disfluencies')
			? { remove_disfluencies: true }
			: undefined,
	}) as IDataObject;
}

/** The service wants one named; without an option it is detected. */
function languageOf({ model, language, output_locale: locale }: IDataObject): string {
	const isMultilingual = model === MULTILINGUAL_MODEL;
	const chosen = readText(language) ?? (isMultilingual ? SEVERAL : DETECTED);
	// Source: Speechmatics docs, “Models”, Melia 1.
	if (isMultilingual && chosen === DETECTED) {
		throw userError(
			'The model Melia 1 does not go with the “Language” auto',
			'Remove the option “Language”: this model detects every language by itself.',
		);
	}
	// Source: Speechmatics docs, “Language identification”, Output locale.
	if (locale !== undefined && chosen === DETECTED) {
		throw userError(
			'“Output Locale” is set, but the language is detected',
			'Add the option “Language” with the spoken language, or remove “Output Locale”.',
		);
	}
	return chosen;
}

function diarization(options: IDataObject): IDataObject {
	const speakers = readBoolean(options.diarize, 'Diarize');
	const channels = readBoolean(options.channelDiarization, 'Channel Diarization');
	if (speakers && channels) {
		throw userError('“Diarize” and “Channel Diarization” are both on', 'Speechmatics does one of the two. Remove the other.');
	}
	const sensitivity = readNumber(options.speakerSensitivity, 'Speaker Sensitivity', { min: 0, max: 1 });
	const preferCurrent = readBoolean(options.preferCurrentSpeaker, 'Prefer Current Speaker') || undefined;
	if (!speakers) {
		if (sensitivity !== undefined) throw needs('Speaker Sensitivity', 'Diarize');
		if (preferCurrent) throw needs('Prefer Current Speaker', 'Diarize');
	}
	if (!channels && isSet(options.channelDiarizationLabels)) throw needs('Channel Labels', 'Channel Diarization');
	const tuning = withoutAbsent({ speaker_sensitivity: sensitivity, prefer_current_speaker: preferCurrent });
	return {
		diarization: speakers ? 'speaker' : channels ? 'channel' : undefined,
		speaker_diarization_config: Object.keys(tuning).length > 0 ? tuning : undefined,
		channel_diarization_labels: channelLabels(options.channelDiarizationLabels),
	};
}

function needs(option: string, other: string): Error {
	return userError(`“${option}” is set without “${other}”`, `Add the option “${other}” and turn it on, or remove “${option}”.`);
}

function channelLabels(value: unknown): string[] | undefined {
	const labels = readTerms(value);
	const odd = labels.find((label) => !CHANNEL_LABEL.test(label));
	if (odd !== undefined) {
		throw userError(
			`The channel label “${odd.slice(0, 80)}” cannot be used`,
			'“Channel Labels” may consist of letters, digits, “.” and “_”. Separate them with commas.',
		);
	}
	return undefinedIfEmpty(labels);
}

function keyterms(value: unknown): IDataObject[] | undefined {
	const terms = readTerms(value);
	if (terms.length > MOST_KEYTERMS) {
		throw userError(`There are ${terms.length} keyterms`, `Keep the ${MOST_KEYTERMS} most important ones.`);
	}
	return undefinedIfEmpty(terms.map((content) => ({ content })));
}

/** Source: Speechmatics docs, “Language identification”, Configuration. */
function identification(options: IDataObject, language: string): IDataObject | undefined {
	const action = readText(options.lowConfidenceAction);
	const fallback = readText(options.defaultLanguage);
	const config = withoutAbsent({
		expected_languages: undefinedIfEmpty(readTerms(options.expectedLanguages)),
		low_confidence_action: action,
		default_language: fallback,
	});
	if (Object.keys(config).length === 0) return undefined;
	if (language !== DETECTED) {
		throw userError(
			'Options for detecting the language are set, but the language is not detected',
			'Remove “Expected Languages”, “Low Confidence Action” and “Default Language”, or remove “Language” (and the model Melia 1) to have it detected.',
		);
	}
	if (action === 'use_default_language' && !fallback) {
		throw userError(
			'“Low Confidence Action” uses the default language, but there is none',
			'Add the option “Default Language”, or choose another “Low Confidence Action”.',
		);
	}
	return config as IDataObject;
}

function translation(value: unknown): IDataObject | undefined {
	const languages = readTerms(value);
	if (languages.length > MOST_TARGET_LANGUAGES) {
		throw userError(
			`“Translate Into” names ${languages.length} languages`,
			`Speechmatics translates into ${MOST_TARGET_LANGUAGES} at most.`,
		);
	}
	return languages.length > 0 ? { target_languages: languages } : undefined;
}
