import type { SpokenWord } from '../../audio/sample';
import type { Entry } from './store';

/** The service's name for the status. `uploaded` and `queued` are the same status in the two generations. */
export function statusOf({ job, generation }: Entry): string {
	if (!job) return 'new';
	if (job.status === 'queued') return generation === 'stt' ? 'uploaded' : 'queued';
	if (job.status === 'completed') return generation === 'stt' ? 'completed' : 'done';
	return job.status;
}

/** docs.scriptix.io, API, Get session. */
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

/** docs.scriptix.io, Core APIs, Get result: words are `[word, start, end, confidence]`. */
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

/** The response for a job of the batch upload API isn't documented. Here, it is the response to the submit plus the document. */
export function presentJob(entry: Entry): Record<string, unknown> {
	const { id, params, heard, job, documentId, createdAt } = entry;
	return {
		id,
		status: statusOf(entry),
		language: params.language,
		duration_seconds: heard?.durationSeconds ?? null,
		created_at: createdAt.toISOString(),
		...(documentId !== null && { document_id: documentId }),
		...(job?.errorMessage && { error: { code: 'transcription_failed', message: job.errorMessage } }),
	};
}

export function presentDocument({ id, params, heard, documentId }: Entry): Record<string, unknown> {
	const words = heard?.words ?? [];
	const speakerOf = ({ speaker }: { speaker: number }) => (params.diarization ? { speaker: `Speaker ${speaker}` } : {});
	const toWord = (word: SpokenWord) => ({
		word: word.text,
		start: word.start,
		end: word.end,
		confidence: 0.97,
		...speakerOf(word),
	});
	return {
		id: documentId,
		job_id: id,
		name: params.fileName,
		language: params.language,
		segments: (heard?.utterances ?? []).map((utterance) => ({
			text: utterance.text,
			start: utterance.start,
			end: utterance.end,
			...speakerOf(utterance),
			...(params.wordTimes && { words: words.slice(utterance.firstWord, utterance.lastWord + 1).map(toWord) }),
		})),
	};
}
