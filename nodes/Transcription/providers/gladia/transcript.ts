import { z } from 'zod';
import { parseJson } from '../../core/json';
import { warningList, wordWarnings } from '../../transcript/completeness';
import {
	type Entity,
	eventIdOf,
	type JobStatus,
	makeWord,
	type RawUtterance,
	type RawWord,
	type Sentiment,
	type Transcript,
	withoutAbsent,
} from '../../transcript/model';
import { recordingNameOf } from '../../transcript/recordingName';
import { completeSegments, type RawSegment, wordsOfSegments } from '../../transcript/segmentTimes';
import { speakersOf } from '../../transcript/speakers';
import { clamped, withTimes } from '../../transcript/wordTimes';
import { idText, label, lazySchema, lenient, lenientList } from '../common/schemas';
import { asLabel, asNumber, asText, isFields, longList, readList } from '../common/wordReader';
import { DISPLAY_NAME, NAME } from './constants';

/* Reads Gladia's job. Times are in seconds. Source: Gladia OpenAPI (August 2026), `PreRecordedResponse`. */

/** A word of an utterance, with the utterance's speaker and channel. Except for the first one, it starts with a space. */
function readWord(entry: unknown, speaker: string | undefined, channel: string | undefined): RawWord | undefined {
	if (!isFields(entry)) return undefined;
	const { word, start, end, confidence } = entry;
	if (typeof word !== 'string' || word.trim() === '') return undefined;
	return makeWord({
		text: word.trim(),
		start: asNumber(start),
		end: asNumber(end),
		// Gladia returns 0 for numerals, which isn't the same as no confidence.
		confidence: asNumber(confidence),
		speaker,
		channel,
		kind: 'word',
	});
}

function readSegment(entry: unknown): RawSegment | undefined {
	if (!isFields(entry)) return undefined;
	const [speaker, channel] = [asLabel(entry.speaker), asLabel(entry.channel)];
	const words = readList(entry.words, (word) => readWord(word, speaker, channel)) ?? [];
	const utterance = withoutAbsent<RawUtterance>({
		text: (asText(entry.text) ?? words.map(({ text }) => text).join(' ')).trim(),
		start: asNumber(entry.start),
		end: asNumber(entry.end),
		speaker,
		channel,
		confidence: asNumber(entry.confidence),
	});
	return { words, utterance };
}

function readSentiment(entry: unknown): Sentiment | undefined {
	if (!isFields(entry)) return undefined;
	const { text, sentiment, start, end, speaker, channel } = entry;
	if (typeof text !== 'string' || typeof sentiment !== 'string') return undefined;
	const [from, to] = [asNumber(start), asNumber(end)];
	return withoutAbsent<Sentiment>({
		text,
		sentiment: sentiment.toLowerCase(),
		...(from !== undefined && to !== undefined && clamped({ start: from, end: to })),
		speaker: asLabel(speaker),
		channel: asLabel(channel),
	});
}

function readEntity(entry: unknown): Entity | undefined {
	if (!isFields(entry)) return undefined;
	const { entity_type: type, text, start, end } = entry;
	if (typeof type !== 'string' || typeof text !== 'string') return undefined;
	const [from, to] = [asNumber(start), asNumber(end)];
	return { type, text, ...(from !== undefined && to !== undefined && clamped({ start: from, end: to })) };
}

const errorSchema = () =>
	lenient(
		z.union([
			z.object({ message: lenient(z.string()) }),
			z.string().transform((message): { message?: string } => ({ message })),
		]),
	);

/** An analysis, which can fail although the job is done. Source: Gladia OpenAPI, `AddonErrorDTO`. */
const addon = <T extends z.ZodTypeAny>(results: T) =>
	lenient(z.object({ success: lenient(z.boolean()), error: errorSchema(), results }));

/** A list that keeps the place of its invalid entries, because their order is the order of the request. */
const placedList = <T extends z.ZodTypeAny>(schema: T) => lenient(z.array(lenient(schema)));

const unread = () => z.unknown().transform(() => undefined);

const subtitlesSchema = () => lenientList(z.object({ format: z.string(), subtitles: z.string() }));

/** Sentiments are documented as a list, but specified as text. */
const sentiments = z
	.unknown()
	.transform((value) => readList(typeof value === 'string' ? parseJson(value) : value, readSentiment));

