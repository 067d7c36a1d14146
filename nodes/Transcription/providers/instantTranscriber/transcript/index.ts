import {
	eventIdOf,
	type JobStatus,
	makeWord,
	type Transcript,
	type Utterance,
	type Word,
	withoutAbsent,
} from '../../../transcript/model';
import { speakersOf } from '../../../transcript/speakers';
import { readList } from '../../common/wordReader';
import {
	firstIn,
	firstOf,
	isMembers,
	jobIn,
	layersOf,
	type Members,
	number,
	reason,
	REASONS,
	seconds,
	text,
	time,
	toStatus,
	withoutProof,
} from './response';

/**
 * InstantTranscriber's response to `GET /v1/transcriptions/{id}`, converted to our model.
 *
 * Of the response, the pages only document `id`, `status` and `download_urls` (from the callback, instanttranscriber.com,
 * “Transcription webhooks”). The rest is read in the formats that speech-to-text services commonly use; unknown fields are
 * ignored and available with Output set to Raw. Times are in seconds unless the name of the field says milliseconds.
 */
export interface Reading {
	transcript: Transcript;
	callbackUrl?: string;
	/** Format, such as `srt`, to download link. */
	downloadUrls: ReadonlyMap<string, string>;
}

/**
 * @param id of the requested job
 * @returns undefined for a response that isn't about a job
 */
export function readTranscript(provider: string, id: string, response: unknown): Reading | undefined {
	if (!isMembers(response)) return undefined;
	const job = jobIn(response);
	const layers = layersOf(job);
	const status = statusIn(job, layers);
	if (status === undefined) return undefined;
	const segments = timedList(layers, ['utterances', 'segments']);
	const words = wordsIn(layers, segments);
	const utterances = readList(segments, toUtterance) ?? [];
	const callbackUrl = firstOf([job], ['callback_url', 'callbackUrl', 'webhook_url'], text);
	return {
		transcript: withoutAbsent<Transcript>({
			status,
			text: textIn(layers) ?? joined(utterances) ?? joined(words) ?? blankTextIn(layers),
			summary: summaryIn(layers),
			errorMessage: status === 'failed' ? errorIn(layers) : undefined,
			speakers: speakersOf(utterances.length > 0 ? utterances : words),
			language: firstOf(layers, ['language', 'language_code', 'detected_language'], languageIn),
			confidence: firstOf(layers, ['confidence'], fraction),
			durationSeconds: durationIn(layers),
			model: firstOf(layers, ['model'], text),
			provider,
			id,
			eventId: eventIdOf(provider, id, status),
			createdAt: firstOf([job], ['created_at', 'createdAt'], time),
			completedAt: firstOf([job], ['completed_at', 'completedAt', 'finished_at'], time),
			utterances: utterances.length > 0 ? utterances : undefined,
			words: words.length > 0 ? words : undefined,
			raw: withoutProof(response),
		}),
		...(callbackUrl !== undefined && { callbackUrl }),
		downloadUrls: downloadUrlsIn(layers),
	};
}

function statusIn(job: Members, layers: readonly Members[]): JobStatus | undefined {
	const reported = firstOf([job], ['status', 'state'], text);
	if (reported !== undefined) return toStatus(reported);
	// A response with text is complete even without a status.
	if (textIn(layers) !== undefined) return 'completed';
	// An error without the job's ID is about the request.
	return 'id' in job && firstOf([job], ['error', 'error_message'], reason) !== undefined ? 'failed' : undefined;
}

const TEXTS = ['text', 'transcript', 'transcription', 'full_text'];

function textIn(layers: readonly Members[]): string | undefined {
	return firstOf(layers, TEXTS, text);
}

/** The empty text of a recording without speech. */
function blankTextIn(layers: readonly Members[]): string | undefined {
	return firstOf(layers, TEXTS, (value) => (typeof value === 'string' ? '' : undefined));
}

/**
 * A single summary, or both kinds with the short one first (instanttranscriber.com, “API”: `summaries` is `short`,
 * `detailed` or `both`).
 */
function summaryIn(layers: readonly Members[]): string | undefined {
	const found = firstOf(
		layers,
		['summary', 'summaries'],
		(value) => text(value) ?? (isMembers(value) ? value : undefined),
	);
	if (typeof found === 'string') return found;
	const kinds = ['short', 'detailed'].map(
		(kind) => text(found?.[kind]) ?? firstOf(layers, [`${kind}_summary`, `summary_${kind}`], text),
	);
	return kinds.filter((kind) => kind !== undefined).join('\n\n') || undefined;
}

