import type { RawWord } from './model';
import type { RawSegment } from './segmentTimes';
import { hasLetter, lettersOf, placesIn } from './textPlaces';

/** How much of the missing text a warning quotes, in characters. */
const QUOTE_LENGTH = 120;
const MAX_QUOTES = 3;
/** More gaps than this don't need to be counted. */
const MAX_GAPS = 200;

/**
 * Warns if the service's words lack part of its text. Subtitles and other files are created from the words. Differences
 * in punctuation, spacing, case, or number formatting aren't reported, nor are words in a different order.
 *
 * @param words in the service's order
 * @returns undefined if nothing is missing
 */
export function missingTextWarning(text: string | undefined, words: ReadonlyArray<Pick<RawWord, 'text' | 'kind'>>) {
	return missingPartsWarning(missingText(text ?? '', words));
}

/** @param missing parts of the text */
export function missingPartsWarning(missing: readonly string[]): string | undefined {
	if (missing.length === 0) return undefined;
	const quotes = missing.slice(0, MAX_QUOTES).map((part) => `“${shortened(part)}”`);
	const more = missing.length > MAX_QUOTES ? ` and ${missing.length - MAX_QUOTES} more` : '';
	return `The words lack part of the text: ${quotes.join(', ')}${more}. Files may lack it too.`;
}

/**
 * Returns warnings about a service's words: {@link missingTextWarning}, and one about estimated times. Must be called
 * before missing times are filled in, because estimated times can't be recognized afterward.
 * @param segments the service's segments or utterances, if any
 * @returns undefined if there are none
 */
export function wordWarnings(
	text: string | undefined,
	words: readonly RawWord[],
	segments: readonly RawSegment[] = [],
): string[] | undefined {
	const isTimed = words.some(({ start, end }) => start !== undefined || end !== undefined);
	return warningList(
		missingTextWarning(text, spokenParts(words, segments)),
		words.length > 0 && !isTimed ? ESTIMATED_TIMES : undefined,
	);
}

export const ESTIMATED_TIMES = 'The provider returned no times for the words, so they are estimated.';

/** The words or, for a segment without words, its text, which files then contain instead. */
function spokenParts(
	words: readonly RawWord[],
	segments: readonly RawSegment[],
): ReadonlyArray<Pick<RawWord, 'text' | 'kind'>> {
	const areOfSegments = words.length === segments.reduce((sum, segment) => sum + segment.words.length, 0);
	if (!areOfSegments) return words;
	return segments.flatMap(({ words: own, utterance: { text } }) =>
		own.length > 0 ? own : { text, kind: 'word' as const },
	);
}

/** Returns the warnings that aren't undefined, or undefined if there are none. */
export function warningList(...warnings: Array<string | undefined>): string[] | undefined {
	const present = warnings.filter((warning) => warning !== undefined);
	return present.length > 0 ? present : undefined;
}

function shortened(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length <= QUOTE_LENGTH ? line : `${line.slice(0, QUOTE_LENGTH).toWellFormed().trimEnd()}…`;
}

/** Returns the parts of the text that aren't in the words. */
export function missingText(text: string, words: ReadonlyArray<Pick<RawWord, 'text' | 'kind'>>): string[] {
	const spoken = words.filter(({ kind, text: word }) => kind !== 'spacing' && hasLetter(word)).map((word) => word.text);
	if (spoken.length === 0 || !hasLetter(text)) return [];
	const places = placesIn(text, spoken);
	const unmatched = spoken.filter((_, index) => places[index] === undefined);
	// This is a different text, such as a translation.
	if (unmatched.length * 2 > spoken.length) return [];

	const gaps: string[] = [];
	let from = 0;
	let unmatchedLength = 0;
	const addGap = (to: number) => {
		const gap = text.slice(from, to);
		// Unless the gap is much longer, the words in between are the same in a different format, such as “twenty two” for
		// 22.
		if (hasLetter(gap) && gap.length > 20 * Math.sign(unmatchedLength) + 3 * unmatchedLength) gaps.push(gap);
	};
	for (const [index, place] of places.entries()) {
		if (!place) {
			unmatchedLength += (spoken[index] as string).length + 1;
			continue;
		}
		if (place.begin > from) addGap(place.begin);
		from = place.end;
		unmatchedLength = 0;
	}
	addGap(text.length);
	const elsewhere = new Elsewhere(unmatched);
	return gaps
		.slice(0, MAX_GAPS)
		.flatMap(withoutLabels)
		.filter((gap) => !elsewhere.has(gap));
}

/** Removes unspoken text at the beginning of a line: names before a colon, times, and notes in brackets. */
function withoutLabels(gap: string): string[] {
	const rest = gap
		.split('\n')
		.map((line) =>
			line
				.replace(/[[(<{][^\])>}]{0,60}[\])>}]/g, ' ')
				.replace(/\d+:\d\d(?::\d\d)?(?:[.,]\d+)?/g, ' ')
				.replace(/^[\s\p{P}]*[\p{L}\p{M}\p{N} ._-]{1,40}[:：]/u, ' '),
		)
		.filter(hasLetter)
		.join('\n');
	return hasLetter(rest) ? [rest.replace(/^[\s\p{Pe}\p{Pf}.,;:!?…。、！？]+/u, '').trim()] : [];
}

/** Words that weren't found at their place in the text. */
class Elsewhere {
	private readonly words: ReadonlySet<string>;
	private readonly joined: string;

	constructor(words: readonly string[]) {
		this.words = new Set(words.map(lettersOf));
		this.joined = words.map(lettersOf).join('');
	}

	/**
	 * Whether most of a gap's text is among the words, which means that they are in a different order than in the text.
	 */
	has(gap: string): boolean {
		if (this.joined === '') return false;
		const pieces = gap
			.split(/\s+/)
			.map(lettersOf)
			.filter((piece) => piece !== '');
		const found = pieces.filter((piece) => this.words.has(piece) || (piece.length > 3 && this.joined.includes(piece)));
		return found.length * 2 >= pieces.length;
	}
}
