import type { IDataObject } from 'n8n-workflow';
import {
	booleanOrAbsent,
	isSet,
	readAdditionalFields,
	readBoolean,
	readNumber,
	readTerms,
	readText,
} from '../../core/optionReaders';
import { unfitForHeader } from '../../callback/headerSecret';
import { userError } from '../../core/userError';
import { withoutAbsent } from '../../transcript/model';
import { type OptionConflict, requestFields } from '../common/requestFields';
import { isFields } from '../common/wordReader';
import type { AudioSource } from '../provider';
import { LOW_COST } from './constants';

/** Request fields that are set by other parameters of the node. */
const RESERVED_FIELDS = {
	source_config: 'Source Authorization',
	media_url: 'Source',
	notification_config: 'Callback',
	callback_url: 'Callback',
	metadata: 'Metadata',
};

/** Source: Rev AI docs, “Asynchronous API reference”, `delete_after_seconds`. The minimum is ours, see `options.ts`. */
const DELETE_AFTER_SECONDS = { min: 3600, max: 2_592_000, integer: true };
/** Source: Rev AI docs, “Asynchronous API reference”, `speaker_channels_count`. */
const CHANNELS = { min: 1, max: 8, integer: true };

/** Source: Rev AI docs, “Custom vocabulary”. */
const MAX_PHRASES = 6000;
const MAX_WORDS_PER_PHRASE = 12;
const MAX_WORD_LENGTH = 34;

/** Source: Rev AI docs, “Asynchronous API reference”, `translation_config`. */
const MAX_TARGET_LANGUAGES = 5;

const QUALITIES = ['standard', 'premium'];
const SUMMARY_TYPES = ['paragraph', 'bullets'];

/** Source: Rev AI docs, “Asynchronous API reference”, `custom_vocabulary_id`: status 400 for both. */
const OPTION_CONFLICTS: readonly OptionConflict[] = [
	{ field: 'custom_vocabularies', option: 'Keyterms', other: 'custom_vocabulary_id' },
	{ field: 'custom_vocabulary_id', option: 'Custom Vocabulary ID', other: 'custom_vocabularies' },
];

/**
 * Builds the body of `POST /jobs` without the audio and the callback. Invalid values and contradictions are rejected
 * here, with errors that use the names shown in the editor, because the service would only reject them after the upload.
 * Rules about languages are left to the service, which extends them from time to time.
 *
 * Source unless noted otherwise: Rev AI docs, “Asynchronous API reference”, `POST /jobs`; Rev AI's Node SDK 3.8.5,
 * `RevAiJobOptions`.
 *
 * @throws UserError
 */
export function jobOptions(options: IDataObject): IDataObject {
	const additional = readAdditionalFields(options.additionalFields, RESERVED_FIELDS);
	assertKeptLongEnough(additional);
	const optionFields = withoutAbsent({
		transcriber: readText(options.model),
		language: readText(options.language),
		...speakers(options),
		...vocabulary(options),
		delete_after_seconds: readNumber(options.deleteAfterSeconds, 'Delete After (Seconds)', DELETE_AFTER_SECONDS),
		filter_profanity: readBoolean(options.filterProfanity, 'Filter Profanity') || undefined,
		forced_alignment: readBoolean(options.forcedAlignment, 'Forced Alignment') || undefined,
		remove_atmospherics: booleanOrAbsent(options.removeAtmospherics, 'Remove Atmospherics'),
		remove_disfluencies: readBoolean(options.removeDisfluencies, 'Remove Disfluencies') || undefined,
		skip_postprocessing: readBoolean(options.skipPostprocessing, 'Skip Postprocessing') || undefined,
		skip_punctuation: readBoolean(options.skipPunctuation, 'Skip Punctuation') || undefined,
		summarization_config: summarization(options),
		translation_config: translation(options),
		verbatim: booleanOrAbsent(options.verbatim, 'Verbatim'),
	}) as IDataObject;
	const body = requestFields(optionFields, additional, OPTION_CONFLICTS);
	assertConsistent(body);
	return body;
}

/**
 * Returns the value of the `Authorization` header for the download of the recording. Source: Rev AI docs, “Get Language
 * Identification Result”, `source_config`.
 * @throws UserError, which doesn't contain the value
 */
export function sourceAuthorization(options: IDataObject, source: AudioSource): string | undefined {
	const header = readText(options.sourceAuthorization);
	if (header === undefined) return undefined;
	if ('file' in source) {
		throw userError(
			'“Source Authorization” only applies to a URL, but the source is a file',
			'Remove “Source Authorization”, or choose Source: URL.',
		);
	}
	const reason = unfitForHeader(header);
	if (reason === undefined) return header;
	throw userError(
		`“Source Authorization” can’t be sent as a header, because ${reason}`,
		'Enter a single line, such as Bearer and a token.',
	);
}

/** The limit of “Delete After (Seconds)”, so that the transcript can be fetched before it is deleted. */
function assertKeptLongEnough({ delete_after_seconds: seconds }: IDataObject): void {
	if (typeof seconds !== 'number' || seconds >= DELETE_AFTER_SECONDS.min) return;
	throw userError(
		`“delete_after_seconds” in “Additional Fields (JSON)” has an invalid value: ${seconds}`,
		`Remove it, or set it to at least ${DELETE_AFTER_SECONDS.min}. Otherwise, Rev AI could delete the transcript before it is fetched.`,
	);
}

