import type { Params } from './params';

type Rule = (params: Params) => string | false | undefined | null;

const words = (text: string) => text.trim().split(/\s+/).length;
const given = (value: unknown) => value !== undefined && value !== null;

/**
 * Returns the maximum number of keyterms, which is only 200 if all requested models are older ones (AssemblyAI docs,
 * Keyterms prompting).
 */
const mostKeyterms = ({ speech_models: models }: Params) =>
	models?.every((model) => model === 'universal-2') ? 200 : 1000;

const needsRedaction = [
	'redact_pii_audio',
	'redact_pii_audio_quality',
	'redact_pii_audio_options',
	'redact_pii_policies',
	'redact_pii_sub',
	'redact_pii_return_unredacted',
	'redact_static_entities',
] as const;

/** Rules about combinations of fields (AssemblyAI API reference, Transcribe audio, and the features' pages). */
const RULES: Rule[] = [
	(p) =>
		given(p.language_code) && p.language_detection && 'language_code and language_detection cannot be used together',
	(p) =>
		given(p.language_code) && given(p.language_codes) && 'language_code and language_codes cannot be used together',
	(p) =>
		given(p.language_codes) &&
		!p.language_codes!.some((code) => /^en(_|$)/.test(code)) &&
		'language_codes must contain en',
	(p) =>
		p.speech_model !== undefined &&
		'The speech_model parameter is deprecated. Use speech_models: ["assemblyai-stt-3-7", "universal-2"] for the best accuracy, performance, and language coverage.',
	(p) => p.speaker_labels && p.punctuate === false && 'speaker_labels requires punctuate to be enabled',
	(p) => p.sentiment_analysis && p.punctuate === false && 'sentiment_analysis requires punctuate to be enabled',
	(p) => p.custom_spelling?.some(({ to }) => words(to) > 1) && 'custom_spelling to must be a single word',
	(p) =>
		p.custom_spelling?.some(({ from }) => from.some((phrase) => words(phrase) > 5)) &&
		'custom_spelling from must not be longer than 5 words',
	(p) => given(p.speakers_expected) && !p.speaker_labels && 'speakers_expected requires speaker_labels to be enabled',
	(p) =>
		given(p.speakers_expected) &&
		given(p.speaker_options) &&
		'speakers_expected and speaker_options cannot be used together',
	(p) =>
		(p.speaker_options?.min_speakers_expected ?? 0) > (p.speaker_options?.max_speakers_expected ?? Infinity) &&
		'min_speakers_expected must not be greater than max_speakers_expected',
	(p) =>
		(p.keyterms_prompt?.length ?? 0) > mostKeyterms(p) &&
		`keyterms_prompt must not contain more than ${mostKeyterms(p)} terms`,
	(p) => p.keyterms_prompt?.some((term) => words(term) > 6) && 'keyterms_prompt terms must not be longer than 6 words',
	(p) => given(p.prompt) && words(p.prompt!) > 1500 && 'prompt must not be longer than 1500 words',
	(p) => p.redact_pii && p.format_text === false && 'redact_pii requires format_text to be enabled',
	(p) => {
		const orphan = p.redact_pii ? undefined : needsRedaction.find((name) => given(p[name]) && p[name] !== false);
		return orphan && `${orphan} requires redact_pii to be enabled`;
	},
	(p) =>
		Object.keys(p.redact_static_entities ?? {}).length > 100 &&
		'redact_static_entities must not contain more than 100 labels',
	(p) =>
		Object.keys(p.redact_static_entities ?? {}).some((label) => !/^[A-Za-z0-9 _-]{1,80}$/.test(label)) &&
		'redact_static_entities labels must only contain letters, digits, spaces, underscores and hyphens, and must not be longer than 80 characters',
	(p) =>
		given(p.audio_start_from) &&
		given(p.audio_end_at) &&
		p.audio_end_at! <= p.audio_start_from! &&
		'audio_end_at must be greater than audio_start_from',
	(p) => {
		const { on_no_speech_detected: reaction, fallback_language: fallback } = p.language_detection_options ?? {};
		return (
			reaction === 'fallback' &&
			(!fallback || fallback === 'auto') &&
			'on_no_speech_detected requires a specific fallback_language'
		);
	},
	(p) => {
		const bases = (p.language_detection_options?.localization ?? []).map((code) => code.split('_')[0]);
		return new Set(bases).size < bases.length && 'localization must contain at most one variant per language';
	},
	(p) =>
		p.language_detection_options?.localization?.some((code) => !['en_au', 'en_uk'].includes(code)) &&
		'localization must be one of: en_au, en_uk',
	(p) => {
		const { expected_languages: expected, fallback_language: fallback } = p.language_detection_options ?? {};
		return (
			fallback &&
			fallback !== 'auto' &&
			expected &&
			expected.length > 0 &&
			!expected.includes(fallback) &&
			'fallback_language must be auto or one of the expected_languages'
		);
	},
	identificationProblem,
];

/**
 * Checks the rules for speaker identification (AssemblyAI docs, Speaker identification; API reference,
 * SpeakerIdentificationRequestBody).
 */
function identificationProblem({
	speech_understanding: understanding,
	speaker_labels: labels,
}: Params): string | false {
	const identification = understanding?.request.speaker_identification;
	if (!identification) return false;
	const { speaker_type: type, known_values: known = [], speakers = [] } = identification;
	if (!labels) return 'speaker_identification requires speaker_labels to be enabled';
	if (type === 'role' && known.length === 0 && speakers.length === 0)
		return 'known_values is required when speaker_type is role';
	return known.some((value) => value.length > 35) && 'known_values must not be longer than 35 characters';
}

/** Returns the first rule that a request violates. @returns `null` if the request is valid */
export function contradiction(params: Params): string | null {
	for (const rule of RULES) {
		const message = rule(params);
		if (message) return message;
	}
	return null;
}
