import type { SpokenWord } from '../../audio/sample';
import { additionalFormat } from './formats';
import type { Params } from './params';
import type { TranscriptEntry } from './store';
import type { Word } from './word';

/** Returns the transcript of a completed job in one of the service's two formats (ElevenLabs OpenAPI, SpeechToTextChunkResponseModel and MultichannelSpeechToTextResponseModel). */
export function presentTranscript(entry: TranscriptEntry): Record<string, unknown> {
	const { heard, params, job } = entry;
	if (!heard) throw new Error("the job's recording wasn't processed yet");
	const ends = { transcription_id: job.id, audio_duration_secs: heard.durationSeconds };
	if (!params.use_multi_channel) return { ...chunk(entry, heard.words, null), ...editOf(entry), ...ends };
	// A mono recording results in a single transcript (ElevenLabs docs, Multichannel transcription).
	if (heard.channels === 1) return { ...chunk(entry, heard.words, 0), ...ends };
	if (params.multichannel_output_style === 'combined') return { ...chunk(entry, heard.words, 'each'), ...ends };
	const transcripts = Array.from({ length: heard.channels }, (_, index) =>
		chunk(
			entry,
			heard.words.filter(({ channel }) => channel === index + 1),
			index,
		),
	);
	return { transcripts, ...ends };
}

function chunk(
	{ heard, params }: TranscriptEntry,
	spoken: SpokenWord[],
	channel: number | 'each' | null,
): Record<string, unknown> {
	const words = wordsOf(spoken, params, channel);
	const text = words.map((word) => word.text).join('');
	const index = typeof channel === 'number' ? channel : null;
	return {
		language_code: params.language_code ?? threeLetters(heard?.language ?? 'en'),
		language_probability: params.language_code === undefined ? 0.98 : 1,
		text,
		words,
		channel_index: index,
		additional_formats: params.additional_formats?.map((options) => additionalFormat(options, text, words)) ?? null,
		transcription_id: null,
		entities:
			params.entity_detection.length > 0 && params.entity_redaction.length === 0
				? entities(heard?.entities ?? [], text)
				: null,
		audio_duration_secs: heard?.durationSeconds ?? null,
	};
}

/**
 * Returns the edited text, or an error (ElevenLabs JavaScript SDK 2.73.0, SpeechToTextChunkResponseModelEditedTranscript). The
 * sandbox can't edit text. It repeats the text, and fails if the instruction is "fail".
 */
function editOf({ params, heard }: TranscriptEntry): Record<string, unknown> {
	if (params.transcript_edit === undefined) return {};
	if (params.transcript_edit === 'fail') {
		const message = 'The edit could not be produced.';
		return { edited_transcript: { kind: 'error', error_type: 'edit_failed', message } };
	}
	const text = (heard?.words ?? []).map((word) => word.text).join(' ');
	const edited_text = `[${params.transcript_edit}] ${text}`;
	return { edited_transcript: { kind: 'transcript', message_type: 'edited_transcript', text, edited_text } };
}

function wordsOf(spoken: SpokenWord[], params: Params, channel: number | 'each' | null): Word[] {
	const timed = params.timestamps_granularity !== 'none';
	return spoken.flatMap((one, index): Word[] => {
		const shared = {
			speaker_id: speakerId(one, params, channel !== null),
			channel_index: channel === 'each' ? one.channel - 1 : channel,
		};
		const word: Word = {
			...shared,
			text: one.text,
			start: timed ? one.start : null,
			end: timed ? one.end : null,
			type: 'word',
			logprob: logprob(one.text, index),
			characters: params.timestamps_granularity === 'character' ? characters(one) : null,
		};
		const next = spoken[index + 1];
		if (!next) return [word];
		// The spacing extends to the next word. Words of different channels may overlap.
		const spacing: Word = {
			...word,
			text: ' ',
			type: 'spacing',
			start: word.end,
			end: timed ? Math.max(one.end, next.start) : null,
			logprob: 0,
			characters: null,
		};
		return [word, spacing];
	});
}

/** Returns a word's speaker ID. With several channels, each channel is a speaker (ElevenLabs docs, Multichannel transcription). */
function speakerId({ channel, speaker }: SpokenWord, params: Params, isMultichannel: boolean): string | null {
	if (isMultichannel) return `speaker_${channel - 1}`;
	return params.diarize ? speakerName(speaker, params) : null;
}

/** Returns a speaker's ID or role (ElevenLabs API reference, diarize and detect_speaker_roles). */
function speakerName(speaker: number, params: Params): string {
	if (params.detect_speaker_roles) return speaker === 1 ? 'agent' : 'customer';
	return `speaker_${speaker - 1}`;
}

function characters({ text, start, end }: SpokenWord): Word['characters'] {
	const step = (end - start) / text.length;
	return [...text].map((letter, index) => ({
		text: letter,
		start: start + index * step,
		end: start + (index + 1) * step,
	}));
}

function entities(known: Array<{ type: string; text: string }>, text: string): Array<Record<string, unknown>> {
	return known.flatMap((entity) => {
		const start = text.indexOf(entity.text);
		return start < 0
			? []
			: [{ text: entity.text, entity_type: entity.type, start_char: start, end_char: start + entity.text.length }];
	});
}

const THREE_LETTERS: Record<string, string> = { en: 'eng', de: 'deu', es: 'spa', fr: 'fra' };

/** Converts a language code to ISO 639-3, which the service returns. */
function threeLetters(code: string): string {
	return THREE_LETTERS[code] ?? code;
}

/** Returns a value between -0.1 and 0 that depends only on the word and its position. */
function logprob(text: string, index: number): number {
	let hash = index * 31;
	for (const letter of text) hash = (hash * 33 + letter.charCodeAt(0)) % 1000;
	return -hash / 10_000;
}
