import { parseHttpUrl } from '../../core/url';
import { z } from 'zod';
import {
	eventIdOf,
	type JobStatus,
	makeWord,
	type RawUtterance,
	type RawWord,
	type Transcript,
	type Utterance,
	type Word,
	withoutAbsent,
} from '../../transcript/model';
import { wordWarnings } from '../../transcript/completeness';
import { joinWords } from '../../transcript/join';
import { withMarks } from '../../transcript/marks';
import { recordingNameOf } from '../../transcript/recordingName';
import { speakersOf } from '../../transcript/speakers';
import { completeSegments, wordsOfSegments, type RawSegment } from '../../transcript/segmentTimes';
import { withTimes } from '../../transcript/wordTimes';
import { lenient } from '../common/schemas';
import { asLabel, asNumber, asText, type Fields, isFields, isNumber, readList } from '../common/wordReader';
import { NAME } from './constants';

/*
 * Converts Scriptix's responses about a job to our model.
 *
 * Sessions and their results are documented (docs.scriptix.io, API, “Get session”; Core APIs, “Get result”), and so are
 * batch upload jobs and their results (Batch, “Overview” and “Retrieve Results”: segments with times in seconds). Words
 * in segments aren't documented, so they are read in common formats. The times of a session's words are assumed to be
 * in seconds, which the docs don't state explicitly.
 */

const text = lenient(z.string());
export const label = lenient(z.union([z.string().min(1), z.number()]).transform(String));
const number = lenient(z.number());
const date = lenient(z.string().regex(/^\d{4}-\d\d-\d\dT/));
const reason = lenient(
	z.union([z.string().min(1), z.object({ message: z.string().min(1) }).transform(({ message }) => message)]),
);

/** Key of the callback URL in the session's metadata. */
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
	filename: text,
	document: lenient(z.object({ id: label, name: text })),
	document_id: label,
	webhook_url: text,
	meta_data: lenient(z.object({ [CALLBACK_URL]: text })),
});

export type ProviderJob = z.infer<typeof jobSchema>;

/**
 * Whether a session returns `webhook_url` isn't documented. The docs say that `meta_data` is stored, but not that it is
 * returned.
 */
export function callbackUrlOf({ webhook_url: url, meta_data: metadata }: ProviderJob): string | undefined {
	return url ?? parseHttpUrl(metadata?.[CALLBACK_URL] ?? '')?.href;
}

/** All statuses that appear in the docs, plus common names for final statuses, because there is no complete list. */
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

/** Treats undocumented statuses as still processing, never as final. */
export function toStatus(status: string): JobStatus {
	return STATUSES.get(status.trim().toLowerCase()) ?? 'processing';
}

/** Unwraps the envelope that most responses have. */
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
 * Returns the ID of a job's document.
 * @param raw the responses that the transcript was read from: `session`, `status`, `result`, `job`, `document`
 * @param id of the requested job; used as the document's ID if there is no other
 */
export function documentIdIn(raw: unknown, id: string): string | undefined {
	const responses = ['session', 'status', 'result', 'job', 'document'].map((name) => unwrapped(memberOf(raw, name)));
	const ids = responses.map((response) => documentIdOf(jobSchema.safeParse(response).data ?? ({} as ProviderJob)));
	const document = responses.at(-1);
	const found = ids.find((documentId) => documentId !== undefined) ?? label.parse(memberOf(document, 'id'));
	return found ?? (document === undefined ? undefined : id);
}

/** The spoken content of a transcript. */
export interface Content {
	text: string;
	utterances?: Utterance[];
	words?: Word[];
	warnings?: string[];
}

/** Ignores values outside 0 to 1 because their meaning isn't documented. */
function asFraction(value: unknown): number | undefined {
	return isNumber(value) && value >= 0 && value <= 1 ? value : undefined;
}

/** Treats an empty name as absent. */
function asName(value: unknown): string | undefined {
	return asLabel(value) || undefined;
}

/**
 * Reads a word. The list format comes from docs.scriptix.io, Core APIs, “Get result”: `[word, start, end, confidence]`.
 */
