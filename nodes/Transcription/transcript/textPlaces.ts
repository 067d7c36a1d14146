import { isUnspaced } from './scripts';

/**
 * Finds the words of a transcript in the service's own text, which shows how they are spaced and whether any are
 * missing. Tolerates differences in punctuation, case, spacing, and formatting, and takes linear time.
 */

/** The place of a word in the text: the index of its first character, and the index after its last one. */
export interface Place {
	begin: number;
	end: number;
}

/**
 * @param words in the order of the text
 * @returns the place of each word, in ascending order; undefined for a word that isn't at the expected place in the
 * text
 */
export function placesIn(text: string, words: readonly string[]): Array<Place | undefined> {
	const finder = new Finder(text, words);
	return words.map((_, index) => finder.place(index));
}

/** How far away a word may be, in characters, if at least this many of the words after it also match. */
const CONFIRMATIONS: ReadonlyArray<readonly [distance: number, words: number]> = [
	[30, 1],
	[500, 2],
	[Infinity, 4],
];

/** The number of characters to search for a word at first. Doubled for every word that isn't found. */
const SEARCH_RANGE = 300;

const MAX_CANDIDATES = 8;

class Finder {
	private readonly lower: string;
	private readonly lowerWords: readonly string[];
	/** The index in the text after the last word that was found. */
	private cursor = 0;
	private notFound = 0;
	/** Limits the time spent on texts that have little in common with the words. */
	private budget: number;

	constructor(text: string, words: readonly string[]) {
		this.lower = toLower(text);
		this.lowerWords = words.map((word) => toLower(word.trim()));
		this.budget = 100_000 + 20 * text.length;
	}

	place(index: number): Place | undefined {
		const found = this.matchAt(this.cursor, index) ?? this.search(index);
		if (found) {
			this.cursor = found.end;
			this.notFound = 0;
		} else if (hasLetter(this.lowerWords[index] ?? '')) {
			this.notFound++;
		}
		return found;
	}

	/** Returns the place of a word, if only whitespace and marks precede it. */
	private matchAt(from: number, index: number): Place | undefined {
		const word = this.lowerWords[index] ?? '';
		if (word === '') return undefined;
		let begin = from;
		while (isBlank(this.lower.charCodeAt(begin))) begin++;
		const place = this.lower.startsWith(word, begin)
			? { begin, end: begin + word.length }
			: this.matchLetters(begin, word);
		return place && this.endsWord(place.end, index) ? place : undefined;
	}

	/** Compares letters and digits only. */
	private matchLetters(from: number, word: string): Place | undefined {
		let begin = -1;
		let at = from;
		let end = from;
		for (let index = 0; index < word.length; index++) {
			if (!isLetterAt(word, index)) continue;
			while (at < this.lower.length && !isLetterAt(this.lower, at)) at++;
			if (this.lower.charCodeAt(at) !== word.charCodeAt(index)) return undefined;
			if (begin < 0) begin = at;
			end = ++at;
		}
		return begin < 0 ? undefined : { begin, end };
	}

	/**
	 * Whether the word isn't just the beginning of a longer word, such as “in” in “into”. The next word may be the rest
	 * of it.
	 */
	private endsWord(end: number, index: number): boolean {
		if (!isSpacedLetterAt(this.lower, end) || !isSpacedLetterAt(this.lower, end - 1)) return true;
		const next = this.lowerWords[index + 1];
		return next !== undefined && next !== '' && this.lower.startsWith(next, end);
	}

	/** Finds a word that follows text missing from the words, or words missing from the text. */
	private search(index: number): Place | undefined {
		const word = trimMarks(this.lowerWords[index] ?? '');
		if (word === '' || this.budget <= 0) return undefined;
		const range = Math.min(SEARCH_RANGE * 2 ** Math.min(this.notFound, 24), this.lower.length);
		const nearby = this.lower.slice(this.cursor, this.cursor + range);
		let from = 0;
		for (let candidate = 0; candidate < MAX_CANDIDATES; candidate++) {
			const distance = nearby.indexOf(word, from);
			this.budget -= (distance < 0 ? nearby.length : distance) - from;
			if (distance < 0) return undefined;
			const begin = this.cursor + distance;
			const place = { begin, end: begin + word.length };
			const isWord = !isSpacedLetterAt(this.lower, begin - 1) || !isSpacedLetterAt(this.lower, begin);
			if (isWord && this.endsWord(place.end, index) && this.isConfirmed(distance, place.end, index)) return place;
			from = distance + 1;
		}
		return undefined;
	}

	/** Whether the text continues there with enough of the following words, or with all that are left. */
	private isConfirmed(distance: number, end: number, index: number): boolean {
		const needed = CONFIRMATIONS.find(([limit]) => distance <= limit)?.[1] ?? 0;
		let at = end;
		let confirmed = 0;
		for (let next = index + 1; next < this.lowerWords.length && confirmed < needed; next++) {
			const word = this.lowerWords[next] ?? '';
			if (!hasLetter(word)) continue;
			const place = this.matchAt(at, next);
			if (!place) return false;
			at = place.end;
			confirmed++;
		}
		return confirmed === needed || !hasLetter(this.lower.slice(at, at + 200));
	}
}

/** Converts text to lowercase without changing any indexes. */
function toLower(text: string): string {
	const lower = text.toLowerCase();
	return lower.length === text.length ? lower : text;
}

const isBlank = (code: number) => code === 0x20 || (code > 8 && code < 14) || code === 0xa0 || code === 0x3000;

const LETTER = /[\p{L}\p{N}\p{M}\ud800-\udfff]/u;

/** Whether the text has letters or digits, which means that it is spoken. */
export const hasLetter = (text: string) => /[a-z\d]/i.test(text) || /[\p{L}\p{N}]|\p{So}/u.test(text);

/** The letters and digits of the text in lowercase. */
export const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, '');

function isLetterAt(text: string, index: number): boolean {
	const code = text.charCodeAt(index);
	if (code < 0x80) return (code > 0x60 && code < 0x7b) || (code > 0x2f && code < 0x3a) || (code > 0x40 && code < 0x5b);
	return (code >= 0xd800 && code < 0xe000) || LETTER.test(text.charAt(index));
}

const isSpacedLetterAt = (text: string, index: number) => isLetterAt(text, index) && !isUnspaced(text.charAt(index));

/** Returns the word without leading and trailing marks. */
function trimMarks(word: string): string {
	let [begin, end] = [0, word.length];
	while (begin < end && !isLetterAt(word, begin)) begin++;
	while (end > begin && !isLetterAt(word, end - 1)) end--;
	return word.slice(begin, end);
}

/**
 * Returns whether there is no space before each word, with undefined where the text doesn't show it.
 * @param places from {@link placesIn}
 */
export function spacingIn(text: string, places: ReadonlyArray<Place | undefined>): Array<boolean | undefined> {
	let last: Place | undefined;
	return places.map((place) => {
		const before = last;
		last = place;
		if (!place || !before) return undefined;
		// Fast path for most words.
		if (place.begin === before.end) return true;
		const between = text.slice(before.end, place.begin);
		if (/\s/.test(between)) return false;
		return hasLetter(between) ? undefined : true;
	});
}
