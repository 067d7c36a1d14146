import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import {
	readAdditionalFields,
	readBoolean,
	readTerms,
	readNumber,
	undefinedIfEmpty,
	readText,
} from '../../../core/optionReaders';
import { choiceOf, groupOf, groupOption } from './groups';

/**
 * Options for the spoken language: one language, several languages, or automatic detection.
 * Source: AssemblyAI OpenAPI 1.3.4, `language_*`; types of its SDK, `LanguageDetectionOptions`.
 */
export const LANGUAGE_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Min Language Confidence',
		name: 'languageConfidenceThreshold',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.5,
		description: 'The minimum confidence of the language detection, from 0 to 1. Below it, the job fails.',
	},
	groupOption(
		{
			displayName: 'Language Detection Options',
			name: 'languageDetectionOptions',
			placeholder: 'Set Detection Options',
			description: 'Settings for automatic language detection',
		},
		{
			displayName: 'Detection',
			name: 'detection',
			values: [
				{
					displayName: 'Code Switching',
					name: 'codeSwitching',
					type: 'boolean',
					default: false,
					description: 'Whether speakers switch between languages within the recording',
				},
				{
					displayName: 'Code Switching Threshold',
					name: 'codeSwitchingConfidenceThreshold',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
					default: 0.3,
					displayOptions: { show: { codeSwitching: [true] } },
					description:
						'The minimum confidence of the second language, from 0 to 1. Below it, the whole recording is transcribed in the most likely language.',
				},
				{
					displayName: 'Expected',
					name: 'expectedLanguages',
					type: 'string',
					default: '',
					placeholder: 'e.g. en, es',
					description: 'Comma-separated language codes to detect. Default: all languages.',
				},
				{
					displayName: 'Fallback Language',
					name: 'fallbackLanguage',
					type: 'string',
					default: 'auto',
					placeholder: 'e.g. en',
					description:
						'The language to use if none of the expected languages is detected. It must be one of them, or “auto” for the most likely one.',
				},
				{
					displayName: 'Localization',
					name: 'localization',
					type: 'string',
					default: '',
					placeholder: 'e.g. en_uk',
					description: 'The variant of English to use: en_au or en_uk',
				},
				{
					displayName: 'On Low Confidence',
					name: 'onLowLanguageConfidence',
					type: 'options',
					options: [
						{ name: 'Fail the Job', value: 'error' },
						{ name: 'Use the Fallback Language', value: 'fallback' },
					],
					default: 'error',
					description: 'The action to take if the confidence is below Min Language Confidence',
				},
				{
					displayName: 'On No Speech',
					name: 'onNoSpeechDetected',
					type: 'options',
					options: [
						{
							name: 'Complete With Empty Text',
							value: 'fallback',
							description: 'Return an empty transcript. The job is charged, and Fallback Language must not be “auto”.',
						},
						{ name: 'Fail the Job', value: 'error' },
					],
					default: 'error',
					description: 'The action to take if no language can be detected because the recording contains no speech',
				},
				{
					displayName: 'Swiss German',
					name: 'swissGerman',
					type: 'boolean',
					default: false,
					description: 'Whether to treat German as Swiss German',
				},
			],
		},
	),
	{
		displayName: 'Languages',
		name: 'languageCodes',
		type: 'string',
		default: '',
		placeholder: 'e.g. en, es',
		description:
			'Comma-separated codes of the languages that speakers switch between. One of them must be English. For recordings in one language, use Language instead.',
	},
];

/** Mutually exclusive request fields for the language. */
const LANGUAGE_FIELDS = ['language_code', 'language_codes', 'language_detection'];

