import { z } from 'zod';

import { isPrivateHost } from '../../core/privateHosts';
import { invalidRequest } from './errors';

/** The request for a job (Gladia OpenAPI, InitTranscriptionRequest). */

const LANGUAGES =
	'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh'.split(
		' ',
	) as [string, ...string[]];
const language = z.enum(LANGUAGES);
const flag = z.boolean().optional();

const vocabularyEntry = z.union([
	z.string(),
	z
		.object({
			value: z.string(),
			intensity: z.number().min(0).max(1).optional(),
			pronunciations: z.array(z.string()).optional(),
			language: language.optional(),
		})
		.strict(),
]);

const requestSchema = z
	.object({
		audio_url: z.string().url(),
		model: z.enum(['solaria-1', 'solaria-3']).optional(),
		language_config: z
			.object({ languages: z.array(language).optional(), code_switching: flag })
			.strict()
			.optional(),
		callback: flag,
		callback_config: z
			.object({ url: z.string().url(), method: z.enum(['POST', 'PUT']).optional() })
			.strict()
			.optional(),
		custom_metadata: z.record(z.unknown()).optional(),
		custom_vocabulary: flag,
		custom_vocabulary_config: z
			.object({ vocabulary: z.array(vocabularyEntry).min(1), default_intensity: z.number().min(0).max(1).optional() })
			.strict()
			.optional(),
		custom_spelling: flag,
		custom_spelling_config: z
			.object({ spelling_dictionary: z.record(z.array(z.string())) })
			.strict()
			.optional(),
		diarization: flag,
		diarization_config: z
			.object({
				number_of_speakers: z.number().int().min(1).optional(),
				min_speakers: z.number().int().min(0).optional(),
				max_speakers: z.number().int().min(0).optional(),
			})
			.strict()
			.optional(),
		translation: flag,
		translation_config: z
			.object({
				target_languages: z.array(z.enum([...LANGUAGES, 'wo'])).min(1),
				model: z.enum(['base', 'batch', 'enhanced']).optional(),
				match_original_utterances: flag,
				lipsync: flag,
				context_adaptation: flag,
				context: z.string().optional(),
				informal: flag,
			})
			.strict()
			.optional(),
		summarization: flag,
		summarization_config: z
			.object({ type: z.enum(['general', 'bullet_points', 'concise']).optional() })
			.strict()
			.optional(),
		named_entity_recognition: flag,
		sentiment_analysis: flag,
		sentences: flag,
		punctuation_enhanced: flag,
		subtitles: flag,
		subtitles_config: z
			.object({
				formats: z
					.array(z.enum(['srt', 'vtt']))
					.min(1)
					.optional(),
				minimum_duration: z.number().min(0).optional(),
				maximum_duration: z.number().min(1).max(30).optional(),
				maximum_characters_per_row: z.number().int().min(1).optional(),
				maximum_rows_per_caption: z.number().int().min(1).max(5).optional(),
				style: z.enum(['default', 'compliance']).optional(),
			})
			.strict()
			.optional(),
		audio_to_llm: flag,
		audio_to_llm_config: z
			.object({ prompts: z.array(z.string()).min(1), model: z.string().optional() })
			.strict()
			.optional(),
		pii_redaction: flag,
		pii_redaction_config: z
			.object({
				entity_types: z.array(z.string()).optional(),
				processed_text_type: z.enum(['MARKER', 'MASK']).optional(),
			})
			.strict()
			.optional(),
	})
	.strict();

export type JobParams = z.infer<typeof requestSchema>;

/** At most 2,000 characters as JSON (Gladia docs, “Custom metadata”). */
const LONGEST_METADATA = 2000;
/** The languages of Solaria 3 (Gladia docs, “Models”). */
const SOLARIA_3_LANGUAGES = ['en', 'fr', 'de', 'es', 'it'];
/** Features whose configuration is required (Gladia OpenAPI). */
const CONFIGURED = ['callback', 'custom_vocabulary', 'custom_spelling', 'translation', 'audio_to_llm'] as const;

/** Parses and validates a submit request. @throws ApiError 400 */
export function readParams(value: unknown, allowPrivate: boolean): JobParams {
	const parsed = requestSchema.safeParse(value);
	if (!parsed.success) throw invalidRequest(...parsed.error.issues.map(reasonOf));
	const params = parsed.data;
	const reason = refusalOf(params);
	if (reason !== undefined) throw invalidRequest(reason);
	const callback = params.callback_config?.url;
	if (callback !== undefined && !allowPrivate && isPrivateHost(new URL(callback).hostname))
		throw invalidRequest('callback_config.url is not reachable');
	return params;
}

function refusalOf(params: JobParams): string | undefined {
	const { model, language_config: config, custom_metadata: metadata } = params;
	if (metadata && JSON.stringify(metadata).length > LONGEST_METADATA)
		return `custom_metadata exceeds ${LONGEST_METADATA} characters`;
	const unconfigured = CONFIGURED.find((name) => params[name] && params[`${name}_config`] === undefined);
	if (unconfigured) return `${unconfigured}_config is required`;
	if (model !== 'solaria-3') return undefined;
	const languages = config?.languages ?? [];
	if (config?.code_switching) return 'solaria-3 does not support code_switching';
	// “Exactly one language” (Gladia OpenAPI). Another page says that several are allowed (Gladia docs, “Models”).
	if (languages.length !== 1 || !languages.every((code) => SOLARIA_3_LANGUAGES.includes(code)))
		return 'solaria-3 requires exactly one of en, fr, de, es, it';
	return undefined;
}

function reasonOf(issue: z.ZodIssue): string {
	return issue.code === 'unrecognized_keys'
		? `${[...issue.path, issue.keys[0]].join('.')} is not a known property`
		: `${issue.path.join('.') || 'body'}: ${issue.message}`;
}
