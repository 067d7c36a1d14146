import { sentenceMark } from './punctuation';
import { endsInLetter, widthOf } from './text';
import type { Token } from './tokens';

const CLAUSE_END = /[,;:–—،؛、，；：・]["'”’»›)\]」』）]*$/u;

/** The costs of bad breaks, relative to a one-character difference in line width. */
const PHRASE_BREAK_COST = 20;
const NAME_BREAK_COST = 20;
const SHORT_WORD_BREAK_COST = 6;
const LONE_WORD_COST = 25;

/** Whether a line or cue can end after the token without splitting a phrase. */
export const endsClause = ({ text }: Token): boolean => !endsInLetter(text) && CLAUSE_END.test(text);

/**
 * Returns the cost of a break between two words, regardless of their language. A break after punctuation costs nothing.
 * A break costs more between two capitalized words, which may be a name, and after a short word, which usually belongs
 * to the next word (articles, prepositions, conjunctions).
 */
function breakCost(last: Token, next: Token): number {
	if (endsClause(last) || (!endsInLetter(last.text) && sentenceMark(last.text) !== undefined)) return 0;
	const isName = /^\p{Lu}/u.test(last.text) && /^\p{Lu}/u.test(next.text);
	const isShort = last.text.length <= 3 && !next.noSpaceBefore;
	return PHRASE_BREAK_COST + (isName ? NAME_BREAK_COST : 0) + (isShort ? SHORT_WORD_BREAK_COST : 0);
}

/** Tokens with precomputed values for line breaking. */
export class LineBreaker {
	/** The start and end of each token if all were on one line. */
	private readonly begins: number[] = [];
	private readonly ends: number[] = [];
	/** The cost of a break before each token. */
	private readonly breakCosts: number[] = [];
	/** The latest possible end of a line that starts with each token. */
	private readonly latest: number[] = [];

	/** @param lineWidth a wider token gets its own line */
	constructor(
		readonly tokens: readonly Token[],
		lineWidth: number,
	) {
		let width = 0;
		let last: Token | undefined;
		for (const token of tokens) {
			if (!token.noSpaceBefore) width++;
			this.begins.push(width);
			width += widthOf(token.text);
			this.ends.push(width);
			this.breakCosts.push(last ? breakCost(last, token) : 0);
			last = token;
		}
		let end = 0;
		for (let begin = 0; begin < tokens.length; begin++) {
			end = Math.max(end, begin + 1);
			while (end < tokens.length && this.width(begin, end + 1) <= lineWidth) end++;
			this.latest.push(end);
		}
	}

	/** Returns the width of the tokens from `from` to `to` (exclusive) on one line. */
	width(from: number, to: number): number {
		return (this.ends[to - 1] as number) - (this.begins[from] as number);
	}

	/** Returns the cost of a break before the token, which is 0 at both ends. */
	breakCostBefore(index: number): number {
		return this.breakCosts[index] ?? 0;
	}

	/** Returns the latest possible end of the given number of lines, the first of which starts with the token `from`. */
	reach(from: number, lines: number): number {
		let end = from;
		for (let line = 0; line < lines && end < this.tokens.length; line++) end = this.latest[end] as number;
		return end;
	}

	/**
	 * Breaks tokens into as few lines as possible, of similar width, preferably after punctuation.
	 * @returns the index of the first token of each line
	 */
	lines(from: number, to: number): number[] {
		let needed = 1;
		while (this.reach(from, needed) < to) needed++;
		if (needed === 1) return [from];
		const ideal = this.width(from, to) / needed;
		let layouts: Layout[] = [{ end: from, cost: 0 }];
		for (let line = 1; line < needed; line++) layouts = this.addLine(layouts, to, ideal);
		let best: Layout | undefined;
		let least = Infinity;
		for (const layout of layouts) {
			// The last line contains the rest.
			if (!this.fits(layout.end, to)) continue;
			const cost = layout.cost + this.cost(layout.end, to, to, ideal);
			if (cost < least) [best, least] = [layout, cost];
		}
		return best ? startsOf(best) : [from];
	}

	/**
	 * Returns the best layouts that have one more line and leave at least one token for the next line. Input and output
	 * are sorted by end.
	 */
	private addLine(layouts: readonly Layout[], to: number, ideal: number): Layout[] {
		const longer: Layout[] = [];
		const nearest = (layouts[0]?.end ?? 0) + 1;
		for (const before of layouts) {
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
		const isLone = end - begin === 1 && !this.tokens[begin]?.noSpaceBefore && width < ideal / 2;
		return Math.abs(width - ideal) + (end < to ? this.breakCostBefore(end) : 0) + (isLone ? LONE_WORD_COST : 0);
	}
}

/** A division of all tokens before `end` into a number of lines. */
interface Layout {
	end: number;
	cost: number;
	/** The layout without the last line; absent if it has no lines. */
	before?: Layout;
}

/** Returns the starts of all lines, including the one after the layout. */
function startsOf(layout: Layout): number[] {
	const starts: number[] = [];
	for (let line: Layout | undefined = layout; line; line = line.before) starts.push(line.end);
	return starts.reverse();
}
