import type { Recognition } from '../../audio/recognize';
import type { SpokenWord } from '../../audio/sample';
import type { Params } from './params';

/** A token of the transcript (Soniox OpenAPI, TranscriptionTranscriptToken; Soniox Node SDK, TranscriptToken). */
interface Token {
	text: string;
	/** Translated tokens have no times. */
	start_ms?: number;
	end_ms?: number;
	confidence: number;
	speaker?: string;
	language?: string;
	source_language?: string;
	translation_status?: 'none' | 'original' | 'translation';
}

export interface Transcript {
	/** The text of all tokens, including translations. */
	text: string;
	tokens: Token[];
}

/** Maximum number of characters in a token, which is a part of a word. */
const LONGEST_PIECE = 3;

/** Languages without spaces between words. */
const UNSPACED = ['ja', 'th', 'zh'];

/** Creates the transcript as requested, utterance by utterance, each followed by its translation. */
export function transcribe(heard: Recognition, params: Params): Transcript {
	const target = targetLanguage(heard.language, params);
	const isSpaced = !UNSPACED.includes(heard.language);
	const withLanguage = Boolean(params.enable_language_identification || params.translation);
	const tokens = heard.utterances.flatMap(({ firstWord, lastWord }) => {
		const words = heard.words.slice(firstWord, lastWord + 1);
		const speaker = (word: SpokenWord | undefined) =>
			params.enable_speaker_diarization && word ? { speaker: String(word.speaker) } : {};
		const spoken = words.flatMap((word, index) =>
			pieces(word, isSpaced && firstWord + index > 0).map((piece) => ({
				...piece,
				...speaker(word),
				...(withLanguage && { language: heard.language }),
				...(params.translation && { translation_status: target ? ('original' as const) : ('none' as const) }),
			})),
		);
		return target === null
			? spoken
			: [
					...spoken,
					...translation(words, heard.language, target, firstWord > 0).map((piece) => ({
						...piece,
						...speaker(words[0]),
					})),
				];
	});
	return { text: tokens.map(({ text }) => text).join(''), tokens };
}

/** Returns the language of the translation. @returns `null` if there is no translation */
function targetLanguage(spoken: string, { translation: wanted }: Params): string | null {
	if (!wanted) return null;
	const { type, target_language: target, language_a: a, language_b: b } = wanted;
	const into = type === 'one_way' ? target : spoken === a ? b : spoken === b ? a : null;
	return into && into !== spoken ? into : null;
}

/** Splits a word into tokens, with a space before the first one and separate punctuation (Soniox docs, Timestamps). Times are spread evenly. */
function pieces(word: SpokenWord, withSpace: boolean): Token[] {
	const start = Math.round(word.start * 1000);
	const end = Math.round(word.end * 1000);
	const texts = cut(word.text);
	const at = (part: number) => start + Math.round(((end - start) * part) / texts.length);
	return texts.map((text, index) => ({
		text: index === 0 && withSpace ? ` ${text}` : text,
		start_ms: at(index),
		end_ms: at(index + 1),
		confidence: confidence(text, start + index),
	}));
}

function cut(word: string): string[] {
	const [, core = '', marks = ''] = /^(.*?)(\p{P}*)$/u.exec(word) ?? [];
	const letters = [...core];
	const parts: string[] = [];
	for (let index = 0; index < letters.length; index += LONGEST_PIECE)
		parts.push(letters.slice(index, index + LONGEST_PIECE).join(''));
	return [...parts, ...marks];
}

/** Creates a placeholder translation. The sandbox can't translate, so it repeats the text, prefixed with the language. */
function translation(words: readonly SpokenWord[], from: string, to: string, withSpace: boolean): Token[] {
	return [`[${to}]`, ...words.map(({ text }) => text)].map((text, index) => ({
		text: index > 0 || withSpace ? ` ${text}` : text,
		confidence: confidence(text, index),
		language: to,
		source_language: from,
		translation_status: 'translation',
	}));
}

/** Returns a value between 0.9 and 1 that depends only on the token and its position. */
function confidence(text: string, place: number): number {
	let hash = place * 31;
	for (const letter of text) hash = (hash * 33 + letter.charCodeAt(0)) % 1000;
	return Math.round((0.9 + hash / 10_001) * 1000) / 1000;
}
