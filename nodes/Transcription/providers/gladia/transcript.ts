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

/** An analysis, which can fail although the job is done. Source: Gladia OpenAPI, `AddonErrorDTO`. */
const addon = <T extends z.ZodTypeAny>(results: T) =>
	lenient(
		z.object({
			success: lenient(z.boolean()),
			error: lenient(z.object({ message: lenient(z.string()) })),
			results,
		}),
	);

const subtitlesSchema = () => lenientList(z.object({ format: z.string(), subtitles: z.string() }));

/** Sentiments are documented as a list, but specified as text. */
const sentiments = z
	.unknown()
	.transform((value) => readList(typeof value === 'string' ? parseJson(value) : value, readSentiment));

const resultSchema = lazySchema(() =>
	z.object({
		metadata: lenient(z.object({ audio_duration: lenient(z.number()) })),
		transcription: lenient(
			z.object({
				full_transcript: lenient(z.string()),
				languages: lenientList(z.string()),
				utterances: longList(readSegment),
				subtitles: subtitlesSchema(),
			}),
		),
		translation: addon(
			lenientList(
				z.object({
					full_transcript: lenient(z.string()),
					languages: lenientList(z.string()),
					error: lenient(z.object({ message: lenient(z.string()) })),
				}),
			),
		),
		summarization: addon(lenient(z.string())),
		named_entity_recognition: addon(longList(readEntity)),
		sentiment_analysis: addon(sentiments),
		// Only read to find out whether they failed. With diarization, the results repeat all utterances.
		audio_to_llm: addon(z.unknown().transform(() => undefined)),
		diarization: addon(z.unknown().transform(() => undefined)),
		pii_redaction: addon(z.unknown().transform(() => undefined)),
		sentences: addon(z.unknown().transform(() => undefined)),
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

/** @param reason why the job failed, from its callback */
export function toTranscript(job: Job, raw: unknown, reason?: string): Transcript {
	const status = toStatus(job.status);
	const result = status === 'completed' ? job.result : undefined;
	const content = result && contentOf(result);
	const [language, ...otherLanguages] = result?.transcription?.languages ?? [];
	return withoutAbsent<Transcript>({
		status,
		text: content?.text,
		summary: result?.summarization?.results,
		warnings: result && warningList(...(content?.warnings ?? []), ...addonWarnings(result)),
		errorMessage: status === 'failed' ? (reason ?? reasonOf(job)) : undefined,
		speakers: speakersOf(content?.utterances ?? content?.words ?? []),
		language: otherLanguages.length === 0 ? language : undefined,
		durationSeconds: result?.metadata?.audio_duration ?? job.file?.audio_duration,
		recordingName: recordingNameOf(job.file?.filename, job.file?.source),
		model: job.request_params?.model,
		translations: result && translationsOf(result),
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

function contentOf({ transcription }: Result): Pick<Transcript, 'text' | 'utterances' | 'words' | 'warnings'> {
	const segments = transcription?.utterances ?? [];
	const raw = wordsOfSegments(segments);
	const text = transcription?.full_transcript ?? segments.map(({ utterance }) => utterance.text).join(' ');
	const warnings = wordWarnings(text, raw, segments);
	const utterances = completeSegments(segments);
	return withoutAbsent({ text: text.trim(), warnings, utterances, words: withTimes(raw) });
}

function translationsOf({ translation }: Result): Record<string, string> | undefined {
	const entries = (translation?.results ?? []).flatMap(({ full_transcript: text, languages }) => {
		const [language] = languages ?? [];
		return text !== undefined && language !== undefined ? [[language, text] as const] : [];
	});
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

/** Returns a warning for each analysis that failed although the job is done. */
function addonWarnings(result: Result): string[] {
	const failures = (Object.keys(ADDONS) as Array<keyof typeof ADDONS>).flatMap((name) => {
		const outcome = result[name];
		return outcome?.success === false ? [[ADDONS[name], outcome.error?.message] as const] : [];
	});
	const languages = (result.translation?.results ?? []).flatMap(({ error, languages: [code] = [] }) =>
		error === undefined ? [] : [[`a translation${code ? ` into ${code}` : ''}`, error.message] as const],
	);
	return [...failures, ...languages].map(
		([what, message]) => `${DISPLAY_NAME} couldn’t create ${what}${message === undefined ? '' : `: ${message}`}`,
	);
}

/** The reason is only in the callback. A fetched job contains nothing but a code from 400 to 599. */
function reasonOf({ error_code: code }: Job): string {
	const reason = code === undefined ? '' : ` with the error code ${code}`;
	return `${DISPLAY_NAME} couldn’t transcribe the recording${reason}. The reason is only in the callback.`;
}

/** Returns the subtitles in a job's raw response, by format. */
export function subtitlesIn(raw: unknown): Map<string, string> {
	const parsed = z
		.object({ result: z.object({ transcription: z.object({ subtitles: subtitlesSchema() }) }) })
		.safeParse(raw);
	const subtitles = parsed.data?.result.transcription.subtitles ?? [];
	return new Map(subtitles.map(({ format, subtitles: content }) => [format, content]));
}
