import type { IDataObject } from 'n8n-workflow';
import { withoutAbsent } from '../../transcript/model';
import { additionalFieldsOf, booleanOf, isSet, listOf, numberOf, orAbsent, textOf } from '../optionValues';
import { inputError } from '../provider';
import { type Contradiction, requestFields } from '../requestFields';

/** Fields of the request that other parameters of the node own. */
const RESERVED_FIELDS = {
	audio_url: 'Source',
	webhook_url: 'Callback',
	webhook_auth_header_name: 'Callback',
	webhook_auth_header_value: 'Callback',
};

/** Source: AssemblyAI docs, “Keyterms prompting”: up to 1,000 terms (200 for Universal-2) of up to six words. */
const MOST_KEYTERMS = 1000;
const MOST_WORDS_PER_KEYTERM = 6;

/**
 * The request of `POST /v2/transcript` but for the audio and the callback. Options that contradict each other are
 * refused here, with the names the user sees, since the service would only refuse them after the upload.
 *
 * Source of every field and constraint: AssemblyAI OpenAPI 1.3.4, `TranscriptOptionalParams`. Times are seconds in
 * our options and milliseconds there.
 *
 * @throws InputError
 */
export function requestBody(options: IDataObject): IDataObject {
	const additional = additionalFieldsOf(options.additionalFields, RESERVED_FIELDS);
	const own = withoutAbsent({
		speech_models: orAbsent(listOf(textOf(options.model))),
		...language(options),
		...speakers(options),
		keyterms_prompt: keyterms(options.keyterms),
		...range(options),
		multichannel: booleanOf(options.multichannel, 'Multichannel') || undefined,
		...redaction(options),
	}) as IDataObject;
	return requestFields(own, additional, CONTRADICTIONS);
}

/** An option, and the additional field that it does not go with. Source: AssemblyAI OpenAPI 1.3.4, descriptions. */
const CONTRADICTIONS: readonly Contradiction[] = [
	{ field: 'keyterms_prompt', option: 'Keyterms', other: 'prompt' },
	{ field: 'redact_pii', option: 'Redact PII', other: 'format_text', onlyIf: false },
	{ field: 'speaker_labels', option: 'Diarize', other: 'punctuate', onlyIf: false },
	{ field: 'speakers_expected', option: 'Speaker Count', other: 'speaker_options' },
	{ field: 'speech_models', option: 'Model', other: 'speech_model' },
];

function language(options: IDataObject): IDataObject {
	const code = textOf(options.language);
	const threshold = numberOf(options.languageConfidenceThreshold, 'Language Confidence Threshold', {
		min: 0,
		max: 1,
	});
	const detection = (options.languageDetectionOptions as IDataObject | undefined)?.detection as
		| IDataObject
		| undefined;
	const alsoNamed = LANGUAGE_FIELDS.find((name) => name in additionalFieldsOf(options.additionalFields, {}));
	if (code) {
		if (alsoNamed) {
			throw inputError(
				`“Language” is set together with “${alsoNamed}” in “Additional Fields (JSON)”`,
				'Keep one of the two.',
			);
		}
		if (detection || threshold !== undefined) {
			throw inputError(
				'“Language” is set together with options for detecting the language',
				'Remove “Language” to have it detected, or remove “Language Detection Options” and “Language Confidence Threshold”.',
			);
		}
		return { language_code: code };
	}
	return withoutAbsent({
		// Said outright, since accounts differ in what they do without.
		language_detection: alsoNamed ? undefined : true,
		language_confidence_threshold: threshold,
		language_detection_options: detection && detectionOptions(detection),
	}) as IDataObject;
}

/** Ways to say something about the language, of which one request takes one. */
const LANGUAGE_FIELDS = ['language_code', 'language_codes', 'language_detection'];

