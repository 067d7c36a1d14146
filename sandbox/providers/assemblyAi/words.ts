import type { Recognition } from '../../audio/recognize';
import type { Params } from './params';
import type { Word } from './result';

/** A word of the transcript and the spoken words it is based on. */
export interface Token extends Word {
	/** Indexes of the first and last spoken words. */
	first: number;
	last: number;
	/** Index of the utterance it belongs to. */
	utterance: number;
}

/** Returns the words between `audio_start_from` and `audio_end_at`, labeled and formatted as requested. */
export function tokens(heard: Recognition, params: Params): Token[] {
	const from = params.audio_start_from ?? 0;
	const to = params.audio_end_at ?? Infinity;
	const all = heard.words.map((word, index): Token => {
		const channel = params.multichannel ? String(word.channel) : undefined;
		return {
			text: spell(plain(word.text, params), params),
			start: Math.round(word.start * 1000),
			end: Math.round(word.end * 1000),
			confidence: confidence(word.text, index),
			speaker: speakerLabel(word.speaker, channel, params),
			...(channel === undefined ? {} : { channel }),
			first: index,
			last: index,
			utterance: heard.utterances.findIndex(({ firstWord, lastWord }) => index >= firstWord && index <= lastWord),
		};
	});
	return all.filter((token) => token.start >= from && token.end <= to);
}

/** Returns a letter for a speaker, a digit for a channel, or a label such as "1A" for a speaker within a channel (AssemblyAI docs, Speaker labels and Multichannel). */
function speakerLabel(speaker: number, channel: string | undefined, params: Params): string | null {
	const letter = String.fromCharCode(64 + speaker);
	if (channel === undefined) return params.speaker_labels ? letter : null;
	return params.speaker_labels ? channel + letter : channel;
}

function plain(text: string, params: Params): string {
	const spoken = params.punctuate === false ? text.replace(/[.,!?;:]+$/, '') : text;
	return params.format_text === false ? spoken.toLowerCase() : spoken;
}

/** Applies custom spelling. Matches `from` case-insensitively and preserves punctuation around the word (AssemblyAI docs, Custom spelling). */
function spell(text: string, params: Params): string {
	const [, before = '', core = '', after = ''] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u.exec(text) ?? [];
	const rule = params.custom_spelling?.find(({ from }) =>
		from.some((word) => word.toLowerCase() === core.toLowerCase()),
	);
	return rule ? before + rule.to + after : text;
}

/** Returns a value between 0.9 and 1 that depends only on the word and its position. */
function confidence(text: string, index: number): number {
	let hash = index * 31;
	for (const letter of text) hash = (hash * 33 + letter.charCodeAt(0)) % 1000;
	return Math.round((0.9 + hash / 10_001) * 10_000) / 10_000;
}
