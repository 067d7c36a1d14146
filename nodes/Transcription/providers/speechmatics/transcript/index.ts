import { z } from 'zod';
import { withGaps } from '../../../transcript/gaps';
import {
	type Entity,
	eventIdOf,
	makeWord,
	type RawWord,
	type Sentiment,
	type Transcript,
	type Word,
	withoutAbsent,
} from '../../../transcript/model';
import { ESTIMATED_TIMES } from '../../../transcript/completeness';
import { recordingNameOf } from '../../../transcript/recordingName';
import { speakersOf } from '../../../transcript/speakers';
import { byStart, utterancesOf } from '../../../transcript/utterances';
import { type Bounds, clamped, withTimes } from '../../../transcript/wordTimes';
import { lazySchema, lenient, lenientList } from '../../common/schemas';
import { asNumber, asText, isFields, longList } from '../../common/wordReader';
import { AUTO_DETECT, MULTILINGUAL } from '../constants';
import { type Job, reasonOf, toStatus } from './jobDetails';

/*
 * Converts Speechmatics' transcript (json-v2) to ours. Its times are in seconds.
 * Source: Speechmatics OpenAPI 2.0.0, `RetrieveTranscriptResponse`, `SentimentSegment`, `Chapter`,
 * `TopicDetectionSegment`, `AudioEventItem`.
 */

/** An item of the results, with the content of its first alternative. */
interface Result {
	type: string;
	start?: number;
	end?: number;
	channel?: string;
	attachesTo?: string;
	entityClass?: string;
	content: string;
	confidence?: number;
	language?: string;
	speaker?: string;
}

function readResult(entry: unknown): Result | undefined {
	if (!isFields(entry)) return undefined;
	const { type, alternatives } = entry;
	if (typeof type !== 'string' || !Array.isArray(alternatives)) return undefined;
	const first: unknown = alternatives[0];
	if (!isFields(first) || typeof first.content !== 'string') return undefined;
	return {
		type,
		start: asNumber(entry.start_time),
		end: asNumber(entry.end_time),
		channel: asText(entry.channel),
		attachesTo: asText(entry.attaches_to),
		// Source: Speechmatics docs, “Entity detection”.
		entityClass: asText(entry.entity_class),
		content: first.content,
		confidence: asNumber(first.confidence),
		language: asText(first.language),
		speaker: asText(first.speaker),
	};
}

const identified = () =>
	z.object({ alternatives: lenientList(z.object({ language: z.string(), confidence: z.number() })) });

const sentiments = () => z.object({ segments: longList(readSentiment) });

function readSentiment(entry: unknown): Sentiment | undefined {
	if (!isFields(entry) || typeof entry.text !== 'string' || typeof entry.sentiment !== 'string') return undefined;
	return withoutAbsent<Sentiment>({
		text: entry.text,
		confidence: asNumber(entry.confidence),
		channel: asText(entry.channel),
		...clamped({ start: asNumber(entry.start_time), end: asNumber(entry.end_time) }),
		sentiment: entry.sentiment.toLowerCase(),
		speaker: speakerIn(entry.speaker),
	});
}

/** Reads a sentence of a translation. */
function readSentence(entry: unknown): string | undefined {
	return isFields(entry) ? asText(entry.content) : undefined;
}

const chapter = () =>
	z.object({
		title: lenient(z.string()),
		summary: lenient(z.string()),
		start_time: z.number(),
		end_time: z.number(),
	});

const topic = () =>
	z.object({
		text: z.string(),
		start_time: z.number(),
		end_time: z.number(),
		topics: lenientList(z.object({ topic: z.string() })),
	});

const audioEvent = () =>
	z.object({
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
		// The OpenAPI specification nests it in an object of the same name; the docs (“Sentiment analysis”) don't.
		sentiment_analysis: lenient(sentiments().extend({ sentiment_analysis: lenient(sentiments()) })),
		chapters: lenientList(chapter()),
		topics: lenient(z.object({ segments: lenientList(topic()) })),
		audio_events: lenientList(audioEvent()),
	}),
);

