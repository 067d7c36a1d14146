import { CLOSING, joinsWithoutSpace } from '../join';
import type { Word } from '../model';
import { isNumberInUnspaced, NON_STARTER, UNSPACED } from '../scripts';
import { cleanText, isPlainWord, wordsWithin } from './text';

/** The smallest piece of text with a time: a word with its punctuation. Lines and cues break only between tokens. */
export interface Token {
	text: string;
	/** Seconds. */
	start: number;
	end: number;
	/** Whether there is no space before it. */
	noSpaceBefore: boolean;
}

const OPENING = /^[\p{Ps}\p{Pi}¿¡]+$/u;

export function textOf(tokens: readonly Token[]): string {
	// Fast path for scripts with spaces. A single join takes less memory than appending word by word.
	if (!tokens.some(({ noSpaceBefore }, index) => noSpaceBefore && index > 0))
		return tokens.map(({ text }) => text).join(' ');
	return tokens.map(({ text, noSpaceBefore }, index) => (index === 0 || noSpaceBefore ? text : ` ${text}`)).join('');
}

/** Returns where each token starts in the text that {@link textOf} returns, in UTF-16 code units. */
export function offsetsOf(tokens: readonly Token[]): number[] {
	let length = 0;
	return tokens.map(({ text, noSpaceBefore }, index) => {
		const offset = length + (index === 0 || noSpaceBefore ? 0 : 1);
		length = offset + text.length;
		return offset;
	});
}

/**
 * Collects the tokens of one turn. In scripts with spaces, text between two spaces is one token. Punctuation is part of the
 * token before it.
 */
export class TokenRow {
	readonly tokens: Token[] = [];

	/** @param locale for scripts without spaces, see `localeOf` */
	constructor(private readonly locale: string) {}

	/**
	 * @param text text of any length. If it has several words, its time is divided among them by length.
	 * @param noSpaceBefore whether there is no space before it, if the provider reports that
	 */
	add(text: string, start: number, end: number, noSpaceBefore?: boolean): void {
		this.addClean(cleanText(text), start, end, noSpaceBefore);
	}

	/** @param text see {@link cleanText} */
	addClean(text: string, start: number, end: number, noSpaceBefore?: boolean): void {
		// Fast path for most words.
		if (isPlainWord(text)) {
			this.push(text, start, end, noSpaceBefore);
			return;
		}
		const pieces = piecesOf(text, this.locale);
		const [only] = pieces;
		if (pieces.length === 1 && only) {
			this.push(only.text, start, end, noSpaceBefore);
			return;
		}
		const length = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
		let passed = 0;
		for (const [index, piece] of pieces.entries()) {
			const from = start + ((end - start) * passed) / length;
			passed += piece.text.length;
			const to = index === pieces.length - 1 ? end : start + ((end - start) * passed) / length;
			this.push(piece.text, from, to, index === 0 ? noSpaceBefore : piece.noSpaceBefore);
		}
	}

	private push(text: string, start: number, end: number, reportedNoSpaceBefore: boolean | undefined): void {
		const last = this.tokens.at(-1);
		const noSpaceBefore = last !== undefined && (reportedNoSpaceBefore ?? joinsWithoutSpace(last.text, text));
		// A line or cue never begins with a closing mark, even where there is a space before it, as in French.
		if (last && (noSpaceBefore ? isOneWord(last.text, text) : CLOSING.test(text))) {
			last.text += noSpaceBefore ? text : ` ${text}`;
			last.end = Math.max(last.end, end);
			return;
		}
		// Decreasing times would put subtitles out of order.
		const from = Math.max(start, last?.start ?? start);
		this.tokens.push({ text, start: from, end: Math.max(from, end), noSpaceBefore });
	}
}

/** Whether a line or cue must not break between two tokens without a space between them. */
function isOneWord(before: string, text: string): boolean {
	if (CLOSING.test(text) || OPENING.test(before) || NON_STARTER.test(text)) return true;
	if (!UNSPACED.test(before.slice(-2)) && !UNSPACED.test(text.slice(0, 2))) return true;
	// Keep a number with its unit, as in 3月.
	return /^\d+$/.test(before) && isNumberInUnspaced(before.slice(-1), text.slice(0, 1));
}

function piecesOf(text: string, locale: string): Array<{ text: string; noSpaceBefore: boolean }> {
	if (text === '') return [];
	if (!text.includes(' ') && !UNSPACED.test(text)) return [{ text, noSpaceBefore: false }];
	return text.split(' ').flatMap((piece) =>
		// Shorter pieces are already single words.
		piece.length > 4 && UNSPACED.test(piece)
			? wordsWithin(piece, locale).map((word, index) => ({ text: word, noSpaceBefore: index > 0 }))
			: [{ text: piece, noSpaceBefore: false }],
	);
}

/**
 * Converts words to tokens. Uses the spacing from the provider, if there is any.
 * @param spacing whether there is no space before a word, according to the service's text
 */
export function tokensOfWords(words: readonly Word[], locale: string, spacing?: ReadonlyMap<Word, boolean>): Token[] {
	const row = new TokenRow(locale);
	// Punctuation between words is part of the spacing, but doesn't indicate whether there is a space.
	const hasSpacing = words.some(({ kind, text }) => kind === 'spacing' && cleanText(text) === '');
	let apart = false;
	for (const word of words) {
		const { text, start, end, kind } = word;
		const clean = cleanText(text);
		if (clean === '') {
			// Empty spacing means that there is no space.
			if (kind === 'spacing' && text !== '') apart = true;
			continue;
		}
		// A word may contain its own leading or trailing space.
		row.addClean(clean, start, end, hasSpacing ? !apart && !/^\s/.test(text) : spacing?.get(word));
		apart = hasSpacing && /\s$/.test(text);
	}
	return withWholeWords(row.tokens, locale);
}

/**
 * In scripts without spaces, merges tokens that are parts of one word, so that lines and cues don't break inside a
 * word.
 */
function withWholeWords(tokens: Token[], locale: string): Token[] {
	if (!tokens.some(({ text, noSpaceBefore }) => noSpaceBefore && UNSPACED.test(text))) return tokens;
	const merged: Token[] = [];
	for (let from = 0; from < tokens.length;) {
		let to = from + 1;
		while (tokens[to]?.noSpaceBefore) to++;
		const run = tokens.slice(from, to);
		for (const token of run.length > 1 ? mergedWords(run, locale) : run) merged.push(token);
		from = to;
	}
	return merged;
}

function mergedWords(run: readonly Token[], locale: string): Token[] {
	const ends = new Set<number>();
	let length = 0;
	for (const word of wordsWithin(run.map(({ text }) => text).join(''), locale)) ends.add((length += word.length));
	const merged: Token[] = [];
	let begin = 0;
	for (const token of run) {
		const last = merged.at(-1);
		if (last && !ends.has(begin)) {
			last.text += token.text;
			last.end = Math.max(last.end, token.end);
		} else {
			merged.push(token);
		}
		begin += token.text.length;
	}
	return merged;
}
