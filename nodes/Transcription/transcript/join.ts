import type { Word } from './model';

/** Scripts that are written without blanks between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uffef]/u;

/** Marks that stand at the end of the word before them. */
const CLOSING = /^[\p{Pe}\p{Pf}.,!?;:…%。、！？；：，]+$/u;

/**
 * The text that words make together. Providers that say what stands between words are taken at their word; otherwise
 * a blank goes between two words unless their script has none, and none before closing punctuation.
 */
export function joinWords(words: readonly Word[]): string {
	if (words.some(({ kind }) => kind === 'spacing')) return words.map(({ text }) => text).join('').trim();
	let joined = '';
	for (const { text } of words) {
		const touches = joined === '' || CLOSING.test(text) || (UNSPACED.test(lastOf(joined)) && UNSPACED.test(firstOf(text)));
		joined += touches ? text : ` ${text}`;
	}
	return joined;
}

const firstOf = (text: string) => String.fromCodePoint(text.codePointAt(0) ?? 32);

/** The last character, also where it is made of two code units. */
const lastOf = (text: string) => [...text.slice(-2)].at(-1) ?? '';