function readWord(entry: unknown, segment?: { speaker?: string; channel?: string }): RawWord | undefined {
	if (Array.isArray(entry)) {
		const [text, start, end, confidence] = entry as unknown[];
		return wordOf(text, start, end, confidence, segment?.speaker, segment?.channel);
	}
	if (!isFields(entry)) return undefined;
	const { word, text, start, end, confidence, speaker, channel } = entry;
	const spoken = typeof word === 'string' ? word : text;
	return wordOf(
		spoken,
		start,
		end,
		confidence,
		asName(speaker) ?? segment?.speaker,
		asName(channel) ?? segment?.channel,
	);
}

function wordOf(
	text: unknown,
	start: unknown,
	end: unknown,
	confidence: unknown,
	speaker?: string,
	channel?: string,
): RawWord | undefined {
	if (typeof text !== 'string' || text.trim() === '') return undefined;
	const times = { start: asNumber(start), end: asNumber(end) };
	return makeWord({ text: text.trim(), ...times, confidence: asFraction(confidence), speaker, channel, kind: 'word' });
}

/** Reads a segment by one speaker. */
function readPart(segment: unknown): RawSegment | undefined {
	if (!isFields(segment)) return undefined;
	const [speaker, channel] = [asName(segment.speaker), asName(segment.channel)];
	const read = (word: unknown) => readWord(word, { speaker, channel });
	const words = readList(segment.result, read) ?? readList(segment.words, read) ?? [];
	const utterance = withoutAbsent<RawUtterance>({
		text: asText(segment.text) ?? joinWords(words),
		start: asNumber(segment.start),
		end: asNumber(segment.end),
		speaker,
		channel,
		confidence: asFraction(segment.sconf) ?? asFraction(segment.confidence),
	});
	return { words, utterance };
}

/** Fields that may contain the content. */
const CONTENT_FIELDS = ['transcript', 'content', 'document', 'result', 'data'];

/** Finds the content anywhere in a response. Returns undefined if the response has none of the known fields. */
export function contentOf(response: unknown, depth = 0): Content | undefined {
	if (!isFields(response)) return undefined;
	const content = contentIn(response);
	if (content || depth > 2) return content;
	for (const field of CONTENT_FIELDS) {
		const found = contentOf(response[field], depth + 1);
		if (found) return found;
	}
	return undefined;
}

function contentIn({
	text,
	transcript,
	content,
	results,
	segments,
	utterances: utteranceList,
	words,
}: Fields): Content | undefined {
	const parts = readList(results, readPart) ?? readList(segments, readPart) ?? readList(utteranceList, readPart);
	const fullText = asText(text) ?? asText(transcript) ?? asText(content);
	const allWords = readList(words, (word) => readWord(word));
	if (!parts && fullText === undefined && !allWords) return undefined;
	const inServiceOrder = parts?.map(({ utterance }) => utterance) ?? [];
	const raw = allWords ? withMarks(allWords) : wordsOfSegments(parts ?? []);
	const warnings = wordWarnings(fullText ?? joined(inServiceOrder), raw, parts);
	const utterances = parts && completeSegments(parts);
	const timed = withTimes(raw);
	return withoutAbsent<Content>({
		text: fullText ?? (parts ? joined(utterances ?? inServiceOrder) : joinWords(timed)),
		utterances: orAbsentList(utterances),
		words: orAbsentList(timed),
		warnings,
	});
}

function joined(parts: ReadonlyArray<{ text: string }>): string {
	return joinWords(parts.map(({ text }) => ({ text: text.trim() })).filter(({ text }) => text !== ''));
}

function orAbsentList<T>(list: T[] | undefined): T[] | undefined {
	return list && list.length > 0 ? list : undefined;
}

/** @param id of the requested job, as in its callback */
export function toTranscript(
	id: string,
	status: JobStatus,
	job: ProviderJob,
	content: Content | undefined,
	raw: unknown,
): Transcript {
	return withoutAbsent<Transcript>({
		status,
		text: content?.text,
		warnings: content?.warnings,
		errorMessage: status === 'failed' ? (job.error ?? job.error_message) : undefined,
		speakers: speakersOf(content?.utterances ?? content?.words ?? []),
		language: job.language,
		durationSeconds: job.duration_seconds ?? job.duration,
		recordingName: recordingNameOf(job.filename, job.document?.name),
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
