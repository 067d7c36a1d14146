import { isQuestion, sentenceMark } from './punctuation';
import { endsInLetter } from './text';
import type { Token } from './tokens';
import type { Spoken } from './turns';

/** Georgian letters are lowercase according to Unicode, but sentences begin with them. */
const LOWER_CASE = /^["'“‘«‹([「『（¿¡]*(?!\p{Script=Georgian})\p{Ll}/u;

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
 * @param tokens of one turn
 * @param spoken the speech that the turn is part of
 */
export function sentenceEnds(tokens: readonly Token[], spoken: Omit<Spoken, 'turns'>): boolean[] {
	const ends = tokens.map((token, index) => {
		const next = tokens[index + 1];
		return next === undefined || endsBetween(token.text, next.text, spoken);
	});
	// The last token always ends a sentence, so it doesn't count.
	if (!spoken.timed || ends.indexOf(true) < tokens.length - 1) return ends;
	return tokens.map((token, index) => {
		const next = tokens[index + 1];
		return next === undefined || next.start - token.end >= PAUSE_SECONDS;
	});
}

function endsBetween(text: string, next: string, { locale = 'en', letterCase }: Omit<Spoken, 'turns'>): boolean {
	if (endsInLetter(text)) return false;
	const mark = sentenceMark(text, locale);
	if (mark === undefined) return false;
	// If all letters are lowercase, they don't show whether a sentence continues. After a question mark, it only continues
	// if the question was a quote, as in: “Why?” he asked.
	const canContinue = letterCase !== 'lower' && !(text.endsWith(mark) && isQuestion([text], locale));
	if (canContinue && LOWER_CASE.test(next)) return false;
	// A text this long isn't an abbreviation, and the patterns below would take quadratic time.
	if (mark !== '.' || text.length > 50) return true;
	const word = text.replace(/[^\p{L}\p{N}]+$/u, '').replace(/^[^\p{L}\p{N}]+/u, '');
	const isInitial = (letterCase === 'lower' ? /^\p{Ll}$/u : /^\p{Lu}$/u).test(word);
	const isOrdinal = POINTED_ORDINALS.has(locale.split('-')[0] ?? '') && /^\d{1,2}$/.test(word);
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