const resultSchema = lazySchema(() =>
	z.object({
		metadata: lenient(
			z.object({ audio_duration: lenient(z.number()), number_of_distinct_channels: lenient(z.number()) }),
		),
		transcription: lenient(
			z.object({
				full_transcript: lenient(z.string()),
				languages: lenientList(z.string()),
				utterances: longList(readSegment),
				subtitles: subtitlesSchema(),
			}),
		),
		translation: addon(
			placedList(
				z.object({
					full_transcript: lenient(z.string()),
					languages: lenientList(z.string()),
					error: errorSchema(),
				}),
			),
		),
		summarization: addon(lenient(z.string())),
		named_entity_recognition: addon(longList(readEntity)),
		sentiment_analysis: addon(sentiments),
		// Only read to find out whether they failed. With diarization, the results repeat all utterances.
		audio_to_llm: addon(placedList(addon(unread()))),
		diarization: addon(unread()),
		pii_redaction: addon(unread()),
		sentences: addon(unread()),
	}),
);

type Result = z.output<typeof resultSchema>;

export const jobSchema = lazySchema(() =>
	z.object({
		id: idText,
		status: z.string().catch(''),
		kind: lenient(z.string()),
		created_at: lenient(z.string()),
		completed_at: lenient(z.string()),
		error_code: lenient(label),
		custom_metadata: lenient(z.record(z.unknown())),
		file: lenient(
			z.object({
				filename: lenient(z.string()),
				source: lenient(z.string()),
				audio_duration: lenient(z.number()),
			}),
		),
		request_params: lenient(
			z.object({
				model: lenient(z.string()),
				translation_config: lenient(z.object({ target_languages: placedList(z.string()) })),
				callback_url: lenient(z.string()),
				callback_config: lenient(z.object({ url: lenient(z.string()) })),
			}),
		),
		result: lenient(resultSchema),
	}),
);

export type Job = z.output<typeof jobSchema>;

const STATUSES = new Map<string, JobStatus>([
	['queued', 'queued'],
	['processing', 'processing'],
	['done', 'completed'],
	['error', 'failed'],
]);

/** Treats undocumented statuses as still processing, never as final. */
export function toStatus(status: string): JobStatus {
	return STATUSES.get(status) ?? 'processing';
}

/** Whether a completed job contains a transcript, which is empty if there is no speech. */
export function hasContent({ result }: Job): boolean {
	const { full_transcript: text, utterances } = result?.transcription ?? {};
	return text !== undefined || utterances !== undefined;
}

/** @param reason why the job failed, from its callback */
export function toTranscript(job: Job, raw: unknown, reason?: string): Transcript {
	const status = toStatus(job.status);
	const result = status === 'completed' && job.result ? withoutOnlyChannel(job.result) : undefined;
	const content = result && contentOf(result);
	const translations = translationsOf(job);
	const [language, ...otherLanguages] = result?.transcription?.languages ?? [];
	return withoutAbsent<Transcript>({
		status,
		text: content?.text,
		summary: result?.summarization?.results,
		warnings: result && warningList(...(content?.warnings ?? []), ...addonWarnings(result, translations)),
		errorMessage: status === 'failed' ? (reason ?? reasonOf(job)) : undefined,
		speakers: speakersOf(content?.utterances ?? content?.words ?? []),
		language: otherLanguages.length === 0 ? language : undefined,
		durationSeconds: result?.metadata?.audio_duration ?? job.file?.audio_duration,
		recordingName: recordingNameOf(job.file?.filename, job.file?.source),
		model: job.request_params?.model,
		translations: textsByLanguage(translations),
		provider: NAME,
		id: job.id,
		eventId: eventIdOf(NAME, job.id, status),
		createdAt: job.created_at,
		completedAt: job.completed_at,
		utterances: content?.utterances,
		entities: result?.named_entity_recognition?.results,
		sentiments: result?.sentiment_analysis?.results,
		words: content?.words,
		raw,
	});
}

/** Gladia numbers the channel even if a recording has only one. That doesn't help to distinguish speakers, so it is removed. */
function withoutOnlyChannel(result: Result): Result {
	const { metadata, transcription, sentiment_analysis: sentimentAnalysis } = result;
	const used = new Set(transcription?.utterances?.map(({ utterance }) => utterance.channel));
	if ((metadata?.number_of_distinct_channels ?? used.size) > 1) return result;
	return {
		...result,
		transcription: transcription && {
			...transcription,
			utterances: transcription.utterances?.map(({ utterance, words }) => ({
				utterance: withoutChannel(utterance),
				words: words.map(withoutChannel),
			})),
		},
		sentiment_analysis: sentimentAnalysis && {
			...sentimentAnalysis,
			results: sentimentAnalysis.results?.map(withoutChannel),
		},
	};
}

