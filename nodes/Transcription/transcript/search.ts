import { firstOf, lastOf, UNSPACED } from './join';
import type { Segment, Spoken } from './segments';
import { sentenceEnds } from './segments/sentences';
import { toSegment } from './segments/segments';
import { textOf, type Token } from './segments/tokens';

/** A place where a word or phrase was said. */
export interface Hit extends Segment {
	/** As it was looked for; `text` is as it was said. */
	term: string;
	/** The sentence around it; of long ones the words nearby. */
	context: string;
}

/**
 * Where words and phrases are said, whatever their case, accents and punctuation, in order of their place. Whole words,
 * except in scripts without blanks; phrases within what one speaker says in one go.
 */
export function search(spoken: Spoken, terms: readonly string[]): Hit[] {
	const wanted = terms.map((term) => ({ term, folded: fold(term) })).filter(({ folded }) => folded !== '');
	return spoken.turns.flatMap((turn) => {
		const folded = foldTurn(turn.tokens);
		const places = wanted.flatMap(({ term, folded: needle }) => placesOf(needle, folded).map((place) => ({ term, ...place })));
		if (places.length === 0) return [];
		const ends = sentenceEnds(turn.tokens, spoken.timed, spoken.locale);
		places.sort((a, b) => a.from - b.from || a.to - b.to);
		return places.map(({ term, from, to }): Hit => ({
			term,
			...toSegment(turn, turn.tokens.slice(from, to), spoken.timed),
			context: contextOf(turn.tokens, ends, from, to),
		}));
	});
}

/** In long sentences, and where nothing marks them, as many words are shown before and after. */
const WORDS_AROUND = 20;

function contextOf(tokens: readonly Token[], ends: readonly boolean[], from: number, to: number): string {
	let begin = from;
	while (begin > 0 && !ends[begin - 1] && from - begin < WORDS_AROUND) begin--;
	let end = to;
	while (end < tokens.length && !ends[end - 1] && end - to < WORDS_AROUND) end++;
	const before = begin > 0 && !ends[begin - 1] ? '… ' : '';
	const after = end < tokens.length && !ends[end - 1] ? ' …' : '';
	return `${before}${textOf(tokens.slice(begin, end))}${after}`;
}

interface FoldedTurn {
	text: string;
	/** Where each token begins in the text. */
	begins: number[];
}

function foldTurn(tokens: readonly Token[]): FoldedTurn {
	const begins: number[] = [];
	let text = '';
	for (const token of tokens) {
		const folded = fold(token.text);
		if (folded !== '' && text !== '' && !token.glued) text += ' ';
		begins.push(text.length);
		text += folded;
	}
	return { text, begins };
}

/** Letters and digits, without case and accents, words apart by one blank. */
function fold(text: string): string {
	return text
		.normalize('NFKD')
		.replace(ACCENTS, '')
		.normalize('NFC')
		.toLowerCase()
		.replaceAll('ß', 'ss')
		.replace(/['’ʼ]/g, '')
		.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
		.trim();
}

/** Of Latin, Greek and Cyrillic, and the vowel points of Hebrew and Arabic. Elsewhere marks are letters. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;

function placesOf(needle: string, { text, begins }: FoldedTurn): Array<{ from: number; to: number }> {
	const places: Array<{ from: number; to: number }> = [];
	let token = 0;
	for (let at = text.indexOf(needle); at !== -1; ) {
		const end = at + needle.length;
		if (!isBoundary(text, at) || !isBoundary(text, end)) {
			at = text.indexOf(needle, at + 1);
			continue;
		}
		while ((begins[token + 1] ?? Infinity) <= at) token++;
		let to = token + 1;
		while ((begins[to] ?? Infinity) < end) to++;
		places.push({ from: token, to });
		at = text.indexOf(needle, end);
	}
	return places;
}

function isBoundary(text: string, at: number): boolean {
	const before = lastOf(text.slice(Math.max(0, at - 2), at));
	const after = firstOf(text.slice(at, at + 2));
	if (at === 0 || at >= text.length || before === ' ' || after === ' ') return true;
	return UNSPACED.test(before) || UNSPACED.test(after);
}
