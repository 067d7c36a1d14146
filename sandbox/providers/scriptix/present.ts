import type { SpokenWord } from '../../audio/sample';
import type { Entry } from './store';

/** Returns the service's name for the status. The two generations use different names, `uploaded` and `queued`, for the same status. */
export function statusOf({ job, generation }: Entry): string {
	if (!job) return 'new';
	if (job.status === 'queued') return generation === 'stt' ? 'uploaded' : 'queued';
	if (job.status === 'completed') return generation === 'stt' ? 'completed' : 'done';
	return job.status;
}

/** Returns a session (docs.scriptix.io, API, Get session). */
export function presentSession(entry: Entry): Record<string, unknown> {
	const { id, params, job, heard, documentId, createdAt } = entry;
	return {
		id,
		session_id: id,
		status: statusOf(entry),
		filename: params.fileName,
		duration: heard?.durationSeconds ?? null,
		language: params.language,
		media_type: 'audio',
		media_url: null,
		error: job?.errorMessage ?? null,
		created_at: createdAt.toISOString(),
		started_at: job?.createdAt.toISOString() ?? null,
		finished_at: job?.finishedAt?.toISOString() ?? null,
		document: documentId === null ? null : { id: documentId, name: params.fileName, type: params.documentType },
		...params.shown,
	};
}

/** Returns a session's result. Words are `[word, start, end, confidence]` (docs.scriptix.io, Core APIs, Get result). */
export function presentResult(entry: Entry): Record<string, unknown> {
	const { id, params, heard } = entry;
	const results = (heard?.utterances ?? []).map(({ firstWord, lastWord, speaker, channel, text }) => ({
		result: (heard?.words ?? []).slice(firstWord, lastWord + 1).map(({ text, start, end }) => [text, start, end, 0.97]),
		speaker: params.diarization ? `S${speaker}` : null,
		text,
		sconf: 0.97,
		channel: channel - 1,
	}));
	return {
		count: 1,
		total_results: 1,
		result: {
			duration: heard?.durationSeconds ?? 0,
			error: null,
			filename: params.fileName,
			media_type: 'audio',
			media_url: null,
			session_id: id,
			status: statusOf(entry),
			results,
		},
	};
}

/** Returns the response to an upload (docs.scriptix.io, Batch, Upload, Response). */
export function presentJob(entry: Entry): Record<string, unknown> {
	const { id, params, heard, createdAt } = entry;
	return {
		id,
		status: statusOf(entry),
		language: params.language,
		duration_seconds: heard?.durationSeconds ?? null,
		created_at: createdAt.toISOString(),
	};
}

/**
 * Returns a job's status (docs.scriptix.io, Batch, Overview, Check Status). How the service reports the reason for a
 * failure isn't documented. Here, it is in `error`, as in a session.
 */
export function presentStatus(entry: Entry): Record<string, unknown> {
	const { id, job, documentId } = entry;
	return {
		id,
		status: statusOf(entry),
		progress: job?.status === 'completed' ? 100 : 0,
		...(documentId !== null && { document_id: documentId }),
		...(job?.errorMessage && { error: job.errorMessage }),
	};
}

/** Returns a job's result, with times in seconds (docs.scriptix.io, Batch, Retrieve Results). */
export function presentJobResult(entry: Entry): Record<string, unknown> {
	const { id, params, heard, documentId } = entry;
	const segments = segmentsOf(entry);
	return {
		id,
		document_id: documentId,
		status: statusOf(entry),
		language: languageOf(entry),
		duration_seconds: heard?.durationSeconds ?? 0,
		transcript: segments.map(({ text }) => text).join(' '),
		segments,
		...(params.diarization && { speakers: speakersOf(segments) }),
	};
}

/** Returns the requested language or, if none was requested, the detected one. */
export function languageOf({ params, heard }: Entry): string {
	return params.language === 'auto' ? (heard?.language ?? 'auto') : params.language;
}

export function presentDocument(entry: Entry): Record<string, unknown> {
	const { id, params, documentId } = entry;
	return {
		id: documentId,
		job_id: id,
		name: params.fileName,
		language: languageOf(entry),
		segments: segmentsOf(entry),
	};
}

interface Segment {
	text: string;
	speaker?: string;
}

/**
 * Returns the segments. The service doesn't document when they contain words. Here, they do if `timestamps` is `word`.
 */
function segmentsOf({ params, heard }: Entry): Segment[] {
	const words = heard?.words ?? [];
	const speakerOf = ({ speaker }: { speaker: number }) => (params.diarization ? { speaker: `Speaker ${speaker}` } : {});
	const toWord = (word: SpokenWord) => ({
		word: word.text,
		start: word.start,
		end: word.end,
		confidence: 0.97,
		...speakerOf(word),
	});
	return (heard?.utterances ?? []).map((utterance) => ({
		start: utterance.start,
		end: utterance.end,
		text: utterance.text,
		...speakerOf(utterance),
		confidence: 0.97,
		...(params.wordTimes && { words: words.slice(utterance.firstWord, utterance.lastWord + 1).map(toWord) }),
	}));
}

function speakersOf(segments: readonly Segment[]): object[] {
	const ids = [...new Set(segments.map(({ speaker }) => speaker))];
	return ids.map((id) => ({ id, segments_count: segments.filter(({ speaker }) => speaker === id).length }));
}
