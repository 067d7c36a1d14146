import { userError } from '../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { withoutAbsent } from '../../transcript/model';
import { readAdditionalFields, readBoolean, readTerms, undefinedIfEmpty, readText } from '../../core/optionReaders';
import { requestFields } from '../common/requestFields';
import { DEFAULT_MODEL } from './constants';

/** Request fields that are set by other parameters of the node. */
const RESERVED_FIELDS = {
	audio_url: 'Source',
	file_id: 'Source',
	webhook_url: 'Callback',
	webhook_auth_header_name: 'Callback',
	webhook_auth_header_value: 'Callback',
};

/** Source: Soniox OpenAPI 1.0.0, `CreateTranscriptionPayload`. */
const MAX_MODEL_LENGTH = 32;
const MAX_LANGUAGE_LENGTH = 10;
const MAX_LANGUAGES = 100;
const MAX_REFERENCE_LENGTH = 256;
/** Source: Soniox OpenAPI 1.0.0, `TranslationConfig`. */
const TRANSLATION_TYPES = ['one_way', 'two_way'];

/**
 * Builds the request body of `POST /v1/transcriptions` without the audio and the callback. Invalid values and
 * contradictions are rejected here, with errors that use the names shown in the editor, because the service would only
 * reject them after the upload.
 *
 * Source for all fields and constraints: Soniox OpenAPI 1.0.0, `CreateTranscriptionPayload`.
 *
 * @throws UserError
 */
export function requestBody(options: IDataObject): IDataObject {
	const additional = readAdditionalFields(options.additionalFields, RESERVED_FIELDS);
	assertAdditionalFields(additional);
	const optionFields = withoutAbsent({
		model: model(options.model, additional),
		...languages(options, additional),
		enable_speaker_diarization: readBoolean(options.diarize, 'Diarize') || undefined,
		enable_language_identification:
			readBoolean(options.enableLanguageIdentification, 'Enable Language Identification') || undefined,
		context: context(options),
		translation: translation(options.translation),
		client_reference_id: atMost(readText(options.clientReferenceId), MAX_REFERENCE_LENGTH, '“Client Reference ID”'),
	}) as IDataObject;
	return requestFields(optionFields, additional);
}

function model(value: unknown, additional: IDataObject): string | undefined {
	const chosen = atMost(readText(value), MAX_MODEL_LENGTH, '“Model”');
	return chosen ?? ('model' in additional ? undefined : DEFAULT_MODEL);
}

function languages(options: IDataObject, additional: IDataObject): IDataObject {
	const hints = readTerms(readText(options.language));
	assertHints(hints, '“Language”');
	const strict = readBoolean(options.languageHintsStrict, 'Language Hints Strict');
	// This option restricts recognition to the hints, so hints are required. Source: Soniox docs, “Language
	// restrictions”.
	if (strict && hints.length === 0 && !('language_hints' in additional)) {
		throw userError(
			'“Language Hints Strict” requires “Language”',
			'Add the “Language” option with the spoken languages, or remove “Language Hints Strict”.',
		);
	}
	return { language_hints: undefinedIfEmpty(hints), language_hints_strict: strict || undefined };
}

function assertHints(hints: readonly unknown[], name: string): void {
	if (hints.length > MAX_LANGUAGES) {
		throw userError(
			`${name} contains ${hints.length} languages`,
			`Keep at most ${MAX_LANGUAGES}, or remove ${name} to detect it.`,
		);
	}
	for (const code of hints) if (typeof code === 'string') assertLanguageCode(code, name);
}