/** Rejects contradictions, which may be between options, additional fields, or both. The errors name the options. */
function assertConsistent(body: IDataObject): void {
	const about = { 'Speaker Count': body.speakers_count, 'Diarization Type': body.diarization_type };
	const dependent = Object.entries(about).find(([, value]) => isPresent(value))?.[0];
	if (dependent !== undefined && isPresent(body.speaker_channels_count)) {
		throw cantCombine(dependent, 'Speaker Channels Count');
	}
	if (dependent !== undefined && body.skip_diarization === true) {
		throw userError(`“${dependent}” is set, but “Diarize” is off`, `Turn on “Diarize”, or remove “${dependent}”.`);
	}
	if (isPresent(body.custom_vocabularies) && isPresent(body.custom_vocabulary_id)) {
		throw cantCombine('Keyterms', 'Custom Vocabulary ID');
	}
	const { summarization_config: summary } = body;
	if (isFields(summary) && isPresent(summary.type) && isPresent(summary.prompt)) {
		throw cantCombine('Summarization Type', 'Summarization Prompt');
	}
	if (body.transcriber !== LOW_COST) return;
	if (isPresent(body.diarization_type)) throw unsupportedByModel('Diarization Type');
	if (body.forced_alignment === true) throw unsupportedByModel('Forced Alignment');
}

function isPresent(value: unknown): boolean {
	return value !== undefined && value !== null;
}

/** The service distinguishes speakers by default. Channels replace speakers: they use the same field of the response. */
function speakers(options: IDataObject): IDataObject {
	const diarize = booleanOrAbsent(options.diarize, 'Diarize');
	const channels = readNumber(options.speakerChannelsCount, 'Speaker Channels Count', CHANNELS);
	const count = readNumber(options.speakerCount, 'Speaker Count', { min: 1, integer: true });
	const type = oneOf(options.diarizationType, 'Diarization Type', QUALITIES);
	if (channels !== undefined && diarize) throw cantCombine('Diarize', 'Speaker Channels Count');
	return {
		skip_diarization: diarize === false ? true : undefined,
		diarization_type: type,
		speakers_count: count,
		speaker_channels_count: channels,
	};
}

function vocabulary(options: IDataObject): IDataObject {
	const phrases = readTerms(options.keyterms);
	const id = readText(options.customVocabularyId);
	if (phrases.length > MAX_PHRASES) {
		throw userError(`“Keyterms” contains ${phrases.length} terms`, `Keep at most ${MAX_PHRASES}.`);
	}
	const invalid = phrases.find((phrase) => !isPhrase(phrase));
	if (invalid !== undefined) {
		throw userError(
			`“Keyterms” contains “${invalid.slice(0, 80)}”, which Rev AI doesn’t accept`,
			`A term may have up to ${MAX_WORDS_PER_PHRASE} words of up to ${MAX_WORD_LENGTH} characters, without digits. Write numbers as words.`,
		);
	}
	return {
		custom_vocabularies: phrases.length > 0 ? [{ phrases }] : undefined,
		custom_vocabulary_id: id,
		strict_custom_vocabulary: booleanOrAbsent(options.strictCustomVocabulary, 'Strict Custom Vocabulary'),
	};
}

function isPhrase(phrase: string): boolean {
	const words = phrase.split(/\s+/);
	return (
		words.length <= MAX_WORDS_PER_PHRASE && words.every((word) => word.length <= MAX_WORD_LENGTH && !/\d/.test(word))
	);
}

/** A prompt replaces the type. Source: Rev AI docs, “Asynchronous API reference”, `summarization_config`. */
function summarization(options: IDataObject): IDataObject | undefined {
	const details = [
		['summarizationType', 'Summarization Type'],
		['summarizationPrompt', 'Summarization Prompt'],
		['summarizationModel', 'Summarization Model'],
	].flatMap(([name = '', label = '']) => (isSet(options[name]) ? [label] : []));
	if (!readBoolean(options.summarize, 'Summarize')) {
		if (details[0] !== undefined) throw missingOption(details[0], 'Summarize', 'and turn it on');
		return undefined;
	}
	const type = oneOf(options.summarizationType, 'Summarization Type', SUMMARY_TYPES);
	const prompt = readText(options.summarizationPrompt);
	const model = oneOf(options.summarizationModel, 'Summarization Model', QUALITIES);
	return withoutAbsent({ model, type, prompt }) as IDataObject;
}

/** The model is part of each language. Source: Rev AI's Node SDK 3.8.5, `TranslationLanguageOptions`. */
function translation(options: IDataObject): IDataObject | undefined {
	const languages = readTerms(options.targetLanguages);
	const model = oneOf(options.translationModel, 'Translation Model', QUALITIES);
	if (languages.length === 0) {
		if (model !== undefined) throw missingOption('Translation Model', 'Translate Into');
		return undefined;
	}
	if (languages.length > MAX_TARGET_LANGUAGES) {
		throw userError(`“Translate Into” contains ${languages.length} languages`, `Keep at most ${MAX_TARGET_LANGUAGES}.`);
	}
	return { target_languages: languages.map((language) => withoutAbsent({ language, model })) };
}

function oneOf(value: unknown, name: string, known: readonly string[]): string | undefined {
	const text = readText(value);
	if (text === undefined || known.includes(text)) return text;
	throw userError(`“${name}” has an invalid value: “${text.slice(0, 60)}”`, `Set it to one of: ${known.join(', ')}.`);
}

function cantCombine(option: string, other: string): Error {
	return userError(`“${option}” can’t be combined with “${other}”`, 'Remove one of them.');
}

function missingOption(option: string, other: string, detail = ''): Error {
	return userError(
		`“${option}” requires “${other}”`,
		`Add the “${other}” option${detail && ` ${detail}`}, or remove “${option}”.`,
	);
}

function unsupportedByModel(option: string): Error {
	return userError(
		`The model Reverb Turbo doesn’t support “${option}”`,
		`Remove “${option}”, or choose another “Model”.`,
	);
}
