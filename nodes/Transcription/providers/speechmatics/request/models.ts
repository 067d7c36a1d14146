import type { IDataObject } from 'n8n-workflow';
import { readText } from '../../../core/optionReaders';
import { userError } from '../../../core/userError';
import { AUTO_DETECT, BILINGUAL_DOMAIN, MULTILINGUAL, MULTILINGUAL_MODEL } from '../constants';

/**
 * The options that each model accepts. The service refuses all others with status 400, but only after the upload.
 * Models that aren't listed here are never restricted, and the request only contains what the user asked for.
 *
 * Source unless noted otherwise: speechmatics-academy, `use-cases/09-flutter-mobile-transcription`, which tested the
 * rules against the service in June 2026.
 */

/** Used if no model is requested. Source: Speechmatics docs, “Models”, Specify a model. */
const DEFAULT_MODEL = 'standard';
const ENHANCED_MODEL = 'enhanced';

/** The models that need a language pack. */
const LANGUAGE_PACK_MODELS: readonly string[] = [DEFAULT_MODEL, ENHANCED_MODEL];

/**
 * Fields of `transcription_config` and of the job that Melia 1 refuses. It accepts `speaker_diarization_config`. It may
 * also accept `output_locale` and `channel_diarization_labels`, so these are sent. Additional source: Speechmatics
 * docs, “Feature availability”.
 */
const REFUSED_BY_MELIA = [
	'additional_vocab',
	'audio_filtering_config',
	'domain',
	'enable_entities',
	'punctuation_overrides',
	'transcript_filtering_config',
];
const JOB_FIELDS_REFUSED_BY_MELIA = [
	'audio_events_config',
	'auto_chapters_config',
	'language_identification_config',
	'sentiment_analysis_config',
	'summarization_config',
	'topic_detection_config',
	'translation_config',
];

/** Source: Speechmatics docs, “Language identification”, Unsupported expected language. */
const NOT_IDENTIFIED = 'bn eo ga ia mt sw ug ur yue'.split(' ');

/** Source: Speechmatics docs, “Custom dictionary”. */
const MAX_KEYTERMS = 1000;

/** A code of two or three letters (Speechmatics docs, “Transcription languages”). */
const LANGUAGE = /^[a-z]{2,3}$/i;
/** The code of a language or of a pack with several languages. */
const LANGUAGE_OR_PACK = /^[a-z]{2,3}(?:_[a-z]{2,3})*$/i;

/** Display names of the options, by request field. */
const OPTIONS: Readonly<Record<string, string>> = {
	additional_vocab: 'Keyterms',
	default_language: 'Default Language',
	domain: 'Domain',
	enable_entities: 'Enable Entities',
	expected_languages: 'Expected Languages',
	language_hints: 'Language Hints',
	language_hints_strict: 'Language Hints Strict',
	transcript_filtering_config: 'Remove Disfluencies',
	translation_config: 'Translate Into',
};

/**
 * Returns the requested model. `operating_point` is the old name of `model`. Source: Speechmatics docs, “Models”,
 * Operating points.
 */
function modelOf({ model, operating_point: old }: IDataObject): string {
	return readText(model) ?? readText(old) ?? DEFAULT_MODEL;
}

export function hasKnownRules(transcription: IDataObject): boolean {
	return [...LANGUAGE_PACK_MODELS, MULTILINGUAL_MODEL].includes(modelOf(transcription));
}

/**
 * Returns the language to request if the user didn't choose one, because the API requires a language. Returns undefined
 * for models with unknown rules.
 */
export function defaultLanguageOf(transcription: IDataObject): string | undefined {
	if (!hasKnownRules(transcription)) return undefined;
	return modelOf(transcription) === MULTILINGUAL_MODEL ? MULTILINGUAL : AUTO_DETECT;
}

/**
 * @param config a complete job config
 * @param additional the fields that the user entered in Additional Fields, next to and inside `transcription_config`
 * @throws UserError if the service would refuse the config
 */
export function assertSupported(config: IDataObject, additional: IDataObject): void {
	const transcription = config.transcription_config as IDataObject;
	if (!hasKnownRules(transcription)) return;
	const nameOf = (field: string) =>
		field in additional ? `“${field}” in “Additional Fields (JSON)”` : `“${OPTIONS[field] ?? field}”`;
	if (modelOf(transcription) === MULTILINGUAL_MODEL) assertForMelia(config, transcription, nameOf);
	else assertForLanguagePacks(config, transcription, nameOf);
}