/** Checks the additional fields, which have the same limits as the options. */
function assertAdditionalFields(additional: IDataObject): void {
	const nameOf = (field: string) => `“${field}” in “Additional Fields (JSON)”`;
	const { model: chosen, client_reference_id: reference, language_hints: hints, translation: translated } = additional;
	if (typeof chosen === 'string') atMost(chosen, MAX_MODEL_LENGTH, nameOf('model'));
	if (typeof reference === 'string') atMost(reference, MAX_REFERENCE_LENGTH, nameOf('client_reference_id'));
	if (Array.isArray(hints)) assertHints(hints, nameOf('language_hints'));
	const { type } = (translated ?? {}) as { type?: unknown };
	if (typeof type === 'string' && !TRANSLATION_TYPES.includes(type)) {
		throw userError(
			`${nameOf('translation.type')} has an invalid value: “${type.slice(0, 60)}”`,
			`Set it to one of: ${TRANSLATION_TYPES.join(', ')}.`,
		);
	}
}

function context(options: IDataObject): IDataObject | undefined {
	const result = withoutAbsent({
		general: pairs(options.contextGeneral, 'fact', ['key', 'value'], 'Context General'),
		text: readText(options.contextText),
		terms: undefinedIfEmpty(readTerms(options.keyterms)),
		translation_terms: pairs(
			options.contextTranslationTerms,
			'term',
			['source', 'target'],
			'Context Translation Terms',
		),
	}) as IDataObject;
	return Object.keys(result).length > 0 ? result : undefined;
}

/** Returns the rows of a collection, without empty ones. */
function pairs(
	collection: unknown,
	group: string,
	[first, second]: readonly [string, string],
	option: string,
): IDataObject[] | undefined {
	const value = (collection as IDataObject | undefined)?.[group] ?? [];
	const rows = [value].flat().filter((row): row is IDataObject => row !== null && typeof row === 'object');
	const read = rows
		.map((row) => ({ [first]: readText(row[first]), [second]: readText(row[second]) }))
		.filter((row) => Object.values(row).some((text) => text !== undefined));
	const incomplete = read.find((row) => Object.values(row).includes(undefined));
	if (incomplete) {
		const present = incomplete[first] ?? incomplete[second] ?? '';
		throw userError(
			`An entry in “${option}” has only one of ${first} and ${second}: “${present.slice(0, 80)}”`,
			'Fill in both, or remove the entry.',
		);
	}
	return undefinedIfEmpty(read as IDataObject[]);
}

function translation(value: unknown): IDataObject | undefined {
	const { oneWay, twoWay } = (value ?? {}) as { oneWay?: IDataObject; twoWay?: IDataObject };
	if (oneWay && twoWay) {
		throw userError('“Translation” contains both “One Way” and “Two Way”', 'Remove one of them.');
	}
	if (oneWay) {
		const target = languageCode(readText(oneWay.targetLanguage), 'Target Language');
		return { type: 'one_way', target_language: target };
	}
	if (!twoWay) return undefined;
	const a = languageCode(readText(twoWay.languageA), 'Language A');
	const b = languageCode(readText(twoWay.languageB), 'Language B');
	if (a === b) {
		throw userError(`“Language A” and “Language B” are both “${a}”`, 'Enter two different languages.');
	}
	return { type: 'two_way', language_a: a, language_b: b };
}

function languageCode(code: string | undefined, field: string): string {
	if (code === undefined) {
		throw userError(
			`“${field}” in “Translation” is empty`,
			'Enter a language code such as en, or remove “Translation”.',
		);
	}
	assertLanguageCode(code, `“${field}”`);
	return code;
}

function assertLanguageCode(code: string, name: string): void {
	if (code.length <= MAX_LANGUAGE_LENGTH) return;
	throw userError(
		`${name} contains “${code.slice(0, 80)}”, which isn’t a valid language code`,
		'Use codes such as en or es. Separate several codes with commas.',
	);
}

/** Checks the length in characters, as the service counts them (code points). @throws UserError */
function atMost(text: string | undefined, max: number, option: string): string | undefined {
	const length = [...(text ?? '')].length;
	if (length <= max) return text;
	throw userError(`${option} has ${length} characters; Soniox accepts at most ${max}`, 'Shorten it.');
}
