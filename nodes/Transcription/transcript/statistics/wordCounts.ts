import { isUnspaced } from '../scripts';
import type { Spoken } from '../segments';
import { isPlainWord, wordsWithin } from '../segments/text';

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** The words of a token. */
export interface TokenCounts {
	words: number;
	/** 1 or 0. */
	fillerWords: number;
}

/**
 * Returns a function that counts the words of a token. It remembers its results, because most words of a transcript
 * occur many times, and searching for words in scripts without spaces is slow.
 * @param spoken the speech that the tokens are part of
 */
export function tokenCounter({ locale, letterCase }: Omit<Spoken, 'turns'>): (text: string) => TokenCounts {
	const known = new Map<string, TokenCounts>();
	const isFiller = fillerTest(locale);
	return (text) => {
		const counted = known.get(text);
		if (counted) return counted;
		const counts = {
			words: countWords(text, locale ?? 'en'),
			fillerWords: isFiller?.(letterCase === 'upper' ? text.toLowerCase() : text) ? 1 : 0,
		};
		known.set(text, counts);
		return counts;
	};
}

/**
 * Counts the words in a text without spaces: one in scripts that put spaces between words, and otherwise as many as the
 * dictionary of `Intl.Segmenter` finds. Punctuation isn't a word.
 * @param locale see `localeOf`
 */
export function countWords(text: string, locale: string): number {
	if (!LETTER_OR_DIGIT.test(text)) return 0;
	if (isPlainWord(text) || !isUnspaced(text)) return 1;
	return wordsWithin(text, locale).filter((word) => LETTER_OR_DIGIT.test(word)).length;
}

const DANISH_OR_NORWEGIAN = /^(?:ø+h+m*|e+h+m*|h+m+)$/u;

/**
 * Sounds that speakers make while they think, by language. Words such as “like” or “also” aren't included, because only
 * the context shows whether they are fillers. Source: Wikipedia, “Filler (linguistics)”.
 */
const FILLERS: Readonly<Record<string, RegExp>> = {
	cs: /^(?:e{2,}|e+h+m*|h+m+)$/u,
	da: DANISH_OR_NORWEGIAN,
	de: /^(?:[äö]+h+m*|[äö]+m+|e+h+m+|h+m+)$/u,
	en: /^(?:u+h+m*|u+m+|a+h+m*|e+r+m*|e+h+m*|h+m+)$/u,
	es: /^(?:e+h+m*|e+m+|m{2,})$/u,
	fi: /^(?:ö{2,}|[öä]+h+m*|h+m+)$/u,
	fr: /^(?:e+u+h+|h+e+u+h*|h+u*m+)$/u,
	it: /^(?:e+h+m*|u+h+m*|m{2,})$/u,
	ja: /^(?:えー+|え[ーっ]+とー*|ええとー*|あのー+|うー+ん|んー+)$/u,
	ko: /^(?:음+|어+)$/u,
	nb: DANISH_OR_NORWEGIAN,
	nl: /^(?:e+u*h+m*|u+h+m*|h+m+)$/u,
	nn: DANISH_OR_NORWEGIAN,
	no: DANISH_OR_NORWEGIAN,
	pl: /^(?:y{2,}|e{2,}|e+h+m*|h+m+)$/u,
	pt: /^(?:a+h+|e+h+m*|h+u*m+)$/u,
	ru: /^(?:э(?:-?э)*м*|х+м+|м{2,})$/u,
	sv: /^(?:[öä]+h+m*|e+h+m*|h+m+)$/u,
	uk: /^(?:е(?:-?е)+м*|е+м+|х+м+|м{2,})$/u,
	zh: /^(?:嗯+|呃+)$/u,
};

/**
 * Returns a function that recognizes fillers such as “um”, or undefined if this package has no list for the language.
 * @param locale see `localeOf`
 */
export function fillerTest(locale: string | undefined): ((text: string) => boolean) | undefined {
	const fillers = FILLERS[locale?.split('-')[0] ?? ''];
	return fillers && ((text) => text.length <= LONGEST_FILLER && fillers.test(plainWord(text)));
}

/** Longer words aren't fillers, and searching them would take quadratic time. */
const LONGEST_FILLER = 20;

/** Returns the word in lowercase without the punctuation around it. Abbreviations, such as “ER”, are kept unchanged. */
function plainWord(text: string): string {
	const word = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
	return /^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase();
}
