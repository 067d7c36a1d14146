import { endsInLetter } from './text';
import type { Token } from './tokens';

/** Sentence ends of the world's scripts, with the quotes and brackets that may follow. */
const ENDING = /([.!?…。！？｡؟۔।॥։።])["'”’»›)\]」』）]*$/u;
const LOWER_CASE = /^["'“‘«‹([「『（¿¡]*\p{Ll}/u;

/** Those that hardly ever stand at the end of a sentence. */
const ABBREVIATIONS = new Set(
	'mr mrs ms dr prof st mt vs e.g i.e approx bzw ca z.b d.h u.a o.ä hr fr nr dipl.-ing mme mlle sra dra sig dott ing'.split(' '),
);

/** Languages that write a number with a point for “the third”. */
const POINTED_ORDINALS = new Set(['de', 'da', 'nb', 'nn', 'no', 'is', 'fi', 'et', 'lv', 'cs', 'sk', 'pl', 'hu', 'hr', 'sr', 'bs', 'sl', 'tr']);

/** Where nothing marks sentences (Thai, raw recognition) pauses do, in seconds. */
const PAUSE_SECONDS = 0.8;

/**
 * For each token whether a sentence ends with it. Decided from one token and the next, and thus in linear time:
 * `Intl.Segmenter` takes a time that grows with the square of the text, and ends sentences after “Dr.”.
 * @param timed whether the tokens' times mean something
 */
export function sentenceEnds(tokens: readonly Token[], timed: boolean, locale = 'en'): boolean[] {
	const language = locale.split('-')[0] ?? '';
	const ends = tokens.map((token, index) => {
		const next = tokens[index + 1];
		return next === undefined || endsBetween(token.text, next.text, language);
	});
	// The last one ends in any case.
	if (!timed || ends.indexOf(true) < tokens.length - 1) return ends;
	return tokens.map((token, index) => {
		const next = tokens[index + 1];
		return next === undefined || next.start - token.end >= PAUSE_SECONDS;
	});
}

function endsBetween(text: string, next: string, language: string): boolean {
	if (endsInLetter(text)) return false;
	const mark = ENDING.exec(text)?.[1];
	if (mark === undefined || LOWER_CASE.test(next)) return false;
	// Nothing that long is an abbreviation, and to look for its letters would take the square of its length.
	if (mark !== '.' || text.length > 50) return true;
	const word = text.replace(/[^\p{L}\p{N}]+$/u, '').replace(/^[^\p{L}\p{N}]+/u, '');
	const isInitial = /^\p{Lu}$/u.test(word);
	const isOrdinal = POINTED_ORDINALS.has(language) && /^\d{1,2}$/.test(word);
	return !isInitial && !isOrdinal && !ABBREVIATIONS.has(word.toLowerCase());
}

/** The tokens between ends. */
export function cutAt(tokens: readonly Token[], isEnd: (index: number) => boolean): Token[][] {
	const parts: Token[][] = [];
	let part: Token[] = [];
	for (const [index, token] of tokens.entries()) {
		part.push(token);
		if (isEnd(index) || index === tokens.length - 1) {
			parts.push(part);
			part = [];
		}
	}
	return parts;
}