type ProviderTranscript = z.output<typeof transcriptSchema>;

/** Label of unknown speakers. Source: Speechmatics docs, “Batch diarization”. */
const UNKNOWN_SPEAKER = 'UU';

function speakerIn(value: unknown): string | undefined {
	return value === UNKNOWN_SPEAKER ? undefined : asText(value);
}

/** A word with the information needed to join it to the previous one. */
interface Piece<W = Word> {
	word: W;
	language?: string;
	/** Whether it follows the previous piece of its channel without a gap. */
	joined: boolean;
}

/** @param response absent if the job is in progress or failed */
export function toTranscript(
	provider: string,
	job: Job,
	response: ProviderTranscript | undefined,
	raw: unknown,
): Transcript {
	const status = toStatus(job.status);
	// The duration is 0 if the recording could not be fetched.
	const durationSeconds = response?.job?.duration ?? (job.duration || undefined);
	const pieces = response?.results && toPieces(response.results, { end: durationSeconds });
	const gapBefore = gapIn(response?.metadata?.language_pack_info);
	const config = response?.metadata?.transcription_config;
	const language = response && languageOf(response, pieces);
	const isTimed = response?.results?.some(({ start, end }) => start !== undefined || end !== undefined);
	const inServiceOrder = pieces?.map(({ word }) => word);
	const words = inServiceOrder && [...byStart(inServiceOrder)];
	return withoutAbsent<Transcript>({
		status,
		text: pieces && textOf(pieces, gapBefore),
		summary: response?.summary?.content,
		chapters: response?.chapters?.map(placed),
		warnings: words && words.length > 0 && !isTimed ? [ESTIMATED_TIMES] : undefined,
		errorMessage: status === 'failed' ? reasonOf(job) : undefined,
		speakers: words && speakersOf(words),
		language,
		languageConfidence: response && confidenceIn(response, language),
		durationSeconds,
		recordingName: recordingNameOf(job.data_name, job.config?.fetch_data?.url),
		model: config?.model ?? config?.operating_point,
		translations: translationsOf(response),
		provider,
		id: job.id,
		eventId: eventIdOf(provider, job.id, status),
		createdAt: job.created_at,
		completedAt: response?.metadata?.created_at,
		// The service returns words but no utterances.
		utterances:
			pieces && inServiceOrder && utterancesOf(withGaps(inServiceOrder, (index) => gapBefore(pieces[index] as Piece))),
		entities: entitiesIn(response?.results),
		sentiments: response?.sentiment_analysis?.sentiment_analysis?.segments ?? response?.sentiment_analysis?.segments,
		topics: response?.topics?.segments?.map(({ topics = [], ...segment }) => ({
			...placed(segment),
			topics: topics.map(({ topic: name }) => ({ name })),
		})),
		audioEvents: response?.audio_events?.map(placed),
		words,
		raw,
	});
}

/** The state of a channel while its results are joined. */
interface OpenChannel {
	last?: Piece<RawWord>;
	/** Punctuation that attaches to the next word. */
	before: string;
	/** Whether the next word follows without a gap. */
	joined: boolean;
}

/**
 * Joins words with their punctuation. Entities replace their words (Speechmatics docs, “Entity detection”);
 * “unrecognized item types can be ignored” (OpenAPI, `RecognitionResult`). If several channels overlap, their results
 * are merged by time, so punctuation may not be next to its word.
 */
