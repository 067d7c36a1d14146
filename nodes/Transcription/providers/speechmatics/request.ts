import { userError } from '../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { withoutAbsent } from '../../transcript/model';
import {
	readAdditionalFields,
	readBoolean,
	isSet,
	readTerms,
	readNumber,
	undefinedIfEmpty,
	readText,
} from '../../core/optionReaders';
import { type OptionConflict, requestFields } from '../common/requestFields';
import { AUTO_DETECT, MULTILINGUAL_MODEL, MULTILINGUAL } from './constants';

/** Request fields that are set by other parameters of the node. */
const RESERVED_FIELDS = { fetch_data: 'Source', notification_config: 'Callback' };

/** Source: Speechmatics docs, “Custom dictionary”. */
const MAX_KEYTERMS = 1000;
/** Source: Speechmatics OpenAPI 2.0.0, `TranslationConfig`. */
const MAX_TARGET_LANGUAGES = 5;
/** Source: Speechmatics OpenAPI 2.0.0, `channel_diarization_labels`. */
const CHANNEL_LABEL = /^[A-Za-z0-9._]+$/;

/** `operating_point` is the old name of `model`. Source: Speechmatics docs, “Models”, Operating points. */
const OPTION_CONFLICTS: readonly OptionConflict[] = [{ field: 'model', option: 'Model', other: 'operating_point' }];

/**
 * The `config` of `POST /v2/jobs` without the audio and the callback. As in the API, additional fields may be next to
 * or inside `transcription_config`. Contradictory options are rejected here, with the names the user sees, because the
 * service would only reject them after the upload, or fail the job.
 *
 * Source of `model`: Speechmatics docs, “Models”. Source of every other field unless noted otherwise: Speechmatics
 * OpenAPI 2.0.0 (ASR REST API), `JobConfig`, `TranscriptionConfig`.
 *
 * @throws UserError
 */
export function jobConfig(options: IDataObject): IDataObject {
	const { transcription_config: additionalTranscriptionConfig, ...additionalFields } = readAdditionalFields(
		options.additionalFields,
		RESERVED_FIELDS,
	);
	const transcription = requestFields(
		transcriptionConfig(options),
		objectOf(additionalTranscriptionConfig),
		OPTION_CONFLICTS,
	);
	const language = languageOf(transcription);
	const optionFields = withoutAbsent({
		type: 'transcription',
		transcription_config: { ...transcription, language },
		language_identification_config: identification(options, language),
		translation_config: translation(options.targetLanguages),
	}) as IDataObject;
	return requestFields(optionFields, additionalFields);
}

function objectOf(value: unknown): IDataObject {
	if (value === undefined) return {};
	if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as IDataObject;
	throw userError(
		'“transcription_config” in “Additional Fields (JSON)” isn’t an object',
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

/** The API requires a language. Defaults to detecting it. */
function languageOf({ model, language, output_locale: locale }: IDataObject): string {
	const isMultilingual = model === MULTILINGUAL_MODEL;
	const chosen = readText(language) ?? (isMultilingual ? MULTILINGUAL : AUTO_DETECT);
	// Source: Speechmatics docs, “Models”, Melia 1.
	if (isMultilingual && chosen === AUTO_DETECT) {
		throw userError(
			'The model Melia 1 can’t be combined with “Language” set to auto',
			'Remove the option “Language”. This model detects languages automatically.',
		);
	}
	// Source: Speechmatics docs, “Language identification”, Output locale.
	if (locale !== undefined && chosen === AUTO_DETECT) {
		throw userError(
			'“Output Locale” requires “Language”',
			'Add the option “Language” with the spoken language, or remove “Output Locale”.',
		);
	}
	return chosen;
}

function diarization(options: IDataObject): IDataObject {
	const speakers = readBoolean(options.diarize, 'Diarize');
	const channels = readBoolean(options.channelDiarization, 'Channel Diarization');
	if (speakers && channels) {
		throw userError('“Diarize” and “Channel Diarization” can’t be combined', 'Remove one of them.');
	}
	const sensitivity = readNumber(options.speakerSensitivity, 'Speaker Sensitivity', { min: 0, max: 1 });
	const preferCurrent = readBoolean(options.preferCurrentSpeaker, 'Prefer Current Speaker') || undefined;
	if (!speakers) {
		if (sensitivity !== undefined) throw missingOption('Speaker Sensitivity', 'Diarize');
		if (preferCurrent) throw missingOption('Prefer Current Speaker', 'Diarize');
	}
	if (!channels && isSet(options.channelDiarizationLabels))
		throw missingOption('Channel Labels', 'Channel Diarization');
	const tuning = withoutAbsent({ speaker_sensitivity: sensitivity, prefer_current_speaker: preferCurrent });
	return {
		diarization: speakers ? 'speaker' : channels ? 'channel' : undefined,
		speaker_diarization_config: Object.keys(tuning).length > 0 ? tuning : undefined,
		channel_diarization_labels: channelLabels(options.channelDiarizationLabels),
	};
}

function missingOption(option: string, other: string): Error {
	return userError(
		`“${option}” requires “${other}”`,
		`Add the option “${other}” and turn it on, or remove “${option}”.`,
	);
}

function channelLabels(value: unknown): string[] | undefined {
	const labels = readTerms(value);
	const invalid = labels.find((label) => !CHANNEL_LABEL.test(label));
	if (invalid !== undefined) {
		throw userError(
			`The channel label “${invalid.slice(0, 80)}” isn’t valid`,
			'Use only letters, digits, “.” and “_” in “Channel Labels”, and separate labels with commas.',
		);
	}
	return undefinedIfEmpty(labels);
}

function keyterms(value: unknown): IDataObject[] | undefined {
	const terms = readTerms(value);
	if (terms.length > MAX_KEYTERMS) {
		throw userError(`“Keyterms” contains ${terms.length} terms`, `Keep at most ${MAX_KEYTERMS}.`);
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
	if (language !== AUTO_DETECT) {
		throw userError(
			'Language detection options are set, but the language isn’t detected',
			'Remove “Expected Languages”, “Low Confidence Action” and “Default Language”, or remove “Language” (and the model Melia 1) to detect the language.',
		);
	}
	if (action === 'use_default_language' && !fallback) {
		throw userError(
			'“Low Confidence Action” set to “Use the Default Language” requires “Default Language”',
			'Add the option “Default Language”, or choose another “Low Confidence Action”.',
		);
	}
	return config as IDataObject;
}

function translation(value: unknown): IDataObject | undefined {
	const languages = readTerms(value);
	if (languages.length > MAX_TARGET_LANGUAGES) {
		throw userError(`“Translate Into” contains ${languages.length} languages`, `Keep at most ${MAX_TARGET_LANGUAGES}.`);
	}
	return languages.length > 0 ? { target_languages: languages } : undefined;
}