function withoutChannel<T extends { channel?: string }>({ channel: _, ...rest }: T): Omit<T, 'channel'> {
	return rest;
}

function contentOf({ transcription }: Result): Pick<Transcript, 'text' | 'utterances' | 'words' | 'warnings'> {
	const segments = transcription?.utterances ?? [];
	const raw = wordsOfSegments(segments);
	const text = transcription?.full_transcript ?? segments.map(({ utterance }) => utterance.text).join(' ');
	const warnings = wordWarnings(text, raw, segments);
	const utterances = completeSegments(segments);
	return withoutAbsent({ text: text.trim(), warnings, utterances, words: withTimes(raw) });
}

interface Translation {
	/** Undefined if neither the result nor the request names it. */
	language?: string;
	text?: string;
	error?: { message?: string };
}

/** A translation that doesn't name its language has the one at the same place in the request. */
function translationsOf({ result, request_params: params }: Job): Translation[] {
	const results = result?.translation?.results ?? [];
	const requested = params?.translation_config?.target_languages ?? [];
	const reported = results.map((translation) => translation?.languages?.[0]);
	return results.flatMap((translation, index) => {
		if (!translation) return [];
		const { full_transcript: text, error } = translation;
		const place = requested[index];
		const language = reported[index] ?? (reported.includes(place) ? undefined : place);
		return [withoutAbsent<Translation>({ language, text, error })];
	});
}

function textsByLanguage(translations: readonly Translation[]): Record<string, string> | undefined {
	const entries = translations.flatMap(({ language, text }) =>
		text !== undefined && language !== undefined ? [[language, text] as const] : [],
	);
	return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

const ADDONS = {
	audio_to_llm: 'the responses to the prompts',
	diarization: 'speakers',
	named_entity_recognition: 'entities',
	pii_redaction: 'a redacted transcript',
	sentences: 'sentences',
	sentiment_analysis: 'sentiments',
	summarization: 'a summary',
	translation: 'a translation',
} as const satisfies Partial<Record<keyof Result, string>>;

/** Returns a warning for each analysis, or part of one, that failed although the job is done. */
function addonWarnings(result: Result, translations: readonly Translation[]): string[] {
	const failures = (Object.keys(ADDONS) as Array<keyof typeof ADDONS>).flatMap((name) =>
		failureOf(ADDONS[name], result[name]),
	);
	const prompts = (result.audio_to_llm?.results ?? []).flatMap((outcome, index) =>
		failureOf(`the response to prompt ${index + 1}`, outcome),
	);
	const failedTranslations = translations.flatMap(({ language, error }) =>
		failureOf(`a translation${language === undefined ? '' : ` into ${language}`}`, { error }),
	);
	const isNameless = translations.some(({ language, text }) => language === undefined && text !== undefined);
	return [...failures, ...prompts, ...failedTranslations, ...(isNameless ? [NAMELESS_TRANSLATION] : [])];
}

const NAMELESS_TRANSLATION = `${DISPLAY_NAME} didn’t report the language of a translation. Set “Output” to Raw to see it.`;

/** @returns a list with one warning, or an empty list for an analysis that succeeded or wasn't requested */
function failureOf(what: string, outcome: { success?: boolean; error?: { message?: string } } | undefined): string[] {
	const { success, error } = outcome ?? {};
	const hasFailed = success === false || error?.message !== undefined || (error !== undefined && success !== true);
	return hasFailed
		? [`${DISPLAY_NAME} couldn’t create ${what}${error?.message === undefined ? '' : `: ${error.message}`}`]
		: [];
}

/** A fetched job that failed contains nothing but a code from 400 to 599. */
function reasonOf({ error_code: code }: Job): string {
	const reason = code === undefined ? '' : ` (error code ${code})`;
	return `${DISPLAY_NAME} couldn’t transcribe the recording${reason}. It only sends the reason with a callback. Check that the recording can be played, isn’t longer than your plan allows, and, if it was submitted by URL, can be downloaded without signing in.`;
}

/** Returns the subtitles in a job's raw response, by format. */
export function subtitlesIn(raw: unknown): Map<string, string> {
	const parsed = z
		.object({ result: z.object({ transcription: z.object({ subtitles: subtitlesSchema() }) }) })
		.safeParse(raw);
	const subtitles = parsed.data?.result.transcription.subtitles ?? [];
	return new Map(subtitles.map(({ format, subtitles: content }) => [format, content]));
}