function toPieces(results: readonly Result[], bounds: Bounds): Piece[] {
	const pieces: Array<Piece<RawWord>> = [];
	const channels = new Map<string | undefined, OpenChannel>();
	let latest: OpenChannel | undefined;
	for (const item of results) {
		const { content, language, channel } = item;
		const side = item.type === 'punctuation' ? (item.attachesTo ?? 'previous') : undefined;
		if (side === undefined && item.type !== 'word' && item.type !== 'entity') continue;
		// Punctuation without a channel follows its word.
		const open: OpenChannel = (channel === undefined && side !== undefined ? latest : undefined) ??
			channels.get(channel) ?? { before: '', joined: false };
		if (channel !== undefined || open !== latest) channels.set(channel, open);
		latest = open;
		const { last, before } = open;
		if ((side === 'previous' || side === 'both') && last && !before) {
			last.word.text += content;
			open.joined = side === 'both';
		} else if (side === 'next' || side === 'both' || (side !== undefined && before)) {
			open.before += content;
		} else {
			open.last = { word: toWord(item, before), language, joined: open.joined };
			pieces.push(open.last);
			open.before = '';
			open.joined = false;
		}
	}
	for (const [channel, { before, joined }] of channels) {
		// There is no next word for this punctuation to attach to.
		if (before !== '') pieces.push({ word: makeWord({ text: before, channel, kind: 'spacing' }), joined });
	}
	withTimes(
		pieces.map(({ word }) => word),
		bounds,
	);
	return pieces as Piece[];
}

function toWord({ type, start, end, channel, content, confidence, speaker }: Result, before: string): RawWord {
	const kind = type === 'punctuation' ? 'spacing' : 'word';
	return makeWord({ text: before + content, start, end, confidence, speaker: speakerIn(speaker), channel, kind });
}

type Gap = (piece: Piece) => string;

/** Returns the gap between words, since some languages don't use spaces. */
function gapIn(pack: NonNullable<ProviderTranscript['metadata']>['language_pack_info']): Gap {
	const { word_delimiter: general = ' ', per_language_word_delimiters: special = {} } = pack ?? {};
	const byLanguage = new Map(Object.entries(special));
	return ({ joined, language }) => (joined ? '' : (byLanguage.get(language ?? '') ?? general));
}

function textOf(pieces: Piece[], gapBefore: Gap): string {
	return pieces
		.map((piece, index) => {
			if (index === 0) return piece.word.text;
			// The previous word may be from a different channel.
			const isAdjacent = pieces[index - 1]?.word.channel === piece.word.channel;
			return gapBefore(isAdjacent ? piece : { ...piece, joined: false }) + piece.word.text;
		})
		.join('');
}

/**
 * Returns the transcript's language, taken “from the first word in the response results” (Speechmatics docs, “Language
 * identification”), or undefined if there are several languages.
 */
function languageOf({ metadata }: ProviderTranscript, pieces: Piece[] | undefined): string | undefined {
	const requested = metadata?.transcription_config?.language;
	if (requested === MULTILINGUAL) return undefined;
	return pieces?.[0]?.language ?? (requested === AUTO_DETECT ? undefined : requested);
}

/** Returns the confidence only if the language was identified for the whole recording, since parts of it may differ. */
function confidenceIn({ metadata }: ProviderTranscript, language: string | undefined): number | undefined {
	const [whole, ...more] = metadata?.language_identification?.results ?? [];
	if (more.length > 0) return undefined;
	return whole?.alternatives?.find((candidate) => candidate.language === language)?.confidence;
}

function translationsOf(response: ProviderTranscript | undefined): Record<string, string> | undefined {
	const entries = Object.entries(response?.translations ?? {}).flatMap(([language, sentences]) =>
		sentences ? [[language, sentences.join(' ')] as const] : [],
	);
	return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** Renames the time fields to the names in our model. */
function placed<T extends { start_time: number; end_time: number }>({ start_time: start, end_time: end, ...rest }: T) {
	return withoutAbsent({ ...rest, ...clamped({ start, end }) });
}

function entitiesIn(results: readonly Result[] = []): Entity[] | undefined {
	const entities = results.flatMap(({ type, entityClass, start, end, content }) =>
		type === 'entity' && entityClass !== undefined
			? [withoutAbsent<Entity>({ type: entityClass, text: content, ...clamped({ start, end }) })]
			: [],
	);
	return entities.length > 0 ? entities : undefined;
}
