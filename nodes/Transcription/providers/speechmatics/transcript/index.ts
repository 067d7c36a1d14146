import { z } from 'zod';
import { withGaps } from '../../../transcript/gaps';
import { type Entity, eventIdOf, makeWord, type Sentiment, type Transcript, type Word, withoutAbsent } from '../../../transcript/model';
import { speakersOf } from '../../../transcript/speakers';
import { utterancesOf } from '../../../transcript/utterances';
import { lazySchema, lenient, lenientList } from '../../common/schemas';
import { asNumber, asText, isFields, isNumber, longList } from '../../common/wordReader';
import { DETECTED, SEVERAL } from '../constants';
import { type Job, reasonOf, toStatus } from './jobDetails';

/**
 * Speechmatics' transcript (json-v2) and how it becomes ours. Its times are seconds.
 * Source: Speechmatics OpenAPI 2.0.0, `RetrieveTranscriptResponse`, `SentimentSegment`, `Chapter`,
 * `TopicDetectionSegment`, `AudioEventItem`.
 */

/** An item of the results, with what its first alternative says. */
interface Result {
	type: string;
	start: number;
	end: number;
	channel?: string;
	attachesTo?: string;
	entityClass?: string;
	content: string;
	confidence?: number;
	language?: string;
	speaker?: string;
}

function readResult(given: unknown): Result | undefined {
	if (!isFields(given)) return undefined;
	const { type, start_time: start, end_time: end, alternatives } = given;
	if (typeof type !== 'string' || !isNumber(start) || !isNumber(end) || !Array.isArray(alternatives)) return undefined;
	const first: unknown = alternatives[0];
	if (!isFields(first) || typeof first.content !== 'string') return undefined;
	return {
		type,
		start,
		end,
		channel: asText(given.channel),
		attachesTo: asText(given.attaches_to),
		// Source: Speechmatics docs, “Entity detection”.
		entityClass: asText(given.entity_class),
		content: first.content,
		confidence: asNumber(first.confidence),
		language: asText(first.language),
		speaker: asText(first.speaker),
	};
}

const identified = () => z.object({ alternatives: lenientList(z.object({ language: z.string(), confidence: z.number() })) });

const sentiments = () => z.object({ segments: longList(readSentiment) });

function readSentiment(given: unknown): Sentiment | undefined {
	if (!isFields(given) || typeof given.text !== 'string' || typeof given.sentiment !== 'string') return undefined;
	return withoutAbsent<Sentiment>({
		text: given.text,
		confidence: asNumber(given.confidence),
		channel: asText(given.channel),
		start: asNumber(given.start_time),
		end: asNumber(given.end_time),
		sentiment: given.sentiment.toLowerCase(),
		speaker: speakerIn(given.speaker),
	});
}

/** A sentence of a translation. */
function readSentence(given: unknown): string | undefined {
	return isFields(given) ? asText(given.content) : undefined;
}

const chapter = () => z.object({
	title: lenient(z.string()),
	summary: lenient(z.string()),
	start_time: z.number(),
	end_time: z.number(),
});

const topic = () => z.object({
	text: z.string(),
	start_time: z.number(),
	end_time: z.number(),
	topics: lenientList(z.object({ topic: z.string() })),
});

const audioEvent = () => z.object({
	type: z.string(),
	start_time: z.number(),
	end_time: z.number(),
	confidence: lenient(z.number()),
	channel: lenient(z.string()),
});

export const transcriptSchema = lazySchema(() =>
	z.object({
		job: lenient(z.object({ duration: lenient(z.number()) })),
		metadata: lenient(
			z.object({
				created_at: lenient(z.string()),
				transcription_config: lenient(
					z.object({
						language: lenient(z.string()),
						model: lenient(z.string()),
						operating_point: lenient(z.string()),
					}),
				),
				language_identification: lenient(z.object({ results: lenientList(identified()) })),
				language_pack_info: lenient(
					z.object({
						word_delimiter: lenient(z.string()),
						// Source: Speechmatics docs, “Output”, Multilingual transcript output.
						per_language_word_delimiters: lenient(z.record(z.string())),
					}),
				),
			}),
		),
		results: longList(readResult),
		translations: lenient(z.record(longList(readSentence))),
		summary: lenient(z.object({ content: lenient(z.string()) })),
		// The OpenAPI has an object of the same name around it, the docs' “Sentiment analysis” has not.
		sentiment_analysis: lenient(sentiments().extend({ sentiment_analysis: lenient(sentiments()) })),
		chapters: lenientList(chapter()),
		topics: lenient(z.object({ segments: lenientList(topic()) })),
		audio_events: lenientList(audioEvent()),
	}),
);

type Given = z.output<typeof transcriptSchema>;

/** Speech that could not be assigned to anybody. Source: Speechmatics docs, “Batch diarization”. */
const UNKNOWN_SPEAKER = 'UU';

function speakerIn(value: unknown): string | undefined {
	return value === UNKNOWN_SPEAKER ? undefined : asText(value);
}

/** A word with what has to be known to put it behind another. */
interface Piece {
	word: Word;
	language?: string;
	/** Whether it follows the piece before without a gap. */
	joined: boolean;
}

