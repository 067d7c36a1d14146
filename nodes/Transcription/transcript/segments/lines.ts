import type { Token } from './tokens';
import { widthOf } from './text';

/** Marks after which a line or a cue may end without tearing a phrase. */
export const CLAUSE_END = /[,;:–—،؛、，；：・]["'”’»›)\]」』）]*$/u;

const SENTENCE_END = /[.!?…。！？]["'”’»›)\]」』）]*$/u;

/** What a bad break costs, against lines that differ in width by one character. */
const TORN_PHRASE = 20;
const TORN_NAME = 20;
const AFTER_SHORT_WORD = 6;
const LONE_WORD = 25;

/**
 * How much a break between two words tears apart, without knowing their language: nothing after punctuation; more
 * between two capitalized words, which may be a name, and after a short word, which mostly leads to what follows
 * (articles, prepositions, conjunctions).
 */
export function tornBetween(last: Token, next: Token): number {
	if (SENTENCE_END.test(last.text) || CLAUSE_END.test(last.text)) return 0;
	const isName = /^\p{Lu}/u.test(last.text) && /^\p{Lu}/u.test(next.text);
	const isShort = last.text.length <= 3 && !next.glued;
	return TORN_PHRASE + (isName ? TORN_NAME : 0) + (isShort ? AFTER_SHORT_WORD : 0);
}

/** Tokens with what line breaking asks of them again and again. */
export class Row {
	private readonly widths: number[];
	/** Width of all before each token, blanks included. */
	private readonly before: number[] = [0];

	constructor(readonly tokens: readonly Token[]) {
		this.widths = tokens.map(({ text }) => widthOf(text));
		for (const [index, token] of tokens.entries()) {
			this.before.push((this.before[index] as number) + (token.glued ? 0 : 1) + (this.widths[index] as number));
		}
	}

	/** Width of the tokens from `from` up to `to`, which is not among them, on one line. */
	width(from: number, to: number): number {
		const blank = this.tokens[from]?.glued ? 0 : 1;
		return (this.before[to] as number) - (this.before[from] as number) - blank;
	}

	/**
	 * Breaks tokens into as few lines as they need, evenly, after punctuation where that is near.
	 * @param longest width of a line. A token that is wider has a line to itself
	 * @returns where each line begins
	 */
	lines(from: number, to: number, longest: number): number[] {
		const needed = this.linesNeeded(from, to, longest);
		if (needed === 1) return [from];
		const ideal = this.width(from, to) / needed;
		// best[line][end - from]: the least cost of filling that many lines with the tokens before `end`.
		let best = new Map<number, Way>([[from, { cost: 0, starts: [] }]]);
		for (let line = 1; line <= needed; line++) {
			const next = new Map<number, Way>();
			for (const [begin, way] of best) {
				for (let end = begin + 1; end <= to; end++) {
					if (end > begin + 1 && this.width(begin, end) > longest) break;
					if ((line === needed) !== (end === to)) continue;
					const cost = way.cost + this.cost(begin, end, to, ideal);
					if (cost < (next.get(end)?.cost ?? Infinity)) next.set(end, { cost, starts: [...way.starts, begin] });
				}
			}
			best = next;
		}
		return best.get(to)?.starts ?? [from];
	}

	/** How many lines the tokens take at least. */
	linesNeeded(from: number, to: number, longest: number): number {
		let lines = 1;
		let begin = from;
		for (let index = from + 1; index < to; index++) {
			if (this.width(begin, index + 1) <= longest) continue;
			lines++;
			begin = index;
		}
		return lines;
	}

	private cost(begin: number, end: number, to: number, ideal: number): number {
		const last = this.tokens[end - 1] as Token;
		const next = end < to ? this.tokens[end] : undefined;
		const isLone = end - begin === 1 && !last.glued && this.width(begin, end) < ideal / 2;
		return Math.abs(this.width(begin, end) - ideal) + (next ? tornBetween(last, next) : 0) + (isLone ? LONE_WORD : 0);
	}
}

interface Way {
	cost: number;
	starts: number[];
}
