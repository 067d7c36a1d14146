import { z } from 'zod';

import { isPrivateHost } from '../../core/privateHosts';
import { invalidConfig } from './errors';

/** The `config` of a job (Speechmatics OpenAPI 2.0.0, JobConfig; `model` and `language_hints`: docs, “Models” and “Input”). */

const CONTENTS = [
	'jobinfo',
	'transcript',
	'transcript.json-v2',
	'transcript.txt',
	'transcript.srt',
	'data',
	'text',
] as const;

const fetched = z.object({ url: z.string().url(), auth_headers: z.array(z.string()).optional() }).strict();
const anything = z.object({}).passthrough();

const transcriptionConfig = z
	.object({
		language: z.string().min(2),
		model: z.enum(['standard', 'enhanced', 'melia-1', 'oak-1']).optional(),
		operating_point: z.enum(['standard', 'enhanced']).optional(),
		language_hints: z.array(z.string()).optional(),
		language_hints_strict: z.boolean().optional(),
		domain: z.string().optional(),
		output_locale: z.string().optional(),
		additional_vocab: z
			.array(z.object({ content: z.string().min(1), sounds_like: z.array(z.string()).optional() }).strict())
			.max(1000)
			.optional(),
		punctuation_overrides: z
			.object({ sensitivity: z.number().min(0).max(1).optional(), permitted_marks: z.array(z.string()).optional() })
			.strict()
			.optional(),
		diarization: z.enum(['none', 'speaker', 'channel']).optional(),
		channel_diarization_labels: z.array(z.string().regex(/^[A-Za-z0-9._]+$/)).optional(),
		enable_entities: z.boolean().optional(),
		max_delay_mode: z.enum(['fixed', 'flexible']).optional(),
		audio_filtering_config: z
			.object({ volume_threshold: z.number().min(0).max(100).optional() })
			.strict()
			.optional(),
		transcript_filtering_config: z
			.object({
				remove_disfluencies: z.boolean().optional(),
				replacements: z.array(z.object({ from: z.string(), to: z.string() }).strict()).optional(),
			})
			.strict()
			.optional(),
		speaker_diarization_config: z
			.object({
				prefer_current_speaker: z.boolean().optional(),
				speaker_sensitivity: z.number().min(0).max(1).optional(),
			})
			.passthrough()
			.optional(),
	})
	.strict();

const notification = z
	.object({
		url: z.string().url(),
		contents: z.array(z.enum(CONTENTS)).optional(),
		method: z.enum(['post', 'put']).optional(),
		auth_headers: z.array(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+: ?[\x20-\x7e]*$/)).optional(),
	})
	.strict();

const jobConfig = z
	.object({
		type: z.literal('transcription'),
		transcription_config: transcriptionConfig,
		fetch_data: fetched.optional(),
		// Up to three URLs are allowed (Speechmatics docs, “Notifications”).
		notification_config: z.array(notification).max(3).optional(),
		tracking: anything.optional(),
		output_config: anything.optional(),
		translation_config: z
			.object({ target_languages: z.array(z.string()).max(5) })
			.strict()
			.optional(),
		language_identification_config: z
			.object({
				expected_languages: z.array(z.string()).optional(),
				low_confidence_action: z.enum(['allow', 'reject', 'use_default_language']).optional(),
				default_language: z.string().optional(),
			})
			.strict()
			.optional(),
		summarization_config: anything.optional(),
		sentiment_analysis_config: anything.optional(),
		topic_detection_config: anything.optional(),
		auto_chapters_config: anything.optional(),
		audio_events_config: anything.optional(),
	})
	.strict();

export type JobConfig = z.infer<typeof jobConfig>;
export type Notification = z.infer<typeof notification>;

/** Parses and validates the config of a submit request. @throws ApiError 400 */
export function readConfig(text: string, allowPrivate: boolean): JobConfig {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw invalidConfig("it isn't valid JSON");
	}
	const parsed = jobConfig.safeParse(value);
	if (!parsed.success) throw invalidConfig(reasonOf(parsed.error.issues[0]!));
	const { notification_config: notifications = [] } = parsed.data;
	const hidden = allowPrivate ? undefined : notifications.find(({ url }) => isPrivateHost(new URL(url).hostname));
	if (hidden) throw invalidConfig(`notification url ${hidden.url} is not reachable`);
	return parsed.data;
}

/** Describes a validation problem. The wording for an unknown field is from speechmatics-academy, `use-cases/09…`. */
function reasonOf(issue: z.ZodIssue): string {
	return issue.code === 'unrecognized_keys'
		? `Additional property ${issue.keys[0]} is not allowed`
		: `${issue.path.join('.') || '(root)'}: ${issue.message}`;
}
