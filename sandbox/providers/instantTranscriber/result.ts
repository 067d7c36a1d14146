import type { Recognition } from '../../audio/recognize';
import type { Params } from './params';

/** Times are in seconds. Units and field names are assumptions. */
export interface Segment {
	start: number;
	end: number;
	speaker?: string;
	text: string;
	words: Array<{ word: string; start: number; end: number; confidence: number }>;
}

export interface TranscriptResult {
	text: string;
	language: string;
	/** Seconds. */
	duration: number;
	/** `null` if timestamps are turned off. */
	segments: Segment[] | null;
	summaries: Partial<Record<'short' | 'detailed', string>> | null;
}

const NO_SUMMARY = 'The sandbox writes no summaries.';

/** Creates the transcript as requested. */
export function transcribe(heard: Recognition, params: Params): TranscriptResult {
	return {
		text: heard.words.map(({ text }) => text).join(' '),
		language: params.language === 'auto' ? heard.language : params.language,
		duration: heard.durationSeconds,
		segments: params.timestamps ? segments(heard, params) : null,
		summaries: summaries(params),
	};
}

function segments(heard: Recognition, params: Params): Segment[] {
	return heard.utterances.map(({ speaker, firstWord, lastWord, start, end, text }) => ({
		start,
		end,
		...(params.speaker_labels === 'none' ? {} : { speaker: `Speaker ${speaker}` }),
		text,
		words: heard.words
			.slice(firstWord, lastWord + 1)
			.map((word) => ({ word: word.text, start: word.start, end: word.end, confidence: 0.95 })),
	}));
}

function summaries({ summaries: wanted }: Params): TranscriptResult['summaries'] {
	if (wanted === 'none') return null;
	const kinds = wanted === 'both' ? (['short', 'detailed'] as const) : [wanted];
	return Object.fromEntries(kinds.map((kind) => [kind, NO_SUMMARY]));
}