/** @throws UserError */
export function languageFields(options: IDataObject): IDataObject {
	const code = readText(options.language);
	const codes = readTerms(options.languageCodes);
	const threshold = readNumber(options.languageConfidenceThreshold, 'Min Language Confidence', { min: 0, max: 1 });
	const detection = groupOf(options.languageDetectionOptions, 'detection');
	const additionalField = LANGUAGE_FIELDS.find((name) => name in readAdditionalFields(options.additionalFields, {}));
	const option = code ? 'Language' : codes.length > 0 ? 'Languages' : undefined;
	if (option === undefined) {
		if (additionalField && additionalField !== 'language_detection' && (detection || threshold !== undefined)) {
			throw userError(
				`Language detection options can’t be combined with “${additionalField}” in “Additional Fields (JSON)”`,
				'Keep one of the two.',
			);
		}
		return {
			// Sent explicitly because the default depends on the account.
			language_detection: additionalField ? undefined : true,
			language_confidence_threshold: threshold,
			language_detection_options: detection && detectionFields(detection),
		};
	}
	if (code && codes.length > 0) {
		throw userError(
			'“Language” and “Languages” can’t be combined',
			'Keep “Languages” if speakers switch between languages; otherwise keep “Language”.',
		);
	}
	if (additionalField) {
		throw userError(
			`“${option}” can’t be combined with “${additionalField}” in “Additional Fields (JSON)”`,
			'Remove one of them.',
		);
	}
	if (detection || threshold !== undefined) {
		throw userError(
			`“${option}” can’t be combined with language detection options`,
			`Remove “${option}” to detect the language, or remove “Language Detection Options” and “Min Language Confidence”.`,
		);
	}
	return code ? { language_code: code } : { language_codes: checkedCodes(codes) };
}

function checkedCodes(codes: string[]): string[] {
	if (codes.length < 2) {
		throw userError(
			'“Languages” contains only one language',
			'Enter all spoken languages, separated by commas, or use “Language” instead.',
		);
	}
	if (!codes.some((code) => /^en(_|$)/.test(code))) {
		throw userError(
			`“Languages” doesn’t include English: ${codes.join(', ').slice(0, 120)}`,
			'AssemblyAI only supports switching between English and other languages. Add en, or use “Language” for a recording in one language.',
		);
	}
	return codes;
}

function detectionFields(detection: IDataObject): IDataObject | undefined {
	const fallback = readText(detection.fallbackLanguage);
	const onLow = choiceOf(detection.onLowLanguageConfidence, 'On Low Confidence', ['error', 'fallback']);
	const onNoSpeech = choiceOf(detection.onNoSpeechDetected, 'On No Speech', ['error', 'fallback']);
	const switching = readBoolean(detection.codeSwitching, 'Code Switching');
	const switchingThreshold = readNumber(detection.codeSwitchingConfidenceThreshold, 'Code Switching Threshold', {
		min: 0,
		max: 1,
	});
	if (onNoSpeech === 'fallback' && (fallback ?? 'auto') === 'auto') {
		throw userError(
			'“On No Speech” set to “Complete With Empty Text” requires a “Fallback Language” other than auto',
			'Enter a language code such as en as “Fallback Language”. Without speech, the language can’t be detected.',
		);
	}
	const result = withoutAbsent<IDataObject>({
		expected_languages: undefinedIfEmpty(readTerms(detection.expectedLanguages)),
		fallback_language: fallback === 'auto' ? undefined : fallback,
		code_switching: switching || undefined,
		code_switching_confidence_threshold: switching ? switchingThreshold : undefined,
		on_low_language_confidence: onLow === 'error' ? undefined : onLow,
		on_no_speech_detected: onNoSpeech === 'error' ? undefined : onNoSpeech,
		localization: undefinedIfEmpty(localization(detection.localization)),
		swiss_german: readBoolean(detection.swissGerman, 'Swiss German') || undefined,
	});
	return Object.keys(result).length > 0 ? result : undefined;
}

function localization(value: unknown): string[] {
	const variants = readTerms(value);
	const languages = variants.map((variant) => variant.split('_')[0]);
	const duplicate = variants.find((_variant, i) => languages.indexOf(languages[i]) !== i);
	if (duplicate) {
		throw userError(
			`“Localization” contains more than one variant of the same language: “${duplicate.slice(0, 40)}”`,
			'Keep one regional variant per language.',
		);
	}
	return variants;
}
