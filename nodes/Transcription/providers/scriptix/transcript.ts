import { parseHttpUrl } from '../../core/url';
import { z } from 'zod';
import { eventIdOf, type JobStatus, makeWord, type Transcript, type Utterance, type Word, withoutAbsent } from '../../transcript/model';
import { speakersOf } from '../../transcript/speakers';
import { lenient } from '../common/schemas';
import { asLabel, asNumber, asText, type Fields, isFields, isNumber, readList } from '../common/wordReader';
import { NAME } from './constants';

/**
 * What Scriptix answers about a job, and how it becomes ours.
 *
 * The session and its result are documented (docs.scriptix.io, API, “Get session”; Core APIs, “Get result”). What the
 * batch upload API answers is not: it is read in the shapes that are usual. Times of words are taken for seconds, which
 * the pages do not say outright.
 */

const text = lenient(z.string());
export const label = lenient(z.union([z.string().min(1), z.number()]).transform(String));
const number = lenient(z.number());
const date = lenient(z.string().regex(/^\d{4}-\d\d-\d\dT/));
const reason = lenient(
	z.union([z.string().min(1), z.object({ message: z.string().min(1) }).transform(({ message }) => message)]),
);

/** Under which Submit keeps the callback URL in the session's own metadata. */
export const CALLBACK_URL = 'callbackUrl';

export const jobSchema = z.object({
	status: text,
	error: reason,
	error_message: reason,
	language: text,
	duration: number,
	duration_seconds: number,
	created_at: date,
	finished_at: date,
	completed_at: date,
	custom_model_id: label,
	model: label,
	document: lenient(z.object({ id: label })),
	document_id: label,
	webhook_url: text,
	meta_data: lenient(z.object({ [CALLBACK_URL]: text })),
});

export type ProviderJob = z.infer<typeof jobSchema>;

/** No page says that a session names its callback URL. That it keeps `meta_data` is documented; that it shows it again is not. */
export function callbackUrlOf({ webhook_url: url, meta_data: own }: ProviderJob): string | undefined {
	return url ?? parseHttpUrl(own?.[CALLBACK_URL] ?? '')?.href;
}

/** The words of all pages together; the list of them all is nowhere, so that the usual words for an end are understood too. */
const STATUSES = new Map<string, JobStatus>([
	['uploaded', 'queued'],
	['new', 'queued'],
	['created', 'queued'],
	['queued', 'queued'],
	['done', 'completed'],
	['completed', 'completed'],
	['complete', 'completed'],
	['finished', 'completed'],
	['success', 'completed'],
	['failed', 'failed'],
	['failure', 'failed'],
	['error', 'failed'],
	['aborted', 'failed'],
	['canceled', 'failed'],
	['cancelled', 'failed'],
]);

/** A status that is not documented is taken for one on the way, never for an end. */
export function toStatus(status: string): JobStatus {
	return STATUSES.get(status.trim().toLowerCase()) ?? 'processing';
}

/** The object inside the envelope that most answers have. */
export function unwrapped(body: unknown): unknown {
	for (const name of ['result', 'data']) {
		const inner = memberOf(body, name);
		if (inner !== null && typeof inner === 'object' && !Array.isArray(inner)) return inner;
	}
	return body;
}

export function documentIdOf({ document, document_id }: ProviderJob): string | undefined {
	return document?.id ?? document_id;
}

/**
 * The document of a job.
 * @param raw the answers of which its transcript was made, by what was asked for: `session`, `job`, `document`
 * @param id by which the job was asked for: that of the document, where there is nothing else
 */
export function documentIdIn(raw: unknown, id: string): string | undefined {
	const jobs = ['session', 'job', 'document'].map((name) => unwrapped(memberOf(raw, name)));
	const named = jobs.map((job) => documentIdOf(jobSchema.safeParse(job).data ?? ({} as ProviderJob)));
	const given = named.find((one) => one !== undefined) ?? label.parse(memberOf(jobs[2], 'id'));
	return given ?? (jobs[2] === undefined ? undefined : id);
}

/** What was said. */
export interface Content {
	text: string;
	utterances?: Utterance[];
	words?: Word[];
}

/** A value outside 0 to 1 has an undocumented meaning. */
function asFraction(value: unknown): number | undefined {
	return isNumber(value) && value >= 0 && value <= 1 ? value : undefined;
}

/** An empty name is no speaker. */
function asName(value: unknown): string | undefined {
	return asLabel(value) || undefined;
}

