import { z } from 'zod';
import { parseHttpUrl } from '../../callback/url';
import { eventIdOf, type JobStatus, type Transcript, type Utterance, type Word, withoutAbsent } from '../../transcript/model';
import { lazily } from '../lazily';
import { lenient, lenientList } from '../lenient';
import { NAME } from './names';

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
/** Anything else than 0 to 1 has a meaning that nobody told us. */
const fraction = lenient(z.number().min(0).max(1));
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

const times = () => ({ start: z.number(), end: z.number(), confidence: fraction, speaker: label, channel: label });
/** Source of the first form: docs.scriptix.io, Core APIs, “Get result”: `[word, start, end, confidence]`. */
const word = () => z.union([
	z
		.tuple([z.string(), z.number(), z.number()])
		.rest(z.unknown())
		.transform(([word, start, end, confidence]) => ({
			text: word,
			start,
			end,
			confidence: fraction.parse(confidence),
			speaker: undefined,
			channel: undefined,
		})),
	z.object({ word: z.string(), ...times() }).transform(({ word: text, ...rest }) => ({ text, ...rest })),
	z.object({ text: z.string(), ...times() }),
]);

const segment = () => z.object({
	text,
	start: number,
	end: number,
	speaker: label,
	channel: label,
	confidence: fraction,
	sconf: fraction,
	result: lenientList(word()),
	words: lenientList(word()),
});

const contentSchema = lazily(() =>
	z.object({
		text,
		transcript: text,
		content: text,
		results: lenientList(segment()),
		segments: lenientList(segment()),
		utterances: lenientList(segment()),
		words: lenientList(word()),
	}),
);

/** Members in which some services put what was said. */
const PLACES = ['transcript', 'content', 'document', 'result', 'data'];

/** What was said, wherever it stands in an answer; undefined where none of the known members is there. */
export function contentOf(answer: unknown, depth = 0): Content | undefined {
	const parsed = contentSchema.safeParse(answer);
	if (!parsed.success) return undefined;
	const own = contentIn(parsed.data);
	if (own || depth > 2) return own;
	return PLACES.map((place) => contentOf(memberOf(answer, place), depth + 1)).find((found) => found !== undefined);
}

function contentIn(given: z.infer<typeof contentSchema>): Content | undefined {
	const parts = inOrderOfTime((given.results ?? given.segments ?? given.utterances)?.map(toPart));
	const said = given.text ?? given.transcript ?? given.content;
	if (!parts && said === undefined && !given.words) return undefined;
	const timed = given.words?.map((one) => toWord(one)) ?? parts?.flatMap((part) => part.words);
	const utterances = parts?.map(({ utterance }) => utterance).filter((utterance) => utterance !== undefined);
	return withoutAbsent<Content>({
		text: said ?? joined(parts ?? timed ?? []),
		utterances: orAbsentList(utterances),
		words: orAbsentList(timed),
	});
}

type Part = ReturnType<typeof toPart>;

/** One channel after the other would tear a conversation apart. */
function inOrderOfTime(parts: Part[] | undefined): Part[] | undefined {
	const startOf = ({ utterance }: Part) => utterance?.start ?? 0;
	return parts?.every(({ utterance }) => utterance) ? [...parts].sort((a, b) => startOf(a) - startOf(b)) : parts;
}

/** A passage by one speaker; without any time it is text and nothing else. */
function toPart(given: z.infer<ReturnType<typeof segment>>): { text: string; words: Word[]; utterance: Utterance | undefined } {
	const { speaker, channel } = given;
	const own = (given.result ?? given.words ?? []).map((one) => toWord(one, speaker, channel));
	const said = given.text ?? joined(own);
	const start = given.start ?? own[0]?.start;
	const end = given.end ?? own.at(-1)?.end;
	const utterance =
		start === undefined || end === undefined
			? undefined
			: withoutAbsent<Utterance>({ text: said, start, end, speaker, channel, confidence: given.sconf ?? given.confidence });
	return { text: said, words: own, utterance };
}

function toWord({ text, start, end, confidence, ...own }: z.infer<ReturnType<typeof word>>, speaker?: string, channel?: string): Word {
	return withoutAbsent<Word>({
		text,
		start,
		end,
		confidence,
		speaker: own.speaker ?? speaker,
		channel: own.channel ?? channel,
		kind: 'word',
	});
}

function joined(parts: ReadonlyArray<{ text: string }>): string {
	return parts.map(({ text }) => text.trim()).filter((text) => text !== '').join(' ');
}

function orAbsentList<T>(list: T[] | undefined): T[] | undefined {
	return list && list.length > 0 ? list : undefined;
}

/** @param id by which the job was asked for: the one that its callback names */
export function toTranscript(id: string, status: JobStatus, job: ProviderJob, content: Content | undefined, raw: unknown): Transcript {
	const speakers = new Set((content?.utterances ?? content?.words ?? []).map(({ speaker }) => speaker));
	speakers.delete(undefined);
	return withoutAbsent<Transcript>({
		status,
		text: content?.text,
		errorMessage: status === 'failed' ? (job.error ?? job.error_message) : undefined,
		speakers: speakers.size > 0 ? ([...speakers] as string[]) : undefined,
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