/** `auto` is the requested language, not the detected one. */
function languageIn(value: unknown): string | undefined {
	return value === 'auto' ? undefined : text(value);
}

function errorIn(layers: readonly Members[]): string | undefined {
	const message = firstOf(layers, REASONS, reason);
	return message === undefined ? undefined : (withoutProof(message) as string);
}

function durationIn(layers: readonly Members[]): number | undefined {
	for (const layer of layers) {
		const duration = seconds(
			layer,
			['duration', 'duration_seconds', 'audio_duration', 'audio_duration_seconds'],
			['duration_ms', 'audio_duration_ms'],
		);
		if (duration !== undefined) return duration;
	}
	return undefined;
}

function downloadUrlsIn(layers: readonly Members[]): Map<string, string> {
	const links = firstOf(layers, ['download_urls', 'downloadUrls'], (value) => (isMembers(value) ? value : undefined));
	const urls = Object.entries(links ?? {}).filter((entry): entry is [string, string] => text(entry[1]) !== undefined);
	return new Map(urls.map(([format, url]) => [format.toLowerCase(), url]));
}

function timedList(layers: readonly Members[], names: readonly string[]): Members[] {
	return (
		firstOf(layers, names, (value) =>
			Array.isArray(value) && value.length > 0 ? value.filter(isMembers) : undefined,
		) ?? []
	);
}

/** The words of the transcript or, if there are none, of its segments; the speaker of a segment applies to all its words. */
function wordsIn(layers: readonly Members[], segments: readonly Members[]): Word[] {
	const whole = timedList(layers, ['words']);
	if (whole.length > 0) return readList(whole, (word) => toWord(word)) ?? [];
	return segments.flatMap((segment) => {
		const speaker = speakerOf(segment);
		return readList(timedList([segment], ['words']), (word) => toWord(word, speaker)) ?? [];
	});
}

const SPOKEN = ['text', 'word', 'content', 'transcript'];
const STARTS = ['start', 'start_time', 'startTime'];
const STARTS_MS = ['start_ms', 'startMs'];
const ENDS = ['end', 'end_time', 'endTime'];
const ENDS_MS = ['end_ms', 'endMs'];
/** Names take precedence over labels. */
const SPEAKERS = ['speaker_name', 'speakerName', 'speaker', 'speaker_label', 'speaker_id'];

function toWord(part: unknown, speakerOfSegment?: string): Word | undefined {
	const spoken = timedTextIn(part);
	if (spoken === undefined) return undefined;
	const { text, start, end, confidence, speaker = speakerOfSegment, channel } = spoken;
	return makeWord({ text, start, end, confidence, speaker, channel, kind: 'word' });
}

function toUtterance(part: unknown): Utterance | undefined {
	const spoken = timedTextIn(part);
	return spoken && withoutAbsent(spoken);
}

/** @returns undefined unless there is text with a start and an end */
function timedTextIn(part: unknown): Utterance | undefined {
	if (!isMembers(part)) return undefined;
	const spoken = firstIn(part, SPOKEN, text);
	const start = seconds(part, STARTS, STARTS_MS);
	const end = seconds(part, ENDS, ENDS_MS);
	if (spoken === undefined || start === undefined || end === undefined) return undefined;
	return {
		text: spoken.trim(),
		start,
		end,
		speaker: speakerOf(part),
		channel: nameOf(part.channel),
		confidence: fraction(part.confidence),
	};
}

function speakerOf(part: Members): string | undefined {
	return firstIn(part, SPEAKERS, nameOf);
}

function nameOf(value: unknown): string | undefined {
	if (isMembers(value)) return firstOf([value], ['name', 'label', 'id'], nameOf);
	return typeof value === 'number' ? String(value) : text(value);
}

function fraction(value: unknown): number | undefined {
	const parsed = number(value);
	return parsed !== undefined && parsed >= 0 && parsed <= 1 ? parsed : undefined;
}

function joined(parts: ReadonlyArray<{ text: string }>): string | undefined {
	return parts.length > 0 ? parts.map((part) => part.text).join(' ') : undefined;
}
