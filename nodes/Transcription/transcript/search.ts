import { ACCENTS } from './accents';
import { firstCharacter, lastCharacter } from './join';
import { UNSPACED } from './scripts';
import type { Segment, Spoken } from './segments';
import { sentenceEnds } from './segments/sentences';
import { toSegment } from './segments/segments';
import { textOf, type Token } from './segments/tokens';

/** An occurrence of a search term. */
export interface Hit extends Segment {
	/** The search term; `text` is the text in the transcript. */
	term: string;
	/** The sentence around it; for a long sentence, the words nearby. */
	context: string;
}

/**
 * Finds words and phrases in order of occurrence, ignoring case, accents, and punctuation. Matches whole words, except
 * in scripts without spaces. A phrase must be within one turn.
 */
export function search(spoken: Spoken, terms: readonly string[]): Hit[] {
	const needles = terms.map((term) => ({ term, folded: fold(term) })).filter(({ folded }) => folded !== '');
	return spoken.turns.flatMap((turn) => {
		const folded = foldTurn(turn.tokens);
		const places = needles.flatMap(({ term, folded: needle }) =>
			placesOf(needle, folded).map((place) => ({ term, ...place })),
		);
		if (places.length === 0) return [];
		const ends = sentenceEnds(turn.tokens, spoken);
		places.sort((a, b) => a.from - b.from || a.to - b.to);
		return places.map(({ term, from, to }): Hit => ({
			term,
			...toSegment(turn, turn.tokens.slice(from, to), spoken.timed),
			context: contextOf(turn.tokens, ends, from, to),
		}));
	});
}

/** The maximum number of context words before and after, for long sentences or text without punctuation. */
const CONTEXT_WORDS = 20;

function contextOf(tokens: readonly Token[], ends: readonly boolean[], from: number, to: number): string {
	let begin = from;
	while (begin > 0 && !ends[begin - 1] && from - begin < CONTEXT_WORDS) begin--;
	let end = to;
	while (end < tokens.length && !ends[end - 1] && end - to < CONTEXT_WORDS) end++;
	const before = begin > 0 && !ends[begin - 1] ? '… ' : '';
	const after = end < tokens.length && !ends[end - 1] ? ' …' : '';
	return `${before}${textOf(tokens.slice(begin, end))}${after}`;
}

interface FoldedTurn {
	text: string;
	/** The start index of each token in the text. */
	begins: number[];
}

function foldTurn(tokens: readonly Token[]): FoldedTurn {
	const begins: number[] = [];
	let text = '';
	for (const token of tokens) {
		const folded = fold(token.text);
		if (folded !== '' && text !== '' && !token.noSpaceBefore) text += ' ';
		begins.push(text.length);
		text += folded;
	}
	return { text, begins };
}

/** Normalizes text for matching: lowercase letters and digits without accents, words separated by one space. */
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

function placesOf(needle: string, { text, begins }: FoldedTurn): Array<{ from: number; to: number }> {
	const places: Array<{ from: number; to: number }> = [];
	let token = 0;
	for (let start = text.indexOf(needle); start !== -1;) {
		const end = start + needle.length;
		if (!isBoundary(text, start) || !isBoundary(text, end)) {
			start = text.indexOf(needle, start + 1);
			continue;
		}
		while ((begins[token + 1] ?? Infinity) <= start) token++;
		let to = token + 1;
		while ((begins[to] ?? Infinity) < end) to++;
		places.push({ from: token, to });
		start = text.indexOf(needle, end);
	}
	return places;
}

function isBoundary(text: string, index: number): boolean {
	const before = lastCharacter(text.slice(Math.max(0, index - 2), index));
	const after = firstCharacter(text.slice(index, index + 2));
	if (index === 0 || index >= text.length || before === ' ' || after === ' ') return true;
	return UNSPACED.test(before) || UNSPACED.test(after);
}
