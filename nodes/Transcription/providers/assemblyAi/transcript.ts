import { z } from 'zod';
import { lenient, lenientList } from '../lenient';
import { eventIdOf, type JobStatus, type Transcript, type Word, withoutAbsent } from '../../transcript/model';

/**
 * AssemblyAI's Transcript object and how it becomes ours.
 *
 * Source: AssemblyAI OpenAPI 1.3.4, `Transcript`. Word times are milliseconds, `audio_duration` is seconds.
 */

/** The provider's, for whatever names it. */
export const NAME = 'assemblyAi';
export const DISPLAY_NAME = 'AssemblyAI';

const timed = z.object({
	text: z.string(),
	start: z.number(),
	end: z.number(),
	confidence: lenient(z.number()),
	speaker: lenient(z.string()),
	channel: lenient(z.coerce.string()),
});

export const transcriptSchema = z.object({
	id: z.string(),
	status: z.string(),
	text: lenient(z.string()),
	error: lenient(z.string()),
	audio_url: lenient(z.string()),
	audio_duration: lenient(z.number()),
	confidence: lenient(z.number()),
	language_code: lenient(z.string()),
	language_confidence: lenient(z.number()),
	speech_model_used: lenient(z.string()),
	translated_texts: lenient(z.record(z.string())),
	utterances: lenientList(timed),
	words: lenientList(timed),
	webhook_url: lenient(z.string()),
	/** HTTP status that the latest callback was answered with. */
	webhook_status_code: lenient(z.number().int().min(100).max(599)),
	redact_pii_audio: lenient(z.boolean()),
});

export type ProviderTranscript = z.infer<typeof transcriptSchema>;
type Timed = NonNullable<ProviderTranscript['words']>[number];

/** A deleted transcript keeps the status `completed`; this address gives it away. Source: OpenAPI, `DELETE /v2/transcript/{id}`. */
export const DELETED_AUDIO_URL = 'http://deleted_by_user';

const STATUSES = new Map<string, JobStatus>([
	['queued', 'queued'],
	['processing', 'processing'],
	['completed', 'completed'],
	['error', 'failed'],
]);

/** A status that is not documented is taken for one on the way, never for an end. */
export function toStatus(status: string): JobStatus {
	return STATUSES.get(status) ?? 'processing';
}

export function toTranscript(given: ProviderTranscript, raw: unknown): Transcript {
	const status = toStatus(given.status);
	const speakers = new Set((given.utterances ?? given.words ?? []).map((part) => part.speaker));
	speakers.delete(undefined);
	return withoutAbsent<Transcript>({
		status,
		text: given.text,
		errorMessage: given.error,
		speakers: speakers.size > 0 ? ([...speakers] as string[]) : undefined,
		language: given.language_code,
		languageConfidence: given.language_confidence,
		confidence: given.confidence,
		durationSeconds: given.audio_duration,
		model: given.speech_model_used,
		translations: given.translated_texts,
		provider: NAME,
		id: given.id,
		eventId: eventIdOf(NAME, given.id, status),
		utterances: given.utterances?.map(toSeconds),
		words: given.words?.map((word): Word => ({ ...toSeconds(word), kind: 'word' })),
		raw,
	});
}

function toSeconds(part: Timed): Timed {
	return withoutAbsent({ ...part, start: part.start / 1000, end: part.end / 1000 });
}
