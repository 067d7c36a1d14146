import { z } from 'zod';
import { idText, lazySchema, lenient, lenientList } from '../common/schemas';
import { asLabel, asNumber, asText, isFields, isNumber, longList } from '../common/wordReader';
import { type Chapter, eventIdOf, type JobStatus, makeWord, type Sentiment, type Transcript, type Utterance, type Word, withoutAbsent } from '../../transcript/model';
import { speakersOf } from '../../transcript/speakers';
import { NAME } from './constants';

/** What words, utterances and sentiments have in common. */
function timed(entry: unknown): Utterance | undefined {
	if (!isFields(entry)) return undefined;
	const { text, start, end } = entry;
	if (typeof text !== 'string' || !isNumber(start) || !isNumber(end)) return undefined;
	return {
		text,
		start: start / 1000,
		end: end / 1000,
		confidence: asNumber(entry.confidence),
		speaker: asText(entry.speaker),
		channel: asLabel(entry.channel),
	};
}

function word(entry: unknown): Word | undefined {
	const said = timed(entry);
	if (said === undefined) return undefined;
	const { text, start, end, confidence, speaker, channel } = said;
	return makeWord({ text, start, end, confidence, speaker, channel, kind: 'word' });
}

function utterance(entry: unknown): Utterance | undefined {
	const said = timed(entry);
	return said && withoutAbsent(said);
}

function sentiment(entry: unknown): Sentiment | undefined {
	const said = timed(entry);
	const kind = isFields(entry) ? asText(entry.sentiment) : undefined;
	if (said === undefined || kind === undefined) return undefined;
	return withoutAbsent<Sentiment>({ ...said, sentiment: kind.toLowerCase() });
}

const entity = () => z.object({ entity_type: z.string(), text: z.string(), start: lenient(z.number()), end: lenient(z.number()) });

const chapter = () => z.object({ headline: lenient(z.string()), summary: lenient(z.string()), start: z.number(), end: z.number() });

/** What took the place of chapters. Source: AssemblyAI docs, “Summarization”, “Migration guide: Auto Chapters”. */
const section = () => z.object({ headline: lenient(z.string()), text: lenient(z.string()), start: z.number(), end: z.number() });

const topic = () => z.object({
	text: z.string(),
	timestamp: z.object({ start: z.number(), end: z.number() }),
	labels: lenientList(z.object({ label: z.string(), relevance: lenient(z.number()) })),
});

export const transcriptSchema = lazySchema(() =>
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
		sentiment_analysis_results: longList(sentiment),
		iab_categories_result: lenient(z.object({ results: lenientList(topic()) })),
		utterances: longList(utterance),
		words: longList(word),
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
	return withoutAbsent<Transcript>({
		status,
		text: given.text,
		summary: given.summary,
		chapters: chaptersOf(given),
		errorMessage: given.error,
		speakers: speakersOf(given.utterances ?? given.words ?? []),
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
		utterances: given.utterances,
		entities: given.entities?.map(({ entity_type: type, ...place }) => toSeconds({ type, ...place })),
		sentiments: given.sentiment_analysis_results,
		topics: given.iab_categories_result?.results?.map(({ text, timestamp, labels = [] }) => ({
			...toSeconds({ text, ...timestamp }),
			topics: labels.map(({ label, relevance }) => withoutAbsent({ name: label, relevance })),
		})),
		words: given.words,
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
