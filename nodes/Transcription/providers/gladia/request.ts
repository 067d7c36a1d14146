import type { IDataObject } from 'n8n-workflow';
import {
	booleanOrAbsent,
	readAdditionalFields,
	readBoolean,
	readNumber,
	readTerms,
	readText,
	undefinedIfEmpty,
} from '../../core/optionReaders';
import { userError } from '../../core/userError';
import { withoutAbsent } from '../../transcript/model';
import { requestFields } from '../common/requestFields';
import { isFields } from '../common/wordReader';
import { SOLARIA_3, SOLARIA_3_LANGUAGES } from './constants';

/** Request fields that are set by other parameters of the node. */
const RESERVED_FIELDS = {
	audio_url: 'Source',
	callback: 'Callback',
	callback_url: 'Callback',
	callback_config: 'Callback',
};

/** Source: Gladia docs, “Custom metadata”: 2,000 characters as JSON. The rest is for the callback URL, see `job.ts`. */
const MAX_METADATA_LENGTH = 400;

/** Fields that Gladia accepts but ignores since March 2026. Source: Gladia's notes for AI agents, “Troubleshooting”. */
const DISCONTINUED: Readonly<Record<string, string>> = {
	chapterization: 'Use “Audio to LLM Prompts” instead.',
	moderation: 'Remove it.',
	name_consistency: 'Remove it.',
	display_mode: 'Remove it.',
	structured_data_extraction: 'Use “Audio to LLM Prompts” instead.',
	structured_data_extraction_config: 'Use “Audio to LLM Prompts” instead.',
	context_prompt: 'Use “Keyterms” instead.',
	detect_language: 'Remove it; without “Language”, the language is detected.',
	enable_code_switching: 'Use “Code Switching” instead.',
	code_switching_config: 'Use “Code Switching” instead.',
	language: 'Use “Language” instead.',
};

const TRANSLATION_MODELS = ['base', 'batch', 'enhanced'];
const SUMMARY_TYPES = ['general', 'bullet_points', 'concise'];
const SUBTITLE_FORMATS = ['srt', 'vtt'];
const REDACTION_TEXTS = ['MARKER', 'MASK'];

/**
 * The fields that turn a feature on and have a configuration (`…_config`), each with its option and the configuration's
 * required member, if it has one.
 */
const FEATURES: ReadonlyArray<{ flag: string; option: string; required?: string }> = [
	{ flag: 'audio_to_llm', option: 'Audio to LLM Prompts', required: 'prompts' },
	{ flag: 'custom_spelling', option: 'Custom Spelling', required: 'spelling_dictionary' },
	{ flag: 'custom_vocabulary', option: 'Keyterms', required: 'vocabulary' },
	{ flag: 'diarization', option: 'Diarize' },
	{ flag: 'pii_redaction', option: 'PII Redaction' },
	{ flag: 'subtitles', option: 'Subtitles' },
	{ flag: 'summarization', option: 'Summarize' },
	{ flag: 'translation', option: 'Translate Into', required: 'target_languages' },
];

/**
 * Builds the body of `POST /v2/pre-recorded` without the audio and the callback. Invalid values and contradictions are
 * rejected here, with errors that use the names shown in the editor, because the service would only reject them after
 * the upload.
 *
 * Source unless noted otherwise: Gladia OpenAPI (August 2026), `InitTranscriptionRequest`.
 *
 * @throws UserError
 */
export function requestBody(options: IDataObject): IDataObject {
	const additional = readAdditionalFields(options.additionalFields, RESERVED_FIELDS);
	assertSupportedFields(additional);
	const optionFields = withoutAbsent({
		model: readText(options.model),
		language_config: languages(options),
		...vocabulary(options),
		...spelling(options.customSpelling),
		...speakers(options),
		...translation(options),
		...summarization(options),
		...subtitles(options.subtitles),
		...audioToLlm(options),
		...redaction(options),
		named_entity_recognition: readBoolean(options.namedEntityRecognition, 'Named Entity Recognition') || undefined,
		sentiment_analysis: readBoolean(options.sentimentAnalysis, 'Sentiment Analysis') || undefined,
		punctuation_enhanced: readBoolean(options.punctuationEnhanced, 'Punctuation Enhanced') || undefined,
	}) as IDataObject;
	const body = requestFields(optionFields, additional);
	assertConfigured(body);
	assertModelSupports(body);
	return body;
}

