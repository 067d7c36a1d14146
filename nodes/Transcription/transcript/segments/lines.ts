import { endsInLetter, widthOf } from './text';
import type { Token } from './tokens';

const CLAUSE_END = /[,;:–—،؛、，；：・]["'”’»›)\]」』）]*$/u;

const SENTENCE_END = /[.!?…。！？]["'”’»›)\]」』）]*$/u;

/** What a bad break costs, against lines that differ in width by one character. */
const TORN_PHRASE = 20;
const TORN_NAME = 20;
const AFTER_SHORT_WORD = 6;
const LONE_WORD = 25;

/** Whether a line or a cue may end with the token without tearing a phrase. */
export const endsClause = ({ text }: Token): boolean => !endsInLetter(text) && CLAUSE_END.test(text);

/**
 * How much a break between two words tears apart, without knowing their language: nothing after punctuation; more
 * between two capitalized words, which may be a name, and after a short word, which mostly leads to what follows
 * (articles, prepositions, conjunctions).
 */
function tornBetween(last: Token, next: Token): number {
	if (endsClause(last) || (!endsInLetter(last.text) && SENTENCE_END.test(last.text))) return 0;
	const isName = /^\p{Lu}/u.test(last.text) && /^\p{Lu}/u.test(next.text);
	const isShort = last.text.length <= 3 && !next.glued;
	return TORN_PHRASE + (isName ? TORN_NAME : 0) + (isShort ? AFTER_SHORT_WORD : 0);
}

/** Tokens with what line breaking asks of them again and again. */
export class Row {
	/** Where each token begins and ends, if all were on one line. */
	private readonly begins: number[] = [];
	private readonly ends: number[] = [];
	/** How much a break before each token tears apart. */
	private readonly torn: number[] = [];
	/** Where a line that begins with each token ends at the latest. */
	private readonly latest: number[] = [];

	/** @param room width of a line. A token that is wider has a line to itself */
	constructor(
		readonly tokens: readonly Token[],
		room: number,
	) {
		let width = 0;
		let last: Token | undefined;
		for (const token of tokens) {
			if (!token.glued) width++;
			this.begins.push(width);
			width += widthOf(token.text);
			this.ends.push(width);
			this.torn.push(last ? tornBetween(last, token) : 0);
			last = token;
		}
		let end = 0;
		for (let begin = 0; begin < tokens.length; begin++) {
			end = Math.max(end, begin + 1);
			while (end < tokens.length && this.width(begin, end + 1) <= room) end++;
			this.latest.push(end);
		}
	}

	/** Width of the tokens from `from` up to `to`, which is not among them, on one line. */
	width(from: number, to: number): number {
		return (this.ends[to - 1] as number) - (this.begins[from] as number);
	}

	/** How much a break before the token tears apart; 0 at both ends. */
	tornBefore(index: number): number {
		return this.torn[index] ?? 0;
	}

	/** Where the last of a number of lines ends at the latest, of which the first begins with a token. */
	reach(from: number, lines: number): number {
		let end = from;
		for (let line = 0; line < lines && end < this.tokens.length; line++) end = this.latest[end] as number;
		return end;
	}

	/**
	 * Breaks tokens into as few lines as they need, evenly, after punctuation where that is near.
	 * @returns where each line begins
	 */
	lines(from: number, to: number): number[] {
		let needed = 1;
		while (this.reach(from, needed) < to) needed++;
		if (needed === 1) return [from];
		const ideal = this.width(from, to) / needed;
		let ways: Way[] = [{ end: from, cost: 0 }];
		for (let line = 1; line < needed; line++) ways = this.withOneMore(ways, to, ideal);
		let best: Way | undefined;
		let least = Infinity;
		for (const way of ways) {
			// The last line takes what is left.
			if (!this.fits(way.end, to)) continue;
			const cost = way.cost + this.cost(way.end, to, to, ideal);
			if (cost < least) [best, least] = [way, cost];
		}
		return best ? startsOf(best) : [from];
	}

	/** The best ways with a line more, which leave something for another: in order of their end, as they are given. */
	private withOneMore(ways: readonly Way[], to: number, ideal: number): Way[] {
		const longer: Way[] = [];
		const nearest = (ways[0]?.end ?? 0) + 1;
		for (const before of ways) {
			for (let end = before.end + 1; end < to && this.fits(before.end, end); end++) {
				const cost = before.cost + this.cost(before.end, end, to, ideal);
				if (cost < (longer[end - nearest]?.cost ?? Infinity)) longer[end - nearest] = { end, cost, before };
			}
		}
		return longer;
	}

	private fits(begin: number, end: number): boolean {
		return end <= (this.latest[begin] as number);
	}

	private cost(begin: number, end: number, to: number, ideal: number): number {
		const width = this.width(begin, end);
		const isLone = end - begin === 1 && !this.tokens[begin]?.glued && width < ideal / 2;
		return Math.abs(width - ideal) + (end < to ? this.tornBefore(end) : 0) + (isLone ? LONE_WORD : 0);
	}
}

/** A way to fill a number of lines with all tokens before `end`. */
interface Way {
	end: number;
	cost: number;
	/** The lines before its last one; none, where it has no line at all. */
	before?: Way;
}

/** Where the lines begin that come before another, and that other. */
function startsOf(way: Way): number[] {
	const starts: number[] = [];
	for (let line: Way | undefined = way; line; line = line.before) starts.push(line.end);
	return starts.reverse();
}
