import type { Word } from './model';

/** Scripts that are written without blanks between words. */
export const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uffef]/u;

/** Marks that stand at the end of the word before them. */
export const CLOSING = /^[\p{Pe}\p{Pf}.,!?;:…%。、！？；：，]+$/u;

/**
 * The text that words make together. Providers that say what stands between words are taken at their word; otherwise
 * {@link touches} decides.
 */
export function joinWords(words: readonly Word[]): string {
	if (words.some(({ kind }) => kind === 'spacing')) return words.map(({ text }) => text).join('').trim();
	let joined = '';
	let last = '';
	for (const { text } of words) {
		joined += touches(last, text) ? text : ` ${text}`;
		if (text !== '') last = text;
	}
	return joined;
}

/**
 * Whether no blank goes between two words: where their script has none, and before closing punctuation.
 * @param before the word before; empty at the beginning
 */
export function touches(before: string, text: string): boolean {
	if (before === '') return true;
	// As most words do, which spares the search for what stands in one of the scripts.
	if (/^[a-z\d]/i.test(text)) return false;
	return CLOSING.test(text) || (UNSPACED.test(lastOf(before)) && UNSPACED.test(firstOf(text)));
}

/** The first character; a blank of nothing. */
export const firstOf = (text: string) => String.fromCodePoint(text.codePointAt(0) ?? 32);

/** The last character, also where it is made of two code units. */
export function lastOf(text: string): string {
	const two = text.slice(-2);
	return (two.codePointAt(0) ?? 0) > 0xffff ? two : two.slice(-1);
}