/** @param given absent while the job is on the way, and where it failed */
export function toTranscript(provider: string, job: Job, given: Given | undefined, raw: unknown): Transcript {
	const status = toStatus(job.status);
	const pieces = given?.results && toPieces(given.results);
	const gapBefore = gapIn(given?.metadata?.language_pack_info);
	const config = given?.metadata?.transcription_config;
	const language = given && languageOf(given, pieces);
	const words = pieces?.map(({ word }) => word);
	return withoutAbsent<Transcript>({
		status,
		text: pieces && textOf(pieces, gapBefore),
		summary: given?.summary?.content,
		chapters: given?.chapters?.map(placed),
		errorMessage: status === 'failed' ? reasonOf(job) : undefined,
		speakers: words && speakersOf(words),
		language,
		languageConfidence: given && confidenceIn(given, language),
		// A recording that could not be fetched has a duration of 0.
		durationSeconds: given?.job?.duration ?? (job.duration || undefined),
		model: config?.model ?? config?.operating_point,
		translations: translationsOf(given),
		provider,
		id: job.id,
		eventId: eventIdOf(provider, job.id, status),
		createdAt: job.created_at,
		completedAt: given?.metadata?.created_at,
		// The service itself gives only words.
		utterances: pieces && words && utterancesOf(withGaps(words, (index) => gapBefore(pieces[index] as Piece))),
		entities: entitiesIn(given?.results),
		sentiments: given?.sentiment_analysis?.sentiment_analysis?.segments ?? given?.sentiment_analysis?.segments,
		topics: given?.topics?.segments?.map(({ topics = [], ...segment }) => ({
			...placed(segment),
			topics: topics.map(({ topic: name }) => ({ name })),
		})),
		audioEvents: given?.audio_events?.map(placed),
		words,
		raw,
	});
}

/**
 * Words with their punctuation, as it is read. Entities stand in the place of their words (Speechmatics docs, “Entity
 * detection”); “unrecognized item types can be ignored” (OpenAPI, `RecognitionResult`).
 */
function toPieces(results: readonly Result[]): Piece[] {
	const pieces: Piece[] = [];
	let before = '';
	let joined = false;
	for (const item of results) {
		const { content, language } = item;
		const last = pieces.at(-1);
		const side = item.type === 'punctuation' ? (item.attachesTo ?? 'previous') : undefined;
		if ((side === 'previous' || side === 'both') && last && !before) {
			last.word.text += content;
			joined = side === 'both';
		} else if (side === 'next' || side === 'both' || (side !== undefined && before)) {
			before += content;
		} else if (side !== undefined || item.type === 'word' || item.type === 'entity') {
			pieces.push({ word: toWord(item, before), language, joined });
			before = '';
			joined = false;
		}
	}
	return pieces;
}

function toWord({ type, start, end, channel, content, confidence, speaker }: Result, before: string): Word {
	const kind = type === 'punctuation' ? 'spacing' : 'word';
	return makeWord({ text: before + content, start, end, confidence, speaker: speakerIn(speaker), channel, kind });
}

type Gap = (piece: Piece) => string;

/** Not every language has blanks between words. */
function gapIn(pack: NonNullable<Given['metadata']>['language_pack_info']): Gap {
	const { word_delimiter: general = ' ', per_language_word_delimiters: special = {} } = pack ?? {};
	const byLanguage = new Map(Object.entries(special));
	return ({ joined, language }) => (joined ? '' : (byLanguage.get(language ?? '') ?? general));
}

function textOf(pieces: Piece[], gapBefore: Gap): string {
	return pieces.map((piece, index) => (index === 0 ? '' : gapBefore(piece)) + piece.word.text).join('');
}

/** “From the first word in the response results” (Speechmatics docs, “Language identification”); of several none is named. */
function languageOf({ metadata }: Given, pieces: Piece[] | undefined): string | undefined {
	const asked = metadata?.transcription_config?.language;
	if (asked === SEVERAL) return undefined;
	return pieces?.[0]?.language ?? (asked === DETECTED ? undefined : asked);
}

/** Only where the recording was judged as a whole: parts of it may differ. */
function confidenceIn({ metadata }: Given, language: string | undefined): number | undefined {
	const [whole, ...more] = metadata?.language_identification?.results ?? [];
	if (more.length > 0) return undefined;
	return whole?.alternatives?.find((candidate) => candidate.language === language)?.confidence;
}

function translationsOf(given: Given | undefined): Record<string, string> | undefined {
	const entries = Object.entries(given?.translations ?? {}).flatMap(([language, sentences]) =>
		sentences ? [[language, sentences.join(' ')] as const] : [],
	);
	return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** Under our names for its times. */
function placed<T extends { start_time: number; end_time: number }>({ start_time: start, end_time: end, ...rest }: T) {
	return withoutAbsent({ ...rest, start, end });
}

function entitiesIn(results: readonly Result[] = []): Entity[] | undefined {
	const entities = results.flatMap(({ type, entityClass, start, end, content }) =>
		type === 'entity' && entityClass !== undefined ? [{ type: entityClass, text: content, start, end }] : [],
	);
	return entities.length > 0 ? entities : undefined;
}