/** Source of the list: docs.scriptix.io, Core APIs, “Get result”: `[word, start, end, confidence]`. */
function readWord(given: unknown, ofSegment?: { speaker?: string; channel?: string }): Word | undefined {
	if (Array.isArray(given)) {
		const [text, start, end, confidence] = given as unknown[];
		return wordOf(text, start, end, confidence, ofSegment?.speaker, ofSegment?.channel);
	}
	if (!isFields(given)) return undefined;
	const { word, text, start, end, confidence, speaker, channel } = given;
	const said = typeof word === 'string' ? word : text;
	return wordOf(said, start, end, confidence, asName(speaker) ?? ofSegment?.speaker, asName(channel) ?? ofSegment?.channel);
}

function wordOf(text: unknown, start: unknown, end: unknown, confidence: unknown, speaker?: string, channel?: string): Word | undefined {
	if (typeof text !== 'string' || !isNumber(start) || !isNumber(end)) return undefined;
	return makeWord({ text, start, end, confidence: asFraction(confidence), speaker, channel, kind: 'word' });
}

/** A passage by one speaker; without any time it is text and nothing else. */
interface Part {
	text: string;
	words: Word[];
	utterance: Utterance | undefined;
}

function readPart(given: unknown): Part | undefined {
	if (!isFields(given)) return undefined;
	const [speaker, channel] = [asName(given.speaker), asName(given.channel)];
	const read = (word: unknown) => readWord(word, { speaker, channel });
	const words = readList(given.result, read) ?? readList(given.words, read) ?? [];
	const said = asText(given.text) ?? joined(words);
	const start = asNumber(given.start) ?? words[0]?.start;
	const end = asNumber(given.end) ?? words.at(-1)?.end;
	const utterance =
		start === undefined || end === undefined
			? undefined
			: withoutAbsent<Utterance>({ text: said, start, end, speaker, channel, confidence: asFraction(given.sconf) ?? asFraction(given.confidence) });
	return { text: said, words, utterance };
}

/** Members in which some services put what was said. */
const PLACES = ['transcript', 'content', 'document', 'result', 'data'];

/** What was said, wherever it stands in an answer; undefined where none of the known members is there. */
export function contentOf(answer: unknown, depth = 0): Content | undefined {
	if (!isFields(answer)) return undefined;
	const own = contentIn(answer);
	if (own || depth > 2) return own;
	for (const place of PLACES) {
		const found = contentOf(answer[place], depth + 1);
		if (found) return found;
	}
	return undefined;
}

function contentIn({ text, transcript, content, results, segments, utterances: passages, words }: Fields): Content | undefined {
	const parts = inOrderOfTime(readList(results, readPart) ?? readList(segments, readPart) ?? readList(passages, readPart));
	const said = asText(text) ?? asText(transcript) ?? asText(content);
	const whole = readList(words, (word) => readWord(word));
	if (!parts && said === undefined && !whole) return undefined;
	const timed = whole ?? parts?.flatMap((part) => part.words);
	const utterances = parts?.map(({ utterance }) => utterance).filter((utterance) => utterance !== undefined);
	return withoutAbsent<Content>({
		text: said ?? joined(parts ?? timed ?? []),
		utterances: orAbsentList(utterances),
		words: orAbsentList(timed),
	});
}

/** One channel after the other would tear a conversation apart. */
function inOrderOfTime(parts: Part[] | undefined): Part[] | undefined {
	const startOf = ({ utterance }: Part) => utterance?.start ?? 0;
	return parts?.every(({ utterance }) => utterance) ? [...parts].sort((a, b) => startOf(a) - startOf(b)) : parts;
}

function joined(parts: ReadonlyArray<{ text: string }>): string {
	return parts.map(({ text }) => text.trim()).filter((text) => text !== '').join(' ');
}

function orAbsentList<T>(list: T[] | undefined): T[] | undefined {
	return list && list.length > 0 ? list : undefined;
}

/** @param id by which the job was asked for: the one that its callback names */
export function toTranscript(id: string, status: JobStatus, job: ProviderJob, content: Content | undefined, raw: unknown): Transcript {
	return withoutAbsent<Transcript>({
		status,
		text: content?.text,
		errorMessage: status === 'failed' ? (job.error ?? job.error_message) : undefined,
		speakers: speakersOf(content?.utterances ?? content?.words ?? []),
		language: job.language,
		durationSeconds: job.duration_seconds ?? job.duration,
		model: job.custom_model_id ?? job.model,
		provider: NAME,
		id,
		eventId: eventIdOf(NAME, id, status),
		createdAt: job.created_at,
		completedAt: job.finished_at ?? job.completed_at,
		utterances: content?.utterances,
		words: content?.words,
		raw,
	});
}

export function memberOf(value: unknown, name: string): unknown {
	return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;
}
