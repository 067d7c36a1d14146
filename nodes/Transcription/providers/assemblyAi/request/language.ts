import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import { readAdditionalFields, readBoolean, readTerms, readNumber, undefinedIfEmpty, readText } from '../../../core/optionReaders';
import { choiceOf, groupOf, groupOption } from './groups';

/**
 * Which language is spoken: one that is given, several that are given, or whichever is detected.
 * Source: AssemblyAI OpenAPI 1.3.4, `language_*`; types of its SDK, `LanguageDetectionOptions`.
 */
export const LANGUAGE_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Min Language Confidence',
		name: 'languageConfidenceThreshold',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.5,
		description: 'How certain the detection of the language must be, from 0 to 1. The job fails below that.',
	},
	groupOption(
		{
			displayName: 'Language Detection Options',
			name: 'languageDetectionOptions',
			placeholder: 'Set Detection Options',
			description: 'For recordings whose language is detected',
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
					description: 'Whether speakers change between languages within the recording',
				},
				{
					displayName: 'Code Switching Minimum',
					name: 'codeSwitchingConfidenceThreshold',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
					default: 0.3,
					displayOptions: { show: { codeSwitching: [true] } },
					description: 'How certain the second language must be, from 0 to 1. Below that, all is taken for the likeliest language.',
				},
				{
					displayName: 'Expected',
					name: 'expectedLanguages',
					type: 'string',
					default: '',
					placeholder: 'e.g. en, es',
					description: 'Language codes to choose from, separated by commas. Empty means all.',
				},
				{
					displayName: 'Fallback Language',
					name: 'fallbackLanguage',
					type: 'string',
					default: 'auto',
					placeholder: 'e.g. en',
					description:
						'Language to use when none of the expected ones is found; “auto” takes the likeliest of them',
				},
				{
					displayName: 'Localization',
					name: 'localization',
					type: 'string',
					default: '',
					placeholder: 'e.g. en_uk',
					description: 'Regional variants to use, separated by commas, at most one for each language',
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
					description: 'What happens below the Min Language Confidence',
				},
				{
					displayName: 'On No Speech',
					name: 'onNoSpeechDetected',
					type: 'options',
					options: [
						{ name: 'Complete With an Empty Text', value: 'fallback', description: 'Is charged, and needs a Fallback Language other than “auto”' },
						{ name: 'Fail the Job', value: 'error' },
					],
					default: 'error',
					description: 'What happens where nobody speaks, so that no language can be detected',
				},
				{
					displayName: 'Swiss German',
					name: 'swissGerman',
					type: 'boolean',
					default: false,
					description: 'Whether German is to be taken for Swiss German',
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
		description: 'Codes of the languages between which the speakers change, separated by commas. One of them must be English. For recordings in one language use Language.',
	},
];

/** Ways to say something about the language, of which one request takes one. */
const LANGUAGE_FIELDS = ['language_code', 'language_codes', 'language_detection'];

/** @throws InputError */
export function languageFields(options: IDataObject): IDataObject {
	const code = readText(options.language);
	const codes = readTerms(options.languageCodes);
	const threshold = readNumber(options.languageConfidenceThreshold, 'Min Language Confidence', { min: 0, max: 1 });
	const detection = groupOf(options.languageDetectionOptions, 'detection');
	const alsoNamed = LANGUAGE_FIELDS.find((name) => name in readAdditionalFields(options.additionalFields, {}));
	const given = code ? 'Language' : codes.length > 0 ? 'Languages' : undefined;
	if (given === undefined) {
		if (alsoNamed && alsoNamed !== 'language_detection' && (detection || threshold !== undefined)) {
			throw userError(
				`Options for detecting the language are set together with “${alsoNamed}” in “Additional Fields (JSON)”`,
				'Keep one of the two.',
			);
		}
		return {
			// Said outright, since accounts differ in what they do without.
			language_detection: alsoNamed ? undefined : true,
			language_confidence_threshold: threshold,
			language_detection_options: detection && detectionFields(detection),
		};
	}
	if (code && codes.length > 0) {
		throw userError('“Language” and “Languages” are both set', 'Keep “Languages” where speakers change between several, else “Language”.');
	}
	if (alsoNamed) {
		throw userError(`“${given}” is set together with “${alsoNamed}” in “Additional Fields (JSON)”`, 'Keep one of the two.');
	}
	if (detection || threshold !== undefined) {
		throw userError(
			`“${given}” is set together with options for detecting the language`,
			`Remove “${given}” to have it detected, or remove “Language Detection Options” and “Min Language Confidence”.`,
		);
	}
	return code ? { language_code: code } : { language_codes: checkedCodes(codes) };
}

function checkedCodes(codes: string[]): string[] {
	if (codes.length < 2) {
		throw userError('“Languages” names one language only', 'Name all that are spoken, separated by commas, or use “Language” in its place.');
	}
	if (!codes.some((code) => /^en(_|$)/.test(code))) {
		throw userError(
			`“Languages” is ${codes.join(', ').slice(0, 120)}, without English`,
			'AssemblyAI follows speakers between English and other languages: add en, or use “Language” for a recording in one language.',
		);
	}
	return codes;
}

function detectionFields(detection: IDataObject): IDataObject | undefined {
	const fallback = readText(detection.fallbackLanguage);
	const onLow = choiceOf(detection.onLowLanguageConfidence, 'On Low Confidence', ['error', 'fallback']);
	const onNoSpeech = choiceOf(detection.onNoSpeechDetected, 'On No Speech', ['error', 'fallback']);
	const switching = readBoolean(detection.codeSwitching, 'Code Switching');
	const switchingThreshold = readNumber(
		detection.codeSwitchingConfidenceThreshold,
		'Code Switching Minimum',
		{ min: 0, max: 1 },
	);
	if (onNoSpeech === 'fallback' && (fallback ?? 'auto') === 'auto') {
		throw userError(
			'“On No Speech” is Complete With an Empty Text, but “Fallback Language” is auto',
			'Enter the code of a language as “Fallback Language”, such as en: where nobody speaks there is no likeliest one.',
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
	const twice = variants.find((_variant, i) => languages.indexOf(languages[i]) !== i);
	if (twice) {
		throw userError(
			`“Localization” has more than one variant of the language of “${twice.slice(0, 40)}”`,
			'Keep one regional variant for each language.',
		);
	}
	return variants;
}