function assertSupportedFields({ custom_metadata: metadata, ...fields }: IDataObject): void {
	const old = Object.keys(fields).find((name) => Object.hasOwn(DISCONTINUED, name));
	if (old !== undefined) {
		throw userError(
			`Gladia no longer supports “${old}” in “Additional Fields (JSON)”`,
			DISCONTINUED[old] ?? 'Remove it.',
		);
	}
	if (metadata === undefined) return;
	if (!isFields(metadata) || JSON.stringify(metadata).length > MAX_METADATA_LENGTH) {
		throw userError(
			'“custom_metadata” in “Additional Fields (JSON)” isn’t an object, or is too long',
			`Enter an object with at most ${MAX_METADATA_LENGTH} characters as JSON, or use “Metadata” instead.`,
		);
	}
}

/** Rejects a configuration without its feature, which has no effect, and a feature without its configuration. */
function assertConfigured(body: IDataObject): void {
	for (const { flag, option, required } of FEATURES) {
		const [value, name] = [body[flag], `${flag}_config`];
		const config = body[name];
		if (config !== undefined && !value) {
			throw userError(
				`“${name}” has no effect without “${flag}” in “Additional Fields (JSON)”`,
				`Add “${flag}”: true, or the “${option}” option.`,
			);
		}
		// The old form of `custom_vocabulary` is a list of terms.
		if (value === true && required !== undefined && !(isFields(config) && config[required] !== undefined)) {
			throw userError(
				`“${flag}” requires “${name}” with “${required}” in “Additional Fields (JSON)”`,
				`Add it, or use the “${option}” option instead.`,
			);
		}
	}
}

/**
 * Source: Gladia docs, “Models”, Solaria 3: no code switching, only some languages; OpenAPI, `model`: “exactly one
 * language”.
 */
function assertModelSupports({ model, language_config: config }: IDataObject): void {
	if (model !== SOLARIA_3) return;
	const { languages: codes, code_switching: isSwitching } = isFields(config) ? config : {};
	const list = Array.isArray(codes) ? (codes as unknown[]) : [];
	if (isSwitching === true) {
		throw userError('The model Solaria 3 doesn’t support “Code Switching”', 'Remove one of them.');
	}
	const unsupported = list.find((code) => !SOLARIA_3_LANGUAGES.includes(String(code)));
	if (list.length === 0 || unsupported !== undefined) {
		throw userError(
			unsupported === undefined
				? 'The model Solaria 3 requires “Language”'
				: `The model Solaria 3 doesn’t support the language “${String(unsupported).slice(0, 40)}”`,
			`Set “Language” to one of: ${SOLARIA_3_LANGUAGES.join(', ')}. Or choose another “Model”.`,
		);
	}
	if (list.length > 1) {
		throw userError(
			'The model Solaria 3 supports only one language per recording',
			'Keep one code in “Language”, or choose another “Model”.',
		);
	}
}

/** With exactly one language, code switching is ignored; without any, it misdetects. Source: Gladia docs, “Language”. */
function languages(options: IDataObject): IDataObject | undefined {
	const codes = readTerms(readText(options.language));
	const isSwitching = readBoolean(options.codeSwitching, 'Code Switching');
	if (isSwitching && codes.length < 2) {
		throw userError(
			'“Code Switching” requires several languages',
			'Enter the spoken languages in “Language”, separated by commas, such as en, fr. Or remove “Code Switching”.',
		);
	}
	const config = withoutAbsent({ languages: undefinedIfEmpty(codes), code_switching: isSwitching || undefined });
	return Object.keys(config).length > 0 ? (config as IDataObject) : undefined;
}

function vocabulary(options: IDataObject): IDataObject {
	const terms = readTerms(options.keyterms);
	const intensity = readNumber(options.keytermsIntensity, 'Keyterms Intensity', { min: 0, max: 1 });
	if (terms.length === 0) {
		if (intensity !== undefined) throw missingOption('Keyterms Intensity', 'Keyterms');
		return {};
	}
	return {
		custom_vocabulary: true,
		custom_vocabulary_config: withoutAbsent({ vocabulary: terms, default_intensity: intensity }),
	};
}

function spelling(value: unknown): IDataObject {
	const rows = isFields(value) && Array.isArray(value.spelling) ? (value.spelling as IDataObject[]) : [];
	if (rows.length === 0) return {};
	const entries = rows.map((row) => {
		const [from, to] = [readTerms(row.from), readText(row.to)];
		if (from.length > 0 && to !== undefined) return [to, from] as const;
		throw userError(
			to === undefined
				? `“Custom Spelling” has no replacement for “${from.join(', ').slice(0, 80)}”`
				: `“Custom Spelling” has no spelling to replace with “${to.slice(0, 80)}”`,
			'Fill in both “From” and “To”, or remove the entry.',
		);
	});
	const dictionary = new Map<string, string[]>();
	for (const [to, from] of entries) dictionary.set(to, [...(dictionary.get(to) ?? []), ...from]);
	return { custom_spelling: true, custom_spelling_config: { spelling_dictionary: Object.fromEntries(dictionary) } };
}

