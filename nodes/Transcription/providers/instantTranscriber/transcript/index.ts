import { eventIdOf, type JobStatus, makeWord, type Transcript, type Utterance, type Word, withoutAbsent } from '../../../transcript/model';
import { speakersOf } from '../../../transcript/speakers';
import { readList } from '../../common/wordReader';
import { firstIn, firstOf, isMembers, jobIn, layersOf, type Members, number, reason, REASONS, seconds, text, time, toStatus, withoutProof } from './response';

/**
 * InstantTranscriber's answer to `GET /v1/transcriptions/{id}` and how it becomes ours.
 *
 * Its pages name the request and nothing of the answer but `id`, `status` and `download_urls` (from the callback,
 * instanttranscriber.com, “Transcription webhooks”). The rest is read in the shapes that speech-to-text services
 * commonly use; what is not understood is absent and can be seen with Output: Raw. Times are taken for seconds unless
 * their name says milliseconds.
 */
export interface Reading {
	transcript: Transcript;
	callbackUrl?: string;
	/** Format, such as `srt`, to download link. */
	downloadUrls: ReadonlyMap<string, string>;
}

/**
 * @param id the job that was asked for
 * @returns undefined for an answer that says nothing about a job
 */
export function readTranscript(provider: string, id: string, answer: unknown): Reading | undefined {
	if (!isMembers(answer)) return undefined;
	const job = jobIn(answer);
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
			raw: withoutProof(answer),
		}),
		...(callbackUrl !== undefined && { callbackUrl }),
		downloadUrls: downloadUrlsIn(layers),
	};
}

function statusIn(job: Members, layers: readonly Members[]): JobStatus | undefined {
	const said = firstOf([job], ['status', 'state'], text);
	if (said !== undefined) return toStatus(said);
	// Without a status, a transcript speaks for itself.
	if (textIn(layers) !== undefined) return 'completed';
	// An error without the job's ID is about the request.
	return 'id' in job && firstOf([job], ['error', 'error_message'], reason) !== undefined ? 'failed' : undefined;
}

const TEXTS = ['text', 'transcript', 'transcription', 'full_text'];

function textIn(layers: readonly Members[]): string | undefined {
	return firstOf(layers, TEXTS, text);
}

/** Of a recording in which nothing is said. */
function blankTextIn(layers: readonly Members[]): string | undefined {
	return firstOf(layers, TEXTS, (value) => (typeof value === 'string' ? '' : undefined));
}

/**
 * One text, or the two kinds that can be asked for (instanttranscriber.com, “API”: `summaries` is `short`, `detailed` or
 * `both`), the short one first.
 */
function summaryIn(layers: readonly Members[]): string | undefined {
	const found = firstOf(layers, ['summary', 'summaries'], (value) => text(value) ?? (isMembers(value) ? value : undefined));
	if (typeof found === 'string') return found;
	const kinds = ['short', 'detailed'].map((kind) => text(found?.[kind]) ?? firstOf(layers, [`${kind}_summary`, `summary_${kind}`], text));
	return kinds.filter((kind) => kind !== undefined).join('\n\n') || undefined;
}

/** `auto` is what was asked for, not what was found. */
function languageIn(value: unknown): string | undefined {
	return value === 'auto' ? undefined : text(value);
}

function errorIn(layers: readonly Members[]): string | undefined {
	const said = firstOf(layers, REASONS, reason);
	return said === undefined ? undefined : (withoutProof(said) as string);
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
	const given = firstOf(layers, ['download_urls', 'downloadUrls'], (value) => (isMembers(value) ? value : undefined));
	const urls = Object.entries(given ?? {}).filter((entry): entry is [string, string] => text(entry[1]) !== undefined);
	return new Map(urls.map(([format, url]) => [format.toLowerCase(), url]));
}

function timedList(layers: readonly Members[], names: readonly string[]): Members[] {
	return firstOf(layers, names, (value) => (Array.isArray(value) && value.length > 0 ? value.filter(isMembers) : undefined)) ?? [];
}

/** Those of the whole transcript, else those inside its segments, where a segment's speaker speaks all its words. */
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
/** A name that was found says more than a label. */
const SPEAKERS = ['speaker_name', 'speakerName', 'speaker', 'speaker_label', 'speaker_id'];

function toWord(part: unknown, speakerOfSegment?: string): Word | undefined {
	const said = saidIn(part);
	if (said === undefined) return undefined;
	const { text, start, end, confidence, speaker = speakerOfSegment, channel } = said;
	return makeWord({ text, start, end, confidence, speaker, channel, kind: 'word' });
}

function toUtterance(part: unknown): Utterance | undefined {
	const said = saidIn(part);
	return said && withoutAbsent(said);
}

/** What has a text and both its times; anything else cannot be placed. */
function saidIn(part: unknown): Utterance | undefined {
	if (!isMembers(part)) return undefined;
	const spoken = firstIn(part, SPOKEN, text);
	const start = seconds(part, STARTS, STARTS_MS);
	const end = seconds(part, ENDS, ENDS_MS);
	if (spoken === undefined || start === undefined || end === undefined) return undefined;
	return { text: spoken.trim(), start, end, speaker: speakerOf(part), channel: nameOf(part.channel), confidence: fraction(part.confidence) };
}

function speakerOf(part: Members): string | undefined {
	return firstIn(part, SPEAKERS, nameOf);
}

function nameOf(value: unknown): string | undefined {
	if (isMembers(value)) return firstOf([value], ['name', 'label', 'id'], nameOf);
	return typeof value === 'number' ? String(value) : text(value);
}

function fraction(value: unknown): number | undefined {
	const given = number(value);
	return given !== undefined && given >= 0 && given <= 1 ? given : undefined;
}

function joined(parts: ReadonlyArray<{ text: string }>): string | undefined {
	return parts.length > 0 ? parts.map((part) => part.text).join(' ') : undefined;
}
