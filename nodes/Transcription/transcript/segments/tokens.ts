import { CLOSING, touches, UNSPACED } from '../join';
import type { Word } from '../model';
import { cleanText, isPlainWord, wordsWithin } from './text';

/** The smallest piece of text with a time: a word with its punctuation. Lines and cues end only between two. */
export interface Token {
	text: string;
	/** Seconds. */
	start: number;
	end: number;
	/** No blank stands before it. */
	glued: boolean;
}

const OPENING = /^[\p{Ps}\p{Pi}¿¡]+$/u;

/** The text of tokens in a row. */
export function textOf(tokens: readonly Token[]): string {
	// As in scripts that have blanks. Joined at once: a text that grows word by word costs memory for each.
	if (!tokens.some(({ glued }, index) => glued && index > 0)) return tokens.map(({ text }) => text).join(' ');
	return tokens.map(({ text, glued }, index) => (index === 0 || glued ? text : ` ${text}`)).join('');
}

/**
 * Collects the tokens of one turn. What is not separated by a blank, in a script that has blanks, is one token; so is a
 * word with the punctuation behind it.
 */
export class TokenRow {
	readonly tokens: Token[] = [];

	/** @param locale for scripts without blanks, see `localeOf` */
	constructor(private readonly locale: string) {}

	/**
	 * @param text of any length. Where it is more than a word, its time is shared among the words by their length: nothing
	 * finer is known.
	 * @param glued where the provider says whether a blank stands before
	 */
	add(text: string, start: number, end: number, glued?: boolean): void {
		this.addClean(cleanText(text), start, end, glued);
	}

	/** @param text see {@link cleanText} */
	addClean(text: string, start: number, end: number, glued?: boolean): void {
		// Most words by far, which spares the search for what may be in one.
		if (isPlainWord(text)) {
			this.push(text, start, end, glued);
			return;
		}
		const pieces = piecesOf(text, this.locale);
		const [only] = pieces;
		if (pieces.length === 1 && only) {
			this.push(only.text, start, end, glued);
			return;
		}
		const length = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
		let passed = 0;
		for (const [index, piece] of pieces.entries()) {
			const from = start + ((end - start) * passed) / length;
			passed += piece.text.length;
			const to = index === pieces.length - 1 ? end : start + ((end - start) * passed) / length;
			this.push(piece.text, from, to, index === 0 ? glued : piece.glued);
		}
	}

	private push(text: string, start: number, end: number, said: boolean | undefined): void {
		const last = this.tokens.at(-1);
		const glued = last !== undefined && (said ?? touches(last.text, text));
		if (last && glued && isOneWord(last.text, text)) {
			last.text += text;
			last.end = Math.max(last.end, end);
			return;
		}
		// Times that run backwards would put subtitles out of order.
		const from = Math.max(start, last?.start ?? start);
		this.tokens.push({ text, start: from, end: Math.max(from, end), glued });
	}
}

function isOneWord(before: string, text: string): boolean {
	return CLOSING.test(text) || OPENING.test(before) || !(UNSPACED.test(before.slice(-2)) || UNSPACED.test(text.slice(0, 2)));
}

function piecesOf(text: string, locale: string): Array<{ text: string; glued: boolean }> {
	if (text === '') return [];
	if (!text.includes(' ') && !UNSPACED.test(text)) return [{ text, glued: false }];
	return text.split(' ').flatMap((piece) =>
		// Shorter ones are words already.
		piece.length > 4 && UNSPACED.test(piece)
			? wordsWithin(piece, locale).map((word, index) => ({ text: word, glued: index > 0 }))
			: [{ text: piece, glued: false }],
	);
}

/** The tokens of words in a row; what stands between them decides on blanks where the provider says it. */
export function tokensOfWords(words: readonly Word[], locale: string): Token[] {
	const row = new TokenRow(locale);
	// A mark that belongs to no word is spacing, too, but tells nothing about blanks.
	const saysSpacing = words.some(({ kind, text }) => kind === 'spacing' && cleanText(text) === '');
	let apart = false;
	for (const { text, start, end, kind } of words) {
		const clean = cleanText(text);
		if (clean === '') {
			// An empty one says that no blank stands there.
			if (kind === 'spacing' && text !== '') apart = true;
			continue;
		}
		// A word that brings its own blanks needs none beside it.
		row.addClean(clean, start, end, saysSpacing ? !apart && !/^\s/.test(text) : undefined);
		apart = saysSpacing && /\s$/.test(text);
	}
	return row.tokens;
}
