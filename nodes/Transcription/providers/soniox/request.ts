import { userError } from '../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { withoutAbsent } from '../../transcript/model';
import { readAdditionalFields, readBoolean, readTerms, undefinedIfEmpty, readText } from '../../core/optionReaders';
import { requestFields } from '../common/requestFields';
import { DEFAULT_MODEL } from './constants';

/** Fields of the request that other parameters of the node own. */
const RESERVED_FIELDS = {
	audio_url: 'Source',
	file_id: 'Source',
	webhook_url: 'Callback',
	webhook_auth_header_name: 'Callback',
	webhook_auth_header_value: 'Callback',
};

/** Source: Soniox OpenAPI 1.0.0, `CreateTranscriptionPayload`. */
const LONGEST_MODEL = 32;
const LONGEST_LANGUAGE = 10;
const MOST_LANGUAGES = 100;
const LONGEST_REFERENCE = 256;

/**
 * The request of `POST /v1/transcriptions` but for the audio and the callback. What the service would refuse, or what
 * contradicts itself, is refused here, with the names the user sees, since the service would only do so after the
 * upload.
 *
 * Source of every field and constraint: Soniox OpenAPI 1.0.0, `CreateTranscriptionPayload`.
 *
 * @throws InputError
 */
export function requestBody(options: IDataObject): IDataObject {
	const additional = readAdditionalFields(options.additionalFields, RESERVED_FIELDS);
	const own = withoutAbsent({
		model: model(options.model, additional),
		...languages(options, additional),
		enable_speaker_diarization: readBoolean(options.diarize, 'Diarize') || undefined,
		enable_language_identification:
			readBoolean(options.enableLanguageIdentification, 'Enable Language Identification') || undefined,
		context: context(options),
		translation: translation(options.translation),
		client_reference_id: atMost(readText(options.clientReferenceId), LONGEST_REFERENCE, 'Client Reference ID'),
	}) as IDataObject;
	return requestFields(own, additional);
}

function model(value: unknown, additional: IDataObject): string | undefined {
	const chosen = atMost(readText(value), LONGEST_MODEL, 'Model');
	return chosen ?? ('model' in additional ? undefined : DEFAULT_MODEL);
}

function languages(options: IDataObject, additional: IDataObject): IDataObject {
	const hints = readTerms(readText(options.language));
	if (hints.length > MOST_LANGUAGES) {
		throw userError(
			`“Language” names ${hints.length} languages`,
			`Name at most ${MOST_LANGUAGES}, or remove “Language” to have it detected.`,
		);
	}
	for (const code of hints) languageCode(code, 'Language');
	const strict = readBoolean(options.languageHintsStrict, 'Language Hints Strict');
	// Source: Soniox docs, “Language restrictions”: it restricts to the hints, and there is nothing without them.
	if (strict && hints.length === 0 && !('language_hints' in additional)) {
		throw userError(
			'“Language Hints Strict” is set without “Language”',
			'Add the option “Language” and name what is spoken, or remove “Language Hints Strict”.',
		);
	}
	return { language_hints: undefinedIfEmpty(hints), language_hints_strict: strict || undefined };
}

function context(options: IDataObject): IDataObject | undefined {
	const result = withoutAbsent({
		general: pairs(options.contextGeneral, 'fact', ['key', 'value'], 'Context General'),
		text: readText(options.contextText),
		terms: undefinedIfEmpty(readTerms(options.keyterms)),
		translation_terms: pairs(options.contextTranslationTerms, 'term', ['source', 'target'], 'Context Translation Terms'),
	}) as IDataObject;
	return Object.keys(result).length > 0 ? result : undefined;
}

/** The rows of a collection; wholly empty ones are left out. */
function pairs(
	collection: unknown,
	group: string,
	[first, second]: readonly [string, string],
	option: string,
): IDataObject[] | undefined {
	const given = (collection as IDataObject | undefined)?.[group] ?? [];
	const rows = [given].flat().filter((row): row is IDataObject => row !== null && typeof row === 'object');
	const read = rows
		.map((row) => ({ [first]: readText(row[first]), [second]: readText(row[second]) }))
		.filter((row) => Object.values(row).some((text) => text !== undefined));
	const half = read.find((row) => Object.values(row).includes(undefined));
	if (half) {
		const present = half[first] ?? half[second] ?? '';
		throw userError(
			`A row of “${option}” has only one of ${first} and ${second}: “${present.slice(0, 80)}”`,
			'Fill in both, or remove the row.',
		);
	}
	return undefinedIfEmpty(read as IDataObject[]);
}

function translation(value: unknown): IDataObject | undefined {
	const { oneWay, twoWay } = (value ?? {}) as { oneWay?: IDataObject; twoWay?: IDataObject };
	if (oneWay && twoWay) {
		throw userError(
			'“Translation” is set to One Way and to Two Way',
			'Keep one of the two: a job translates in one way or the other.',
		);
	}
	if (oneWay) {
		const target = languageCode(readText(oneWay.targetLanguage), 'Target Language');
		return { type: 'one_way', target_language: target };
	}
	if (!twoWay) return undefined;
	const a = languageCode(readText(twoWay.languageA), 'Language A');
	const b = languageCode(readText(twoWay.languageB), 'Language B');
	if (a === b) {
		throw userError(`“Language A” and “Language B” are both “${a}”`, 'Name two different languages.');
	}
	return { type: 'two_way', language_a: a, language_b: b };
}

function languageCode(code: string | undefined, field: string): string {
	if (code === undefined) {
		throw userError(`“${field}” of “Translation” is empty`, 'Enter a language code such as en, or remove “Translation”.');
	}
	if (code.length > LONGEST_LANGUAGE) {
		throw userError(
			`“${field}” contains “${code.slice(0, 80)}”, which is no language code`,
			'Use codes such as en or es, separated by commas where several are possible.',
		);
	}
	return code;
}

/** Characters, as the service counts them: not halves of a surrogate pair. */
function atMost(text: string | undefined, most: number, option: string): string | undefined {
	const length = [...(text ?? '')].length;
	if (length <= most) return text;
	throw userError(`“${option}” has ${length} characters; Soniox takes ${most}`, 'Shorten it.');
}
