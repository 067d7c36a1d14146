import { eventIdOf, type JobStatus, type Transcript, type Utterance, type Word, withoutAbsent } from '../../transcript/model';
import { firstOf, isMembers, jobIn, layersOf, type Members, number, REASONS, reason, seconds, text, time } from './answer';
import { withoutProof } from './echo';
import { toStatus } from './status';

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
	const utterances = segments.map(toUtterance).filter((part) => part !== undefined);
	const callbackUrl = firstOf([job], ['callback_url', 'callbackUrl', 'webhook_url'], text);
	return {
		transcript: withoutAbsent<Transcript>({
			status,
			text: textIn(layers) ?? joined(utterances) ?? joined(words) ?? blankTextIn(layers),
			summary: summaryIn(layers),
			errorMessage: status === 'failed' ? errorIn(layers) : undefined,
			speakers: speakersIn(utterances.length > 0 ? utterances : words),
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

/** Who speaks, in the order of their first words. */
export function speakersIn(parts: ReadonlyArray<{ speaker?: string }>): string[] | undefined {
	const speakers = new Set(parts.map(({ speaker }) => speaker).filter((speaker) => speaker !== undefined));
	return speakers.size > 0 ? [...speakers] : undefined;
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
	const inSegments = segments.flatMap((segment) =>
		timedList([segment], ['words']).map((word): Members => (speakerOf(word) === undefined ? { ...word, speaker: speakerOf(segment) } : word)),
	);
	return (whole.length > 0 ? whole : inSegments)
		.map(toUtterance)
		.filter((part) => part !== undefined)
		.map((part): Word => ({ ...part, kind: 'word' }));
}

/** What has a text and both its times; anything else cannot be placed. */
function toUtterance(part: Members): Utterance | undefined {
	const spoken = firstOf([part], ['text', 'word', 'content', 'transcript'], text);
	const start = seconds(part, ['start', 'start_time', 'startTime'], ['start_ms', 'startMs']);
	const end = seconds(part, ['end', 'end_time', 'endTime'], ['end_ms', 'endMs']);
	if (spoken === undefined || start === undefined || end === undefined) return undefined;
	return withoutAbsent<Utterance>({
		text: spoken.trim(),
		start,
		end,
		speaker: speakerOf(part),
		channel: nameOf(part.channel),
		confidence: firstOf([part], ['confidence'], fraction),
	});
}

/** A name that was found says more than a label. */
function speakerOf(part: Members): string | undefined {
	return firstOf([part], ['speaker_name', 'speakerName', 'speaker', 'speaker_label', 'speaker_id'], nameOf);
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