function speakers(options: IDataObject): IDataObject {
	const count = readNumber(options.speakerCount, 'Speaker Count', { min: 1, integer: true });
	const min = readNumber(options.minSpeakers, 'Min Speakers', { min: 0, integer: true });
	const max = readNumber(options.maxSpeakers, 'Max Speakers', { min: 1, integer: true });
	const range = min !== undefined ? 'Min Speakers' : max !== undefined ? 'Max Speakers' : undefined;
	if (!readBoolean(options.diarize, 'Diarize')) {
		const option = count !== undefined ? 'Speaker Count' : range;
		if (option !== undefined) throw missingOption(option, 'Diarize', 'and turn it on');
		return {};
	}
	if (min !== undefined && max !== undefined && min > max) {
		throw userError('“Min Speakers” is greater than “Max Speakers”', 'Swap the two numbers, or remove one of them.');
	}
	const config = withoutAbsent({ number_of_speakers: count, min_speakers: min, max_speakers: max });
	return { diarization: true, ...(Object.keys(config).length > 0 && { diarization_config: config }) };
}

function translation(options: IDataObject): IDataObject {
	const targets = readTerms(options.targetLanguages);
	const context = readText(options.translationContext);
	const model = oneOf(options.translationModel, 'Translation Model', TRANSLATION_MODELS);
	const details = {
		model,
		match_original_utterances: booleanOrAbsent(options.matchOriginalUtterances, 'Match Original Utterances'),
		context_adaptation: context === undefined ? undefined : true,
		context,
		informal: readBoolean(options.informal, 'Informal Translations') || undefined,
	};
	if (targets.length === 0) {
		const option = [
			['Translation Model', details.model],
			['Match Original Utterances', details.match_original_utterances],
			['Translation Context', details.context],
			['Informal Translations', details.informal],
		].find(([, value]) => value !== undefined)?.[0];
		if (option !== undefined) throw missingOption(String(option), 'Translate Into');
		return {};
	}
	return { translation: true, translation_config: withoutAbsent({ target_languages: targets, ...details }) };
}

function summarization(options: IDataObject): IDataObject {
	const type = oneOf(options.summarizationType, 'Summarization Type', SUMMARY_TYPES);
	if (!readBoolean(options.summarize, 'Summarize')) {
		if (type !== undefined) throw missingOption('Summarization Type', 'Summarize', 'and turn it on');
		return {};
	}
	return { summarization: true, ...(type !== undefined && { summarization_config: { type } }) };
}

function subtitles(value: unknown): IDataObject {
	const formats = readTerms(value).map((format) => oneOf(format, 'Subtitles', SUBTITLE_FORMATS));
	return formats.length > 0 ? { subtitles: true, subtitles_config: { formats } } : {};
}

/** Prompts may contain commas. Source: Gladia docs, “Audio to LLM”: a list of texts. */
function audioToLlm(options: IDataObject): IDataObject {
	const given = options.audioToLlmPrompts;
	const lines = Array.isArray(given) ? given.map((line) => readText(line)) : (readText(given) ?? '').split('\n');
	const prompts = lines.flatMap((line) => readText(line) ?? []);
	const model = readText(options.audioToLlmModel);
	if (prompts.length === 0) {
		if (model !== undefined) throw missingOption('Audio to LLM Model', 'Audio to LLM Prompts');
		return {};
	}
	return { audio_to_llm: true, audio_to_llm_config: withoutAbsent({ prompts, model }) };
}

function redaction(options: IDataObject): IDataObject {
	const types = readTerms(options.piiRedaction);
	const text = oneOf(options.piiRedactionText, 'PII Redaction Text', REDACTION_TEXTS);
	if (types.length === 0) {
		if (text !== undefined) throw missingOption('PII Redaction Text', 'PII Redaction');
		return {};
	}
	return {
		pii_redaction: true,
		pii_redaction_config: withoutAbsent({ entity_types: types, processed_text_type: text }),
	};
}

function oneOf(value: unknown, name: string, known: readonly string[]): string | undefined {
	const text = readText(value);
	if (text === undefined || known.includes(text)) return text;
	throw userError(`“${name}” has an invalid value: “${text.slice(0, 60)}”`, `Set it to one of: ${known.join(', ')}.`);
}

function missingOption(option: string, other: string, detail = ''): Error {
	return userError(
		`“${option}” requires “${other}”`,
		`Add the “${other}” option${detail && ` ${detail}`}, or remove “${option}”.`,
	);
}
