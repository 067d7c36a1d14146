import {
	eventIdOf,
	type JobStatus,
	makeWord,
	type RawUtterance,
	type RawWord,
	type Transcript,
	withoutAbsent,
} from '../../../transcript/model';
import { wordWarnings } from '../../../transcript/completeness';
import { joinWords } from '../../../transcript/join';
import { withMarks } from '../../../transcript/marks';
import { recordingNameOf } from '../../../transcript/recordingName';
import { speakersOf } from '../../../transcript/speakers';
import { completeSegments, wordsOfSegments, type RawSegment } from '../../../transcript/segmentTimes';
import { withTimes } from '../../../transcript/wordTimes';
import { type Fields, isFields, readList } from '../../common/wordReader';
import {
	firstIn,
	firstValue,
	jobIn,
	candidateObjects,
	asNumeric,
	asErrorText,
	ERROR_FIELDS,
	readSeconds,
	asNonBlankText,
	asIsoTime,
	SUMMARY_CHOICES,
	toStatus,
	redactCallbackSecrets,
} from './response';

/**
 * InstantTranscriber's response to `GET /v1/transcriptions/{id}`, converted to our model.
 *
 * The only documented fields are `id`, `status`, and `download_urls`, which are shown for the callback
 * (instanttranscriber.com, “Transcription webhooks”). All other fields are read in the formats that speech-to-text
 * services commonly use. Unknown fields are ignored, but are available with Output set to Raw. Times are in seconds
 * unless the field's name says milliseconds.
 */
export interface ParsedResponse {
	transcript: Transcript;
	callbackUrl?: string;
	/** Maps a format, such as `srt`, to its download link. */
	downloadUrls: ReadonlyMap<string, string>;
}

const RECORDING_NAMES = ['file_name', 'filename', 'original_filename', 'title'];

/**
 * @param id of the requested job
 * @returns undefined for a response that isn't about a job
 */
export function readTranscript(provider: string, id: string, response: unknown): ParsedResponse | undefined {
	if (!isFields(response)) return undefined;
	const job = jobIn(response);
	const candidates = candidateObjects(job);
	const status = statusIn(job, candidates);
	if (status === undefined) return undefined;
	const segments = readSegments(candidates);
	const raw = wordsIn(candidates, segments);
	const inServiceOrder = segments.map(({ utterance }) => utterance);
	const ownText = textIn(candidates);
	const warnings = wordWarnings(ownText ?? joined(inServiceOrder), raw, segments);
	const durationSeconds = durationIn(candidates);
	const utterances = completeSegments(segments, { end: durationSeconds });
	const words = withTimes(raw, { end: durationSeconds });
	const callbackUrl = firstValue([job], ['callback_url', 'callbackUrl', 'webhook_url'], asNonBlankText);
	return {
		transcript: withoutAbsent<Transcript>({
			status,
			text: ownText ?? joined(utterances ?? inServiceOrder) ?? joined(words) ?? blankTextIn(candidates),
			summary: summaryIn(candidates),
			errorMessage: status === 'failed' ? errorIn(candidates) : undefined,
			warnings,
			speakers: speakersOf(utterances && utterances.length > 0 ? utterances : words),
			language: firstValue(candidates, ['language', 'language_code', 'detected_language'], languageIn),
			confidence: firstValue(candidates, ['confidence'], fraction),
			durationSeconds,
			recordingName: recordingNameOf(firstValue([job], RECORDING_NAMES, asNonBlankText)),
			model: firstValue(candidates, ['model'], asNonBlankText),
			provider,
			id,
			eventId: eventIdOf(provider, id, status),
			createdAt: firstValue([job], ['created_at', 'createdAt'], asIsoTime),
			completedAt: firstValue([job], ['completed_at', 'completedAt', 'finished_at'], asIsoTime),
			utterances: utterances && orAbsentList(utterances),
			words: orAbsentList(words),
			raw: redactCallbackSecrets(response),
		}),
		...(callbackUrl !== undefined && { callbackUrl }),
		downloadUrls: downloadUrlsIn(candidates),
	};
}

function statusIn(job: Fields, candidates: readonly Fields[]): JobStatus | undefined {
	const reported = firstValue([job], ['status', 'state'], asNonBlankText);
	if (reported !== undefined) return toStatus(reported);
	// A response with text is complete even without a status.
	if (textIn(candidates) !== undefined) return 'completed';
	// An error without the job's ID is about the request.
	return 'id' in job && firstValue([job], ['error', 'error_message'], asErrorText) !== undefined ? 'failed' : undefined;
}

const TEXTS = ['text', 'transcript', 'transcription', 'full_text'];

function textIn(candidates: readonly Fields[]): string | undefined {
	return firstValue(candidates, TEXTS, asNonBlankText);
}

/** Returns the empty text of a recording without speech. */
function blankTextIn(candidates: readonly Fields[]): string | undefined {
	return firstValue(candidates, TEXTS, (value) => (typeof value === 'string' ? '' : undefined));
}

/**
 * Returns a single summary, or both kinds with the short one first (instanttranscriber.com, “API”: `summaries` is
 * `short`, `detailed`, or `both`).
 */