type NameOf = (field: string) => string;

function assertForMelia(config: IDataObject, transcription: IDataObject, nameOf: NameOf): void {
	const language = String(transcription.language);
	if (language === AUTO_DETECT) {
		throw userError(
			'The model Melia 1 can’t be combined with “Language” set to auto',
			'Remove the “Language” option. This model detects languages automatically.',
		);
	}
	// Source: Speechmatics docs, “Languages”: Melia 1 supports no language packs. It also refuses the domain of a pack.
	if (language.includes('_') || transcription.domain === BILINGUAL_DOMAIN) {
		throw userError(
			'The model Melia 1 can’t be combined with a language pack in “Language”',
			'Remove the “Language” option, since this model detects languages automatically, or choose another “Model”.',
		);
	}
	const refused =
		REFUSED_BY_MELIA.find((field) => field in transcription) ??
		JOB_FIELDS_REFUSED_BY_MELIA.find((field) => field in config);
	if (refused !== undefined) {
		throw userError(
			`The model Melia 1 doesn’t support ${nameOf(refused)}`,
			`Remove ${nameOf(refused)}, or set “Model” to Enhanced or Standard.`,
		);
	}
	assertCodes(transcription.language_hints, nameOf('language_hints'), LANGUAGE);
	if (transcription.language_hints_strict === true && !('language_hints' in transcription)) {
		throw userError(
			`${nameOf('language_hints_strict')} requires “Language Hints”`,
			'Add the “Language Hints” option with the spoken languages, or remove “Language Hints Strict”.',
		);
	}
}

function assertForLanguagePacks(config: IDataObject, transcription: IDataObject, nameOf: NameOf): void {
	const { language, domain, output_locale: locale, additional_vocab: keyterms } = transcription;
	if (language === MULTILINGUAL) {
		throw userError(
			'“Language” set to multi requires another “Model”',
			'Set “Model” to Melia 1, or set “Language” to the spoken language, a language pack, or auto.',
		);
	}
	const hints = ['language_hints', 'language_hints_strict'].find((field) => field in transcription);
	if (hints !== undefined) {
		throw userError(
			`${nameOf(hints)} requires another “Model”`,
			`Set “Model” to Melia 1, or remove ${nameOf(hints)}. To limit the languages to detect, use “Expected Languages” instead.`,
		);
	}
	// Source: Speechmatics docs, “Language identification”, Output locale.
	if (locale !== undefined && language === AUTO_DETECT) throw needsLanguage('“Output Locale”');
	if (domain !== undefined && language === AUTO_DETECT) throw needsLanguage(nameOf('domain'));
	if (domain !== undefined && domain !== BILINGUAL_DOMAIN && modelOf(transcription) !== ENHANCED_MODEL) {
		throw userError(
			`${nameOf('domain')} requires another “Model”`,
			`Set “Model” to Enhanced, or remove ${nameOf('domain')}.`,
		);
	}
	if (Array.isArray(keyterms) && keyterms.length > MAX_KEYTERMS) {
		throw userError(`${nameOf('additional_vocab')} contains ${keyterms.length} terms`, `Keep at most ${MAX_KEYTERMS}.`);
	}
	assertIdentifiable(config.language_identification_config, nameOf);
}

function needsLanguage(option: string): Error {
	return userError(
		`${option} requires “Language”`,
		`Add the “Language” option with the spoken language, or remove ${option}.`,
	);
}

function assertIdentifiable(config: unknown, nameOf: NameOf): void {
	const { expected_languages: expected, default_language: fallback } = (config ?? {}) as IDataObject;
	assertCodes(expected, nameOf('expected_languages'), LANGUAGE_OR_PACK);
	assertCodes([fallback].filter(Boolean), nameOf('default_language'), LANGUAGE_OR_PACK);
	const unknown = codesIn(expected).find((code) => NOT_IDENTIFIED.includes(code));
	if (unknown === undefined) return;
	throw userError(
		`${nameOf('expected_languages')} contains “${unknown}”, which Speechmatics can’t detect`,
		'Remove it, or set “Language” to the spoken language.',
	);
}

function assertCodes(value: unknown, name: string, format: RegExp): void {
	const invalid = codesIn(value).find((code) => !format.test(code));
	if (invalid === undefined) return;
	throw userError(
		`${name} contains “${invalid.slice(0, 80)}”, which isn’t the code of a language`,
		'Use codes such as en or cmn. Separate several codes with commas.',
	);
}

function codesIn(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((code): code is string => typeof code === 'string') : [];
}
