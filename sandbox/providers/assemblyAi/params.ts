import { z } from 'zod';

import { MODELS, PII_POLICIES } from './enums';
import { speechUnderstanding } from './speechUnderstanding';

const flag = z.boolean();
const text = z.string();
const fraction = z.number().min(0).max(1);
const milliseconds = z.number().int().min(0);

const languageDetectionOptions = z
	.object({
		expected_languages: z.array(text).nullable(),
		fallback_language: text.nullable(),
		code_switching: flag.nullable(),
		code_switching_confidence_threshold: fraction.nullable(),
		on_low_language_confidence: z.enum(['error', 'fallback']).nullable(),
		on_no_speech_detected: z.enum(['error', 'fallback']),
		localization: z.array(text).nullable(),
		swiss_german: flag.nullable(),
		language_detection_model: text.nullable(),
	})
	.partial()
	.strict();

/** The service lists the accepted models in its error. */
const modelList = z.array(text).superRefine((models, { addIssue }) => {
	if (models.length > 0 && models.every((model) => MODELS.some((known) => known === model))) return;
	const names = MODELS.map((model) => `"${model}"`).join(', ');
	addIssue({
		code: 'custom',
		message: `"speech_models" must be a non-empty list containing one or more of: ${names}`,
	});
});

const speakers = z.number().int().min(1).nullable();

const deprecated = {
	auto_chapters: flag,
	summarization: flag,
	summary_model: z.enum(['informative', 'conversational', 'catchy']),
	summary_type: z.enum(['bullets', 'bullets_verbose', 'gist', 'headline', 'paragraph']),
	custom_topics: flag,
	topics: z.array(text),
	dual_channel: flag,
	word_boost: z.array(text),
	boost_param: z.enum(['low', 'default', 'high']),
};

const redaction = {
	redact_pii: flag,
	redact_pii_audio: flag,
	redact_pii_audio_quality: z.enum(['mp3', 'wav']),
	redact_pii_audio_options: z
		.object({ return_redacted_no_speech_audio: flag, override_audio_redaction_method: z.enum(['silence']) })
		.partial()
		.strict(),
	redact_pii_policies: z.array(z.enum(PII_POLICIES)),
	redact_pii_sub: z.enum(['entity_name', 'hash']).nullable(),
	redact_pii_return_unredacted: flag,
	redact_static_entities: z.record(z.array(text).max(200)),
};

const webhook = {
	webhook_url: text,
	webhook_auth_header_name: text.min(1).max(1000).nullable(),
	webhook_auth_header_value: text.min(1).max(1000).nullable(),
};

const optional = {
	...deprecated,
	...redaction,
	...webhook,
	audio_end_at: milliseconds,
	audio_start_from: milliseconds,
	auto_highlights: flag,
	content_safety: flag,
	content_safety_confidence: z.number().int().min(25).max(100),
	custom_spelling: z.array(z.object({ from: z.array(text.min(1)).min(1), to: text.min(1) }).strict()),
	disfluencies: flag,
	domain: z.enum(['medical-v1']).nullable(),
	entity_detection: flag,
	filter_profanity: flag,
	format_text: flag,
	iab_categories: flag,
	keyterms_prompt: z.array(text.min(1)),
	keyterms_prompt_options: z
		.object({ keyterms_match_strength: z.enum(['high', 'standard']).nullable() })
		.partial()
		.strict(),
	language_code: text.min(1).nullable(),
	language_codes: z.array(text.min(1)).nullable(),
	language_confidence_threshold: fraction,
	language_detection: flag,
	language_detection_options: languageDetectionOptions.nullable(),
	multichannel: flag,
	prompt: text,
	punctuate: flag,
	remove_audio_tags: z.enum(['all', 'speaker']).nullable(),
	sentiment_analysis: flag,
	speaker_labels: flag,
	speaker_options: z
		.object({ min_speakers_expected: speakers, max_speakers_expected: speakers })
		.partial()
		.strict()
		.nullable(),
	speakers_expected: speakers,
	/** Rejected with any value; see `rules.ts`. */
	speech_model: z.unknown(),
	speech_models: modelList.nullable(),
	speech_threshold: fraction.nullable(),
	speech_understanding: speechUnderstanding,
	temperature: fraction.nullable(),
};

/**
 * All fields of a submit request with their types and limits (AssemblyAI API reference, Transcribe audio). Language codes
 * are an open list, because the service adds new ones. Like the service, the sandbox accepts deprecated fields, except for
 * `speech_model`; see `rules.ts`.
 */
export const paramsSchema = z.object({ audio_url: text.url(), ...z.object(optional).partial().shape }).strict();

export type Params = z.infer<typeof paramsSchema>;
