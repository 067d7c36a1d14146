import { CLOSING, joinsWithoutSpace, UNSPACED } from '../join';
import type { Word } from '../model';
import { cleanText, isPlainWord, wordsWithin } from './text';

/** The smallest piece of text with a time: a word with its punctuation. Lines and cues only break between tokens. */
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
		if (last && noSpaceBefore && isOneWord(last.text, text)) {
			last.text += text;
			last.end = Math.max(last.end, end);
			return;
		}
		// Decreasing times would put subtitles out of order.
		const from = Math.max(start, last?.start ?? start);
		this.tokens.push({ text, start: from, end: Math.max(from, end), noSpaceBefore });
	}
}

function isOneWord(before: string, text: string): boolean {
	return (
		CLOSING.test(text) || OPENING.test(before) || !(UNSPACED.test(before.slice(-2)) || UNSPACED.test(text.slice(0, 2)))
	);
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

/** Converts words to tokens. Uses the spacing from the provider, if there is any. */
export function tokensOfWords(words: readonly Word[], locale: string): Token[] {
	const row = new TokenRow(locale);
	// Punctuation between words is part of the spacing, but doesn't indicate whether there is a space.
	const hasSpacing = words.some(({ kind, text }) => kind === 'spacing' && cleanText(text) === '');
	let apart = false;
	for (const { text, start, end, kind } of words) {
		const clean = cleanText(text);
		if (clean === '') {
			// Empty spacing means that there is no space.
			if (kind === 'spacing' && text !== '') apart = true;
			continue;
		}
		// A word may contain its own leading or trailing space.
		row.addClean(clean, start, end, hasSpacing ? !apart && !/^\s/.test(text) : undefined);
		apart = hasSpacing && /\s$/.test(text);
	}
	return row.tokens;
}
