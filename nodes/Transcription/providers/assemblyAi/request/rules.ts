import { userError } from '../../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { RETIRED_MODELS } from '../constants';

/**
 * Checks the rules that options and additional fields can violate, either individually or in combination. The whole
 * request is checked here because the service only checks it after the upload. Values of undocumented types are left
 * for the service to check. Source: AssemblyAI OpenAPI 1.3.4; docs, “Sentiment analysis”, “Custom spelling”, “Redact
 * PII from transcripts”, “Automatic language detection”, “Model versions and deprecations”.
 *
 * @throws UserError that names the option
 */
export function assertAccepted(body: IDataObject): void {
	assertModels(body);
	assertPunctuated(body);
	assertSpelling(body.custom_spelling);
	assertLabels(body.redact_static_entities);
	assertDetection(body.language_detection_options);
}

const MAX_WORDS_TO_REPLACE = 5;
const LABEL = /^[A-Za-z0-9 _-]*$/;
const MAX_LABEL_LENGTH = 80;
const LOCALIZATIONS = ['en_au', 'en_uk'];

function assertModels({ speech_models: models }: IDataObject): void {
	const retired = texts(models).find((model) => RETIRED_MODELS.includes(model));
	if (retired === undefined) return;
	throw userError(
		`“Model” contains “${retired}”, which AssemblyAI no longer offers`,
		'Choose another model from the list, or remove the option to use the default of your account.',
	);
}

function assertPunctuated({ sentiment_analysis: sentiment, punctuate }: IDataObject): void {
	if (sentiment !== true || punctuate !== false) return;
	throw userError(
		'“Sentiment” in “Analyses” requires “Punctuate” in “Text Formatting”',
		'Turn on “Punctuate”, or remove “Sentiment”. In “Additional Fields (JSON)”, they are called “punctuate” and “sentiment_analysis”.',
	);
}

function assertSpelling(spellings: unknown): void {
	for (const { from, to } of Array.isArray(spellings) ? spellings.map(fieldsOf) : []) {
		if (typeof to === 'string' && wordCount(to) > 1) {
			throw userError(
				`“To” in “Custom Spelling” is “${to.slice(0, 80)}”, which has more than one word`,
				'Enter a single word in “To”. To replace one phrase with another, change the text in a later node.',
			);
		}
		const long = texts(from).find((phrase) => wordCount(phrase) > MAX_WORDS_TO_REPLACE);
		if (long !== undefined) {
			throw userError(
				`“${long.slice(0, 80)}” in “Custom Spelling” has more than ${MAX_WORDS_TO_REPLACE} words`,
				'Separate spellings in “From” with commas, and shorten long ones.',
			);
		}
	}
}

function assertLabels(entities: unknown): void {
	for (const label of Object.keys(fieldsOf(entities))) {
		if (label.length > MAX_LABEL_LENGTH) {
			throw userError(
				`The label “${label.slice(0, 40)}…” in “Redact Static Entities” has ${label.length} characters`,
				`Shorten it to at most ${MAX_LABEL_LENGTH} characters.`,
			);
		}
		if (!LABEL.test(label)) {
			throw userError(
				`The label “${label}” in “Redact Static Entities” contains characters that aren’t allowed`,
				'Use only unaccented letters, digits, spaces, hyphens, and underscores.',
			);
		}
	}
}

function assertDetection(options: unknown): void {
	const { localization, expected_languages: expected, fallback_language: fallback } = fieldsOf(options);
	const variant = texts(localization).find((code) => !LOCALIZATIONS.includes(code));
	if (variant !== undefined) {
		throw userError(
			`“Localization” contains “${variant.slice(0, 40)}”`,
			`AssemblyAI only offers ${LOCALIZATIONS.join(' and ')}. Enter one of them, or leave the field empty.`,
		);
	}
	const languages = texts(expected);
	if (typeof fallback !== 'string' || fallback === 'auto' || languages.length === 0 || languages.includes(fallback))
		return;
	throw userError(
		`“Fallback Language” is “${fallback.slice(0, 40)}”, which isn’t in “Expected”`,
		'Add the language to “Expected”, or set “Fallback Language” to one of the expected languages or to auto.',
	);
}

/** Returns the members of an object, or an empty object for any other value. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
	return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};
}

/** Returns the strings in a list, or an empty list for any other value. */
function texts(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function wordCount(text: string): number {
	return text.trim().split(/\s+/).length;
}
