import { z } from 'zod';
import { lazily } from '../lazily';
import { idText, label, lenient, lenientList } from '../lenient';
import { type Chapter, eventIdOf, type JobStatus, type Transcript, type Word, withoutAbsent } from '../../transcript/model';

/**
 * AssemblyAI's Transcript object and how it becomes ours.
 *
 * Source: AssemblyAI OpenAPI 1.3.4, `Transcript`, `Entity`, `SentimentAnalysisResult`, `Chapter`,
 * `TopicDetectionResult`. Times of words and of all that was found are milliseconds, `audio_duration` is seconds.
 */

/** The provider's, for whatever names it. */
export const NAME = 'assemblyAi';
export const DISPLAY_NAME = 'AssemblyAI';

const timed = () => z.object({
	text: z.string(),
	start: z.number(),
	end: z.number(),
	confidence: lenient(z.number()),
	speaker: lenient(z.string()),
	channel: lenient(label),
});

const entity = () => z.object({ entity_type: z.string(), text: z.string(), start: lenient(z.number()), end: lenient(z.number()) });

const chapter = () => z.object({ headline: lenient(z.string()), summary: lenient(z.string()), start: z.number(), end: z.number() });

/** What took the place of chapters. Source: AssemblyAI docs, “Summarization”, “Migration guide: Auto Chapters”. */
const section = () => z.object({ headline: lenient(z.string()), text: lenient(z.string()), start: z.number(), end: z.number() });

const topic = () => z.object({
	text: z.string(),
	timestamp: z.object({ start: z.number(), end: z.number() }),
	labels: lenientList(z.object({ label: z.string(), relevance: lenient(z.number()) })),
});

export const transcriptSchema = lazily(() =>
	z.object({
		id: idText,
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
		unredacted_text: lenient(z.string()),
		summary: lenient(z.string()),
		chapters: lenientList(chapter()),
		speech_understanding: lenient(
			z.object({ response: lenient(z.object({ summarization: lenient(z.object({ summary: lenientList(section()) })) })) }),
		),
		entities: lenientList(entity()),
		sentiment_analysis_results: lenientList(timed().extend({ sentiment: z.string() })),
		iab_categories_result: lenient(z.object({ results: lenientList(topic()) })),
		utterances: lenientList(timed()),
		words: lenientList(timed()),
		webhook_url: lenient(z.string()),
		/** HTTP status that the latest callback was answered with. */
		webhook_status_code: lenient(z.number().int().min(100).max(599)),
		redact_pii_audio: lenient(z.boolean()),
	}),
);

export type ProviderTranscript = z.infer<typeof transcriptSchema>;

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
		summary: given.summary,
		chapters: chaptersOf(given),
		errorMessage: given.error,
		speakers: speakers.size > 0 ? ([...speakers] as string[]) : undefined,
		language: given.language_code,
		languageConfidence: given.language_confidence,
		confidence: given.confidence,
		durationSeconds: given.audio_duration,
		model: given.speech_model_used,
		translations: given.translated_texts,
		unredactedText: given.unredacted_text,
		provider: NAME,
		id: given.id,
		eventId: eventIdOf(NAME, given.id, status),
		utterances: given.utterances?.map(toSeconds),
		entities: given.entities?.map(({ entity_type: type, ...place }) => toSeconds({ type, ...place })),
		sentiments: given.sentiment_analysis_results?.map((part) => toSeconds({ ...part, sentiment: part.sentiment.toLowerCase() })),
		topics: given.iab_categories_result?.results?.map(({ text, timestamp, labels = [] }) => ({
			...toSeconds({ text, ...timestamp }),
			topics: labels.map(({ label, relevance }) => withoutAbsent({ name: label, relevance })),
		})),
		words: given.words?.map((word): Word => ({ ...toSeconds(word), kind: 'word' })),
		raw,
	});
}

/** Under their new name, or under the deprecated one, where the headline is the best of three titles. */
function chaptersOf({ chapters, speech_understanding: understanding }: ProviderTranscript): Chapter[] | undefined {
	const sections = understanding?.response?.summarization?.summary?.map(({ text, ...section }) => ({ ...section, summary: text }));
	return (sections ?? chapters)?.map(({ headline, summary, start, end }) => toSeconds({ title: headline, summary, start, end }));
}

function toSeconds<T extends { start?: number; end?: number }>(part: T): T {
	const seconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000);
	return withoutAbsent({ ...part, start: seconds(part.start), end: seconds(part.end) });
}