function summaryIn(candidates: readonly Fields[]): string | undefined {
	const found = firstValue(
		candidates,
		['summary', 'summaries'],
		(value) => summaryText(value) ?? (isFields(value) ? value : undefined),
	);
	if (typeof found === 'string') return found;
	const kinds = ['short', 'detailed'].map(
		(kind) =>
			asNonBlankText(found?.[kind]) ?? firstValue(candidates, [`${kind}_summary`, `summary_${kind}`], asNonBlankText),
	);
	return kinds.filter((kind) => kind !== undefined).join('\n\n') || undefined;
}

/** Returns the text unless it is the requested option, such as `both`, which the response may repeat. */
function summaryText(value: unknown): string | undefined {
	return SUMMARY_CHOICES.includes(value as string) ? undefined : asNonBlankText(value);
}

/** Reads the detected language. Ignores `auto`, which is the requested language. */
function languageIn(value: unknown): string | undefined {
	return value === 'auto' ? undefined : asNonBlankText(value);
}

function errorIn(candidates: readonly Fields[]): string | undefined {
	const message = firstValue(candidates, ERROR_FIELDS, asErrorText);
	return message === undefined ? undefined : (redactCallbackSecrets(message) as string);
}

function durationIn(candidates: readonly Fields[]): number | undefined {
	for (const candidate of candidates) {
		const duration = readSeconds(
			candidate,
			['duration', 'duration_seconds', 'audio_duration', 'audio_duration_seconds'],
			['duration_ms', 'audio_duration_ms'],
		);
		if (duration !== undefined) return duration;
	}
	return undefined;
}

function downloadUrlsIn(candidates: readonly Fields[]): Map<string, string> {
	const links = firstValue(candidates, ['download_urls', 'downloadUrls'], (value) =>
		isFields(value) ? value : undefined,
	);
	const urls = Object.entries(links ?? {}).filter(
		(entry): entry is [string, string] => asNonBlankText(entry[1]) !== undefined,
	);
	return new Map(urls.map(([format, url]) => [format.toLowerCase(), url]));
}

function timedList(candidates: readonly Fields[], names: readonly string[]): Fields[] {
	return (
		firstValue(candidates, names, (value) =>
			Array.isArray(value) && value.length > 0 ? value.filter(isFields) : undefined,
		) ?? []
	);
}

function readSegments(candidates: readonly Fields[]): RawSegment[] {
	return timedList(candidates, ['utterances', 'segments']).flatMap((segment) => {
		// The speaker of a segment applies to all its words.
		const speaker = speakerOf(segment);
		const words = readList(timedList([segment], ['words']), (word) => toWord(word, speaker)) ?? [];
		// A segment without its own text uses that of its words.
		const utterance = spokenIn(segment, joined(words));
		return utterance ? [{ words, utterance: withoutAbsent(utterance) }] : [];
	});
}

/** Returns the words of the transcript or, if there are none, of its segments. */
function wordsIn(candidates: readonly Fields[], segments: readonly RawSegment[]): RawWord[] {
	const whole = timedList(candidates, ['words']);
	if (whole.length > 0) return withMarks(readList(whole, (word) => toWord(word)) ?? []);
	return wordsOfSegments(segments);
}

function orAbsentList<T>(list: T[]): T[] | undefined {
	return list.length > 0 ? list : undefined;
}

const SPOKEN = ['text', 'word', 'content', 'transcript'];
const STARTS = ['start', 'start_time', 'startTime'];
const STARTS_MS = ['start_ms', 'startMs'];
const ENDS = ['end', 'end_time', 'endTime'];
const ENDS_MS = ['end_ms', 'endMs'];
/** Names take precedence over labels. */
const SPEAKERS = ['speaker_name', 'speakerName', 'speaker', 'speaker_label', 'speaker_id'];

function toWord(part: unknown, speakerOfSegment?: string): RawWord | undefined {
	const spoken = spokenIn(part);
	if (spoken === undefined) return undefined;
	const { text, start, end, confidence, speaker = speakerOfSegment, channel } = spoken;
	return makeWord({ text, start, end, confidence, speaker, channel, kind: 'word' });
}

/** @returns undefined unless there is text. Times may be missing. */
function spokenIn(part: unknown, otherText?: string): RawUtterance | undefined {
	if (!isFields(part)) return undefined;
	const spoken = firstIn(part, SPOKEN, asNonBlankText) ?? otherText;
	if (spoken === undefined) return undefined;
	return {
		text: spoken.trim(),
		start: readSeconds(part, STARTS, STARTS_MS),
		end: readSeconds(part, ENDS, ENDS_MS),
		speaker: speakerOf(part),
		channel: nameOf(part.channel),
		confidence: fraction(part.confidence),
	};
}

function speakerOf(part: Fields): string | undefined {
	return firstIn(part, SPEAKERS, nameOf);
}

function nameOf(value: unknown): string | undefined {
	if (isFields(value)) return firstValue([value], ['name', 'label', 'id'], nameOf);
	return typeof value === 'number' ? String(value) : asNonBlankText(value);
}

function fraction(value: unknown): number | undefined {
	const parsed = asNumeric(value);
	return parsed !== undefined && parsed >= 0 && parsed <= 1 ? parsed : undefined;
}

function joined(parts: ReadonlyArray<{ text: string }>): string | undefined {
	return parts.length > 0 ? joinWords(parts.map(({ text }) => ({ text }))) : undefined;
}
