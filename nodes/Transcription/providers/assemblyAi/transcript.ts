import { z } from 'zod';
import { idText, lazySchema, lenient, lenientList } from '../common/schemas';
import { asLabel, asNumber, asText, type Fields, isFields, isNumber, longList, readList } from '../common/wordReader';
import {
	type Chapter,
	eventIdOf,
	type JobStatus,
	makeWord,
	type RawUtterance,
	type RawWord,
	type Sentiment,
	type Transcript,
	withoutAbsent,
} from '../../transcript/model';
import { warningList, wordWarnings } from '../../transcript/completeness';
import { recordingNameOf } from '../../transcript/recordingName';
import { speakersOf } from '../../transcript/speakers';
import { clamped, withTimes } from '../../transcript/wordTimes';
import { NAME } from './constants';
import { actionItemsOf, summaryOf, topicsOf, understandingSchema } from './understanding';
import { analysisSchema, metadataSchema, warningsOf } from './warnings';

/*
 * Converts AssemblyAI's Transcript object to ours.
 *
 * Source: AssemblyAI OpenAPI 1.3.4, `Transcript`, `Entity`, `SentimentAnalysisResult`, `Chapter`, `TopicDetectionResult`.
 * `audio_duration` is in seconds, all other times are in milliseconds.
 */

/** Reads the fields that words, utterances, and sentiments share. Times may be missing. */
function timed(entry: unknown): RawUtterance | undefined {
	if (!isFields(entry)) return undefined;
	const { text, start, end } = entry;
	if (typeof text !== 'string') return undefined;
	return {
		text,
		start: inSeconds(start),
		end: inSeconds(end),
		confidence: asNumber(entry.confidence),
		speaker: asText(entry.speaker),
		channel: asLabel(entry.channel),
	};
}

const inSeconds = (ms: unknown) => (isNumber(ms) ? ms / 1000 : undefined);

function word(entry: unknown): RawWord | undefined {
	const part = timed(entry);
	if (part === undefined) return undefined;
	const { text, start, end, confidence, speaker, channel } = part;
	return makeWord({ text, start, end, confidence, speaker, channel, kind: 'word' });
}

/** Reads an utterance. If it has no times, uses those of its words. */
function utterance(entry: unknown): RawUtterance | undefined {
	const part = timed(entry);
	if (part === undefined) return undefined;
	if (part.start === undefined || part.end === undefined) {
		const words = readList((entry as Fields).words, timed) ?? [];
		part.start ??= words[0]?.start;
		part.end ??= words.at(-1)?.end;
	}
	return withoutAbsent(part);
}

function sentiment(entry: unknown): Sentiment | undefined {
	const part = timed(entry);
	const kind = isFields(entry) ? asText(entry.sentiment) : undefined;
	if (part === undefined || kind === undefined) return undefined;
	return withoutAbsent<Sentiment>({ ...part, ...clamped(part), sentiment: kind.toLowerCase() });
}

const entity = () =>
	z.object({ entity_type: z.string(), text: z.string(), start: lenient(z.number()), end: lenient(z.number()) });

const chapter = () =>
	z.object({ headline: lenient(z.string()), summary: lenient(z.string()), start: z.number(), end: z.number() });

const topic = () =>
	z.object({
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
		speech_understanding: lenient(understandingSchema()),
		metadata: lenient(metadataSchema()),
		auto_highlights_result: lenient(analysisSchema()),
		content_safety_labels: lenient(analysisSchema()),
		entities: lenientList(entity()),
		sentiment_analysis_results: longList(sentiment),
		iab_categories_result: lenient(analysisSchema().extend({ results: lenientList(topic()) })),
		utterances: longList(utterance),
		words: longList(word),
		webhook_url: lenient(z.string()),
		is_deleted: lenient(z.boolean()),
		/** HTTP status of the response to the latest callback. */
		webhook_status_code: lenient(z.number().int().min(100).max(599)),
		redact_pii_audio: lenient(z.boolean()),
	}),
);

export type ProviderTranscript = z.infer<typeof transcriptSchema>;

const DELETED_URL = 'http://deleted_by_user';
const DELETED_TEXT = 'Deleted by user.';

