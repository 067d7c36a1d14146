import { endsInLetter } from './text';
import type { Token } from './tokens';

/** Sentence-ending punctuation of the world's scripts, with quotes and brackets that may follow. */
const ENDING = /([.!?…。！？｡؟۔।॥։።])["'”’»›)\]」』）]*$/u;
const LOWER_CASE = /^["'“‘«‹([「『（¿¡]*\p{Ll}/u;

/** Abbreviations that rarely end a sentence. */
const ABBREVIATIONS = new Set(
	'mr mrs ms dr prof st mt vs e.g i.e approx bzw ca z.b d.h u.a o.ä hr fr nr dipl.-ing mme mlle sra dra sig dott ing'.split(
		' ',
	),
);

/** Languages that write ordinal numbers with a period. */
const POINTED_ORDINALS = new Set([
	'de',
	'da',
	'nb',
	'nn',
	'no',
	'is',
	'fi',
	'et',
	'lv',
	'cs',
	'sk',
	'pl',
	'hu',
	'hr',
	'sr',
	'bs',
	'sl',
	'tr',
]);

/** Without sentence punctuation (as in Thai or raw recognition), a pause of this length in seconds ends a sentence. */
const PAUSE_SECONDS = 0.8;

/**
 * Whether a sentence ends after each token. This only compares each token with the next one and takes linear time.
 * `Intl.Segmenter` takes quadratic time and ends sentences after “Dr.”.
 * @param timed whether the tokens' times are meaningful
 */
export function sentenceEnds(tokens: readonly Token[], timed: boolean, locale = 'en'): boolean[] {
	const language = locale.split('-')[0] ?? '';
	const ends = tokens.map((token, index) => {
		const next = tokens[index + 1];
		return next === undefined || endsBetween(token.text, next.text, language);
	});
	// The last token always ends a sentence, so it doesn't count.
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
	// A text this long isn't an abbreviation, and the patterns below would take quadratic time.
	if (mark !== '.' || text.length > 50) return true;
	const word = text.replace(/[^\p{L}\p{N}]+$/u, '').replace(/^[^\p{L}\p{N}]+/u, '');
	const isInitial = /^\p{Lu}$/u.test(word);
	const isOrdinal = POINTED_ORDINALS.has(language) && /^\d{1,2}$/.test(word);
	return !isInitial && !isOrdinal && !ABBREVIATIONS.has(word.toLowerCase());
}

/** Splits tokens after each end. */
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
