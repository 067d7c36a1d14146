import { UNSPACED_SOURCE } from '../../../transcript/scripts';

// In scripts without spaces between words, each token is a word.
const BEGINS_UNSPACED = new RegExp(`^${UNSPACED_SOURCE}`, 'u');
const ENDS_UNSPACED = new RegExp(`${UNSPACED_SOURCE}[\\p{P}\\p{S}]*$`, 'u');
const ONLY_MARKS = /^[\p{P}\p{S}]*$/u;
/** Excludes characters that only prolong or repeat the previous one, such as ー, 々, or ๆ. */
const BEGINS_WITH_LETTER = /^(?!\p{Lm})[\p{L}\p{N}]/u;
const MARK = /^\s*[\p{P}\p{S}\p{M}]+$/u;
const ENDS_SENTENCE = /[.!?…]["'”’»›)\]]*$/u;
const HAS_LETTER = /[\p{L}\p{N}]/u;
/** Opening brackets and quotation marks, which belong to the following text. */
const OPENS = /^[\p{Ps}\p{Pi}]/u;
const ONLY_OPENS = /^\s*[\p{Ps}\p{Pi}¿¡]+$/u;
const ASCII = /^[\0-\x7f]*$/;
const MORE_OPENING_MARKS = /^[\p{Ps}\p{Pi}¿¡]*$/u;

/**
 * Whether a character is an ASCII letter or digit. Most texts begin and end with one, so checking for it first avoids
 * slower Unicode lookups.
 */
const isPlain = (code: number) =>
	(code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);

const isPlainAt = (text: string, index: number) => isPlain(text.charCodeAt(index));
const isBlankAt = (text: string, index: number) =>
	text.charCodeAt(index) === 0x20 || (!isPlainAt(text, index) && /\s/.test(text.charAt(index)));

export const beginsWithBlank = (text: string) => isBlankAt(text, 0);
export const beginsWithLetter = (text: string) => isPlainAt(text, 0) || BEGINS_WITH_LETTER.test(text);
export const beginsUnspaced = (text: string) => !isPlainAt(text, 0) && BEGINS_UNSPACED.test(text);
export const hasLetter = (text: string) => endsPlain(text) || HAS_LETTER.test(text);
/** Whether the text consists only of marks that belong to the preceding word. */
export const isMark = (text: string) => !endsPlain(text) && MARK.test(text) && !ONLY_OPENS.test(text);
export const endsSentence = (text: string) => ENDS_SENTENCE.test(text.slice(-8));
export const opens = (text: string) => OPENS.test(text);
const endsPlain = (text: string) => isPlainAt(text, text.length - 1);
const endsUnspaced = (text: string) => !ASCII.test(text) && ENDS_UNSPACED.test(text);
const onlyOpens = (text: string) => !endsPlain(text) && ONLY_OPENS.test(text);

/**
 * Tracks how a text ends as pieces are added to it. Checking the whole text for each piece would take quadratic time,
 * and in scripts without spaces, a whole transcript may be a single word.
 */
export class Ending {
	isEmpty = true;
	/** Whether it ends with whitespace. */
	isBlank = false;
	/** Whether it ends in a script without spaces, ignoring trailing marks. */
	isUnspaced = false;
	/** Whether it consists only of opening marks, optionally after whitespace. */
	onlyOpens = false;

	add(piece: string): void {
		if (piece === '') return;
		this.onlyOpens = this.isEmpty ? onlyOpens(piece) : this.onlyOpens && MORE_OPENING_MARKS.test(piece);
		this.isUnspaced = endsUnspaced(piece) || (this.isUnspaced && ONLY_MARKS.test(piece));
		this.isBlank = isBlankAt(piece, piece.length - 1);
		this.isEmpty = false;
	}
}
