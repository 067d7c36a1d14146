import { withGaps } from '../../../transcript/gaps';
import { CLOSING } from '../../../transcript/join';
import { makeWord, type RawWord, type Utterance, type Word } from '../../../transcript/model';
import { utterancesOf } from '../../../transcript/utterances';
import { type Bounds, withTimes } from '../../../transcript/wordTimes';
import { asLabel, asNumber, asText, isFields } from '../../common/wordReader';
import {
	beginsUnspaced,
	beginsWithBlank,
	beginsWithLetter,
	Ending,
	endsSentence,
	hasLetter,
	isMark,
	opens,
} from './wordEnding';

/**
 * A Soniox token. Tokens are pieces of words: a leading space begins a new word, and punctuation is a separate token. Tokens
 * of a translation are interleaved with those of the original and have no times.
 *
 * Source: Soniox OpenAPI 1.0.0, `TranscriptionTranscriptToken`; docs, “Timestamps”, “Speech-to-text translation”.
 */
export interface Token {
	text: string;
	start_ms?: number;
	end_ms?: number;
	confidence?: number;
	speaker?: string;
	language?: string;
	is_audio_event?: boolean;
	translation_status?: string;
}

/** @returns undefined for an entry without text */
export function readToken(entry: unknown): Token | undefined {
	if (!isFields(entry) || typeof entry.text !== 'string') return undefined;
	return {
		text: entry.text,
		start_ms: asNumber(entry.start_ms),
		end_ms: asNumber(entry.end_ms),
		confidence: asNumber(entry.confidence),
		speaker: asLabel(entry.speaker),
		language: asText(entry.language),
		is_audio_event: entry.is_audio_event === true,
		translation_status: asText(entry.translation_status),
	};
}

/** A word, and its text including the space before it. */
export interface SpacedWord {
	word: Word;
	spaced: string;
}

export function isTranslation({ translation_status: status }: Token): boolean {
	return status === 'translation';
}

const isEvent = (token: Token) => token.is_audio_event === true;

/** A word under construction, updated with each piece. */
interface OpenWord {
	first: Token;
	speaker: string | undefined;
	spaced: string;
	ending: Ending;
	start?: number;
	end?: number;
	confidence?: number;
	/** Whether the confidence is from a piece with letters. */
	isSpoken: boolean;
}

/**
 * Joins the original's tokens into words, in the service's order. Each word has one speaker, even if the speaker or
 * language label changes within it: the service labels each token, but only a leading space begins a word.
 */
export function toWords(tokens: readonly Token[], bounds?: Bounds): SpacedWord[] {
	const words: Array<{ word: RawWord; spaced: string }> = [];
	let open: OpenWord | undefined;
	const close = () => {
		const word = open && toWord(open);
		if (word) words.push(word);
	};
	let afterGap = false;
	for (const token of tokens) {
		if (isTranslation(token)) {
			afterGap = true;
			continue;
		}
		if (!open || beginsWord(token, afterGap, open)) {
			close();
			// A closing mark belongs to the speaker of the previous word, even after a space.
			const isLate = open !== undefined && open.speaker !== token.speaker && CLOSING.test(token.text.trim());
			const speaker: string | undefined = isLate ? open?.speaker : token.speaker;
			open = { first: token, speaker, spaced: '', ending: new Ending(), isSpoken: false };
		}
		add(token, open);
		afterGap = false;
	}
	close();
	withTimes(
		words.map(({ word }) => word),
		bounds,
	);
	return words as SpacedWord[];
}

/** @param afterGap whether there is a translation between the token and the word */
function beginsWord(token: Token, afterGap: boolean, { first, speaker, ending, isSpoken, spaced }: OpenWord): boolean {
	const { text } = token;
	if (beginsWithBlank(text) || ending.isBlank) return true;
	if (isMark(text)) return false;
	if (isEvent(token) !== isEvent(first)) return true;
	if (!beginsWithLetter(text)) return opens(text) && ending.isUnspaced;
	if (afterGap) return true;
	if (ending.onlyOpens) return false;
	if (beginsUnspaced(text) || ending.isUnspaced) return true;
	return isSpoken && token.speaker !== speaker && endsSentence(spaced);
}

