import { userError } from '../../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import {
	readAdditionalFields,
	readBoolean,
	isSet,
	readTerms,
	readNumber,
	undefinedIfEmpty,
	readText,
} from '../../../core/optionReaders';
import { type OptionConflict, requestFields } from '../../common/requestFields';
import { AUTO_DETECT, type LanguagePack, languagePackOf } from '../constants';
import { assertSupported, defaultLanguageOf, hasKnownRules } from './models';

/** Request fields that are set by other parameters of the node. */
const RESERVED_FIELDS = { fetch_data: 'Source', notification_config: 'Callback' };

/** Source: Speechmatics OpenAPI 2.0.0, `TranslationConfig`. */
const MAX_TARGET_LANGUAGES = 5;
/** Source: Speechmatics OpenAPI 2.0.0, `channel_diarization_labels`. */
const CHANNEL_LABEL = /^[A-Za-z0-9._]+$/;

/** Source: Speechmatics OpenAPI 2.0.0, `LanguageIdentificationConfig`. */
const LOW_CONFIDENCE_ACTIONS = ['allow', 'reject', 'use_default_language'];

/** `operating_point` is the old name of `model`. Source: Speechmatics docs, “Models”, Operating points. */
const OPTION_CONFLICTS: readonly OptionConflict[] = [{ field: 'model', option: 'Model', other: 'operating_point' }];

/**
 * Builds the `config` of `POST /v2/jobs` without the audio and the callback. As in the API, additional fields may be
 * next to or inside `transcription_config`. Contradictory options are rejected here, with errors that use the names
 * shown in the editor, because the service would only reject them after the upload, or fail the job.
 *
 * Source unless noted otherwise: Speechmatics OpenAPI 2.0.0 (ASR REST API), `JobConfig`, `TranscriptionConfig`; for
 * `model`, Speechmatics docs, “Models”.
 *
 * @throws UserError
 */
export function jobConfig(options: IDataObject): IDataObject {
	const { transcription_config: additionalTranscriptionConfig, ...additionalFields } = readAdditionalFields(
		options.additionalFields,
		RESERVED_FIELDS,
	);
	const additionalInside = objectOf(additionalTranscriptionConfig);
	const asked = requestFields(transcriptionConfig(options), additionalInside, OPTION_CONFLICTS);
	const language = readText(asked.language) ?? defaultLanguageOf(asked);
	const optionFields = withoutAbsent({
		type: 'transcription',
		transcription_config: withoutAbsent({ ...asked, language }),
		language_identification_config: identification(options, hasKnownRules(asked) && language !== AUTO_DETECT),
		translation_config: translation(options.targetLanguages),
	}) as IDataObject;
	const config = requestFields(optionFields, additionalFields);
	assertSupported(config, { ...additionalFields, ...additionalInside });
	return config;
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
	const { language, domain } = languagePack(options);
	return withoutAbsent({
		model: readText(options.model),
		language,
		language_hints: undefinedIfEmpty(readTerms(options.languageHints)),
		language_hints_strict: readBoolean(options.languageHintsStrict, 'Language Hints Strict') || undefined,
		...diarization(options),
		additional_vocab: undefinedIfEmpty(readTerms(options.keyterms).map((content) => ({ content }))),
		domain,
		output_locale: readText(options.outputLocale),
		enable_entities: readBoolean(options.enableEntities, 'Enable Entities') || undefined,
		transcript_filtering_config: readBoolean(options.removeDisfluencies, 'Remove Disfluencies')
			? { remove_disfluencies: true }
			: undefined,
	}) as IDataObject;
}

/** Returns the language and the domain. The domain is either the user's choice or part of the language pack. */
function languagePack(options: IDataObject): Partial<LanguagePack> {
	const language = readText(options.language);
	const domain = readText(options.domain);
	const pack = language === undefined ? undefined : languagePackOf(language);
	if (pack?.domain !== undefined && domain !== undefined && domain !== pack.domain) {
		throw userError(
			`“Domain” can’t be combined with “Language” set to ${language}`,
			`Remove “Domain”, since this language pack is the domain ${pack.domain} of ${pack.language}.`,
		);
	}
	return { ...pack, ...(domain !== undefined && { domain }) };
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
		`Add the “${other}” option and turn it on, or remove “${option}”.`,
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

/**
 * Returns the configuration of language identification. Source: Speechmatics docs, “Language identification”,
 * Configuration.
 */
function identification(options: IDataObject, isLanguageKnown: boolean): IDataObject | undefined {
	const action = lowConfidenceAction(options.lowConfidenceAction);
	const fallback = readText(options.defaultLanguage);
	const config = withoutAbsent({
		expected_languages: undefinedIfEmpty(readTerms(options.expectedLanguages)),
		low_confidence_action: action,
		default_language: fallback,
	});
	if (Object.keys(config).length === 0) return undefined;
	if (isLanguageKnown) {
		throw userError(
			'Language detection options are set, but the language isn’t detected',
			'Remove “Expected Languages”, “Low Confidence Action” and “Default Language”, or remove “Language” (and the model Melia 1) to detect the language.',
		);
	}
	if (action === 'use_default_language' && !fallback) {
		throw userError(
			'“Low Confidence Action” set to “Use the Default Language” requires “Default Language”',
			'Add the “Default Language” option, or choose another “Low Confidence Action”.',
		);
	}
	return config as IDataObject;
}

function lowConfidenceAction(value: unknown): string | undefined {
	const action = readText(value);
	if (action === undefined || LOW_CONFIDENCE_ACTIONS.includes(action)) return action;
	throw userError(
		`“Low Confidence Action” has an invalid value: “${action.slice(0, 60)}”`,
		`Set it to one of: ${LOW_CONFIDENCE_ACTIONS.join(', ')}.`,
	);
}

function translation(value: unknown): IDataObject | undefined {
	const languages = readTerms(value);
	if (languages.length > MAX_TARGET_LANGUAGES) {
		throw userError(`“Translate Into” contains ${languages.length} languages`, `Keep at most ${MAX_TARGET_LANGUAGES}.`);
	}
	return languages.length > 0 ? { target_languages: languages } : undefined;
}
