import { z } from 'zod';

const flag = z.enum(['true', 'false', 'True', 'False', '1', '0']).transform((text) => /^(true|1)$/i.test(text));
const number = (min: number, max: number) => z.coerce.number().min(min).max(max);
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const exportSchema = z
	.object({
		format: z.enum(['docx', 'html', 'pdf', 'segmented_json', 'srt', 'txt']),
		include_speakers: z.boolean(),
		include_timestamps: z.boolean(),
		max_characters_per_line: z.number().int().nullable(),
		segment_on_silence_longer_than_s: z.number().nullable(),
		max_segment_duration_s: z.number().nullable(),
		max_segment_chars: z.number().int().nullable(),
	})
	.partial()
	.required({ format: true })
	.passthrough();

const json = z.string().transform((text, context): unknown => {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		context.addIssue({ code: 'custom', message: 'Invalid JSON' });
		return z.NEVER;
	}
});

/** Metadata with at most 16 KB and two levels (ElevenLabs API reference, webhook_metadata). */
const metadata = z
	.string()
	.refine((text) => Buffer.byteLength(text) <= 16 * 1024, 'Metadata exceeds 16KB')
	.pipe(json)
	.refine(
		(value) => value !== null && typeof value === 'object' && !Array.isArray(value) && depth(value) <= 2,
		'Metadata must be an object of at most 2 levels',
	);

function depth(value: unknown): number {
	return value !== null && typeof value === 'object' ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
}

const single = z
	.object({
		language_code: z.string().regex(/^[a-z]{2,3}(-[A-Za-z]+)?$/, 'Invalid language code'),
		tag_audio_events: flag,
		num_speakers: whole(1, 32),
		timestamps_granularity: z.enum(['none', 'word', 'character']),
		diarize: flag,
		diarization_threshold: number(0.1, 0.4),
		additional_formats: json.pipe(z.array(exportSchema).max(10)),
		file_format: z.enum(['pcm_s16le_16', 'other']),
		cloud_storage_url: z.string().url(),
		source_url: z.string().url(),
		webhook: flag,
		webhook_id: z.string(),
		webhook_metadata: metadata,
		temperature: number(0, 2),
		seed: whole(0, 2_147_483_647),
		use_multi_channel: flag,
		multichannel_output_style: z.enum(['separate', 'combined']),
		no_verbatim: flag,
		use_speaker_library: flag,
		detect_speaker_roles: flag,
		entity_redaction_mode: z.enum(['redacted', 'entity_type', 'enumerated_entity_type']),
		transcript_edit: z.string().max(2000),
	})
	.partial();

const keyterm = z
	.string()
	.max(49)
	.regex(/^[^<>{}[\]\\]*$/, 'Unsupported characters')
	.refine((text) => text.trim().split(/\s+/).length <= 5, 'More than 5 words');

export const repeated = z.object({
	keyterms: z.array(keyterm).max(1000),
	entity_detection: z.array(z.string()),
	entity_redaction: z.array(z.string()),
});

export const paramsSchema = single.merge(repeated).extend({
	// Any model is accepted, because the service adds models before it documents them.
	model_id: z.string().min(1),
	/** A query parameter. */
	enable_logging: flag.default('true'),
});

export type Params = z.infer<typeof paramsSchema>;
export type ExportOptions = z.infer<typeof exportSchema>;