/**
 * Whether a transcript or a list entry has been deleted. Deleted transcripts keep the status `completed`. The text
 * alone isn't enough, because a speaker may have said exactly these words.
 * Source: AssemblyAI OpenAPI 1.3.4, `DELETE /v2/transcript/{id}`; docs, FAQ, “How long are outputs retained”.
 */
export function isDeleted(
	response: Partial<Pick<ProviderTranscript, 'audio_url' | 'webhook_url' | 'is_deleted' | 'text' | 'words'>>,
): boolean {
	const { audio_url: audioUrl, webhook_url: webhookUrl, is_deleted: flag, text, words } = response;
	if (flag === true || audioUrl === DELETED_URL || webhookUrl === DELETED_URL) return true;
	return text === DELETED_TEXT && (words?.length ?? 0) === 0;
}

const STATUSES = new Map<string, JobStatus>([
	['queued', 'queued'],
	['processing', 'processing'],
	['completed', 'completed'],
	['error', 'failed'],
]);

/** Treats undocumented statuses as still processing, never as final. */
export function toStatus(status: string): JobStatus {
	return STATUSES.get(status) ?? 'processing';
}

export function toTranscript(response: ProviderTranscript, raw: unknown): Transcript {
	const status = toStatus(response.status);
	const wordProblems = wordWarnings(
		response.text,
		response.words ?? [],
		response.utterances?.map((part) => ({ utterance: part, words: [] })),
	);
	const bounds = { end: response.audio_duration };
	const words = response.words && withTimes(response.words, bounds);
	const utterances = response.utterances && withTimes(response.utterances, bounds);
	const { speech_understanding: understanding = {} } = response;
	return withoutAbsent<Transcript>({
		status,
		text: response.text,
		summary: response.summary ?? summaryOf(understanding),
		chapters: topicsOf(understanding) ?? chaptersOf(response),
		actionItems: actionItemsOf(understanding),
		errorMessage: response.error,
		warnings: warningList(...(warningsOf(response) ?? []), ...(wordProblems ?? []), missingTextIn(response, status)),
		speakers: speakersOf(utterances ?? words ?? []),
		language: response.language_code,
		languageConfidence: response.language_confidence,
		confidence: response.confidence,
		durationSeconds: response.audio_duration,
		// AssemblyAI doesn't keep the names of uploaded files.
		recordingName: recordingNameOf(response.audio_url),
		model: response.speech_model_used,
		translations: response.translated_texts,
		unredactedText: response.unredacted_text,
		provider: NAME,
		id: response.id,
		eventId: eventIdOf(NAME, response.id, status),
		utterances,
		entities: response.entities?.map(({ entity_type: type, ...place }) => toSeconds({ type, ...place })),
		sentiments: response.sentiment_analysis_results,
		topics: response.iab_categories_result?.results?.map(({ text, timestamp, labels = [] }) => ({
			...toSeconds({ text, ...timestamp }),
			topics: labels.map(({ label, relevance }) => withoutAbsent({ name: label, relevance })),
		})),
		words,
		raw,
	});
}

/**
 * A warning instead of an error, because whether both fields may be null for a recording without speech isn't
 * documented. Source: AssemblyAI OpenAPI 1.3.4, `Transcript`: `text` and `words` are nullable.
 */
function missingTextIn({ text, words, utterances }: ProviderTranscript, status: JobStatus): string | undefined {
	return status === 'completed' && text === undefined && words === undefined && utterances === undefined
		? 'AssemblyAI reported the job as completed, but its response contains neither text nor words. If the recording contains speech, fetch the transcript by its ID later.'
		: undefined;
}

/** Reads the deprecated chapters. Of their three titles, the headline fits best. */
function chaptersOf({ chapters }: ProviderTranscript): Chapter[] | undefined {
	return chapters?.map(({ headline, summary, start, end }) => toSeconds({ title: headline, summary, start, end }));
}

function toSeconds<T extends { start?: number; end?: number }>(part: T): T {
	const seconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000);
	return withoutAbsent({ ...part, ...clamped({ start: seconds(part.start), end: seconds(part.end) }) });
}