function add({ text, start_ms: start, end_ms: end, confidence, speaker }: Token, word: OpenWord): void {
	// An opening mark belongs to the speaker of what it opens.
	if (word.ending.onlyOpens && hasLetter(text)) word.speaker = speaker;
	word.spaced += text;
	word.ending.add(text);
	word.start ??= start;
	word.end = end ?? word.end;
	addConfidence(confidence, hasLetter(text), word);
}

/**
 * Uses the lowest confidence of all pieces: a word is correct only if all of it is, and an average would hide an
 * uncertain piece. The confidence of punctuation is ignored if there are letters.
 */
function addConfidence(confidence: number | undefined, isSpoken: boolean, word: OpenWord): void {
	if (isSpoken && !word.isSpoken) {
		word.isSpoken = true;
		word.confidence = confidence;
	} else if (isSpoken === word.isSpoken && confidence !== undefined) {
		word.confidence = word.confidence === undefined ? confidence : Math.min(word.confidence, confidence);
	}
}

function toWord({ first, speaker, spaced, start, end, confidence }: OpenWord) {
	const text = spaced.trim();
	if (text === '') return undefined;
	const kind = isEvent(first) ? 'audioEvent' : 'word';
	const word = makeWord({
		text,
		start: start === undefined ? undefined : start / 1000,
		end: end === undefined ? undefined : end / 1000,
		confidence,
		speaker,
		kind,
	});
	return { word, spaced };
}

/** Returns the utterances with the service's spacing, or undefined without diarization. */
export function toUtterances(words: readonly SpacedWord[]): Utterance[] | undefined {
	const gapBefore = (index: number) => gapBetween(words[index - 1] as SpacedWord, words[index] as SpacedWord);
	return utterancesOf(
		withGaps(
			words.map(({ word }) => word),
			gapBefore,
		),
	);
}

function gapBetween(before: SpacedWord, after: SpacedWord): string {
	const isNoise = before.word.kind === 'audioEvent' || after.word.kind === 'audioEvent';
	if (isNoise || beginsWithBlank(after.spaced)) return ' ';
	const ending = new Ending();
	ending.add(before.spaced);
	return ending.isBlank || lacksSpace(ending, after.spaced) ? ' ' : '';
}

/** Returns the most common language of the original's tokens, or undefined without language identification. */
export function dominantLanguage(tokens: readonly Token[]): string | undefined {
	const counts = new Map<string, number>();
	for (const token of tokens) {
		const { language } = token;
		if (language !== undefined && !isTranslation(token)) counts.set(language, (counts.get(language) ?? 0) + 1);
	}
	// The sort is stable, so the first language wins a tie.
	return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** Returns the text without translations. */
export function textOfOriginals(tokens: readonly Token[]): string {
	const text = new Joined();
	for (const [index, token] of tokens.entries()) if (!isTranslation(token)) text.add(token.text, index);
	return text.toString();
}

/** Returns the translations by language, or undefined if there are none. */
export function translationsOf(tokens: readonly Token[]): Record<string, string> | undefined {
	const texts = new Map<string, Joined>();
	for (const [index, token] of tokens.entries()) {
		const { language, text } = token;
		if (language === undefined || !isTranslation(token)) continue;
		const joined = texts.get(language) ?? new Joined();
		texts.set(language, joined);
		joined.add(text, index);
	}
	if (texts.size === 0) return undefined;
	return Object.fromEntries([...texts].map(([language, joined]) => [language, joined.toString()]));
}

/** Joins the pieces of the original, or of one translation, into text. */
class Joined {
	private text = '';
	private readonly ending = new Ending();
	private last: number | undefined;

	/** @param index of the piece among all pieces. If the pieces before it were skipped, a space may be missing. */
	add(text: string, index: number): void {
		const isAfterGap = this.last !== undefined && this.last !== index - 1;
		const piece = isAfterGap && lacksSpace(this.ending, text) ? ` ${text}` : text;
		this.text += piece;
		this.ending.add(piece);
		this.last = index;
	}

	toString(): string {
		return this.text.trim();
	}
}

function lacksSpace(before: Ending, after: string): boolean {
	return !before.isEmpty && !before.isBlank && beginsWithLetter(after) && !beginsUnspaced(after) && !before.isUnspaced;
}
