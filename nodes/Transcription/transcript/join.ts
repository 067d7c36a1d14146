import type { Word } from './model';
import { isNumberInUnspaced, NON_STARTER, UNSPACED } from './scripts';

/**
 * Punctuation that belongs to the preceding word, including marks in Arabic (، ؛ ؟ ۔), Hindi (। ॥), Armenian (։), and
 * Amharic (። ፣).
 */
export const CLOSING = /^[\p{Pe}\p{Pf}.,!?;:…%。、！？；：，．،؛؟۔।॥։።፣]+$/u;

/**
 * Joins words into text. Uses the spacing from the provider if there is any; otherwise {@link joinsWithoutSpace}
 * decides.
 */
export function joinWords(words: ReadonlyArray<Pick<Word, 'text'> & { kind?: Word['kind'] }>): string {
	if (words.some(({ kind }) => kind === 'spacing'))
		return words
			.map(({ text }) => text)
			.join('')
			.trim();
	let joined = '';
	let last = '';
	for (const word of words) {
		const text = word.text.trim();
		if (text === '') continue;
		joined += joinsWithoutSpace(last, text) ? text : ` ${text}`;
		last = text;
	}
	return joined;
}

/**
 * Whether there is no space between two words, because their script has none or the second one is closing punctuation.
 * Used only where the service's own text doesn't show it.
 * @param before the preceding word; empty at the beginning
 */
export function joinsWithoutSpace(before: string, text: string): boolean {
	if (before === '') return true;
	// Fast path for most words.
	if (/^[a-z]/i.test(text)) return false;
	if (CLOSING.test(text)) return true;
	const [last, first] = [lastCharacter(before), firstCharacter(text)];
	if (UNSPACED.test(last)) return UNSPACED.test(first) || isNumberInUnspaced(last, first);
	return UNSPACED.test(first) && (isNumberInUnspaced(last, first) || NON_STARTER.test(text));
}

/** Returns the first character, or a space if the text is empty. */
export const firstCharacter = (text: string) => String.fromCodePoint(text.codePointAt(0) ?? 32);

/** Returns the last character, which may be a surrogate pair. */
export function lastCharacter(text: string): string {
	const two = text.slice(-2);
	return (two.codePointAt(0) ?? 0) > 0xffff ? two : two.slice(-1);
}