function detectionOptions(detection: IDataObject): IDataObject | undefined {
	const fallback = textOf(detection.fallbackLanguage);
	const onLow = textOf(detection.onLowLanguageConfidence);
	const result = withoutAbsent({
		expected_languages: orAbsent(listOf(detection.expectedLanguages)),
		fallback_language: fallback === 'auto' ? undefined : fallback,
		code_switching: booleanOf(detection.codeSwitching, 'Code Switching') || undefined,
		on_low_language_confidence: onLow === 'error' ? undefined : onLow,
	}) as IDataObject;
	return Object.keys(result).length > 0 ? result : undefined;
}

function speakers(options: IDataObject): IDataObject {
	const expected = numberOf(options.speakerCount, 'Speaker Count', { min: 1, integer: true });
	const diarize = booleanOf(options.diarize, 'Diarize');
	if (expected !== undefined && !diarize) {
		throw inputError(
			'“Speaker Count” is set without “Diarize”',
			'Add the option “Diarize” and turn it on, or remove “Speaker Count”.',
		);
	}
	return { speaker_labels: diarize || undefined, speakers_expected: expected };
}

function keyterms(value: unknown): string[] | undefined {
	const terms = listOf(value);
	const long = terms.find((term) => term.split(/\s+/).length > MOST_WORDS_PER_KEYTERM);
	if (long) {
		throw inputError(
			`The keyterm “${long.slice(0, 80)}” has more than ${MOST_WORDS_PER_KEYTERM} words`,
			'Separate keyterms with commas, and shorten long ones to the words that matter.',
		);
	}
	if (terms.length > MOST_KEYTERMS) {
		throw inputError(`There are ${terms.length} keyterms`, `Keep the ${MOST_KEYTERMS} most important ones.`);
	}
	return orAbsent(terms);
}

function range(options: IDataObject): IDataObject {
	const start = numberOf(options.audioStartFrom, 'Audio Start From', { min: 0 });
	const end = numberOf(options.audioEndAt, 'Audio End At', { min: 0 });
	if (end !== undefined && end <= (start ?? 0)) {
		throw inputError(
			`“Audio End At” (${end} s) is not after “Audio Start From” (${start ?? 0} s)`,
			'Both are seconds from the beginning of the recording. Make the end the larger one.',
		);
	}
	return {
		audio_start_from: start === undefined ? undefined : Math.round(start * 1000),
		audio_end_at: end === undefined ? undefined : Math.round(end * 1000),
	};
}

function redaction(options: IDataObject): IDataObject {
	const dependent = [
		['redactPiiAudio', 'Redact PII Audio'],
		['redactPiiAudioQuality', 'Redact PII Audio Quality'],
		['redactPiiPolicies', 'Redact PII Policies'],
		['redactPiiSub', 'Redact PII Substitution'],
	] as const;
	const alone = dependent.find(([name]) => isSet(options[name]));
	const redactAudio = booleanOf(options.redactPiiAudio, 'Redact PII Audio');
	if (!booleanOf(options.redactPii, 'Redact PII')) {
		if (alone) {
			throw inputError(
				`“${alone[1]}” is set without “Redact PII”`,
				`Add the option “Redact PII” and turn it on, or remove “${alone[1]}”.`,
			);
		}
		return {};
	}
	if (isSet(options.redactPiiAudioQuality) && !redactAudio) {
		throw inputError(
			'“Redact PII Audio Quality” is set without “Redact PII Audio”',
			'Add the option “Redact PII Audio” and turn it on, or remove “Redact PII Audio Quality”.',
		);
	}
	const policies = listOf(options.redactPiiPolicies);
	if (policies.length === 0) {
		throw inputError(
			'“Redact PII” is on, but no policy is chosen',
			'Add the option “Redact PII Policies” and choose which personal data to remove.',
		);
	}
	return {
		redact_pii: true,
		redact_pii_policies: policies,
		redact_pii_sub: textOf(options.redactPiiSub),
		redact_pii_audio: redactAudio || undefined,
		redact_pii_audio_quality: textOf(options.redactPiiAudioQuality),
	};
}

