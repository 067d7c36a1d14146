import { longestPlausible } from '../wordTimes';
import type { Token } from './tokens';

/** A gap shorter than this isn't a pause. */
const PAUSE_SECONDS = 0.35;

/** A typical speaking rate. */
const SECONDS_PER_CHARACTER = 1 / 15;

/**
 * Corrects token times that would spoil subtitles. Services stretch a word over the silence next to it, or give several
 * words the same time. The former would separate the word from its sentence, and the latter would cause cues that flash
 * by.
 *
 * @param isEnd whether a sentence ends with each token
 * @param labelLength the number of tokens at the beginning that aren't spoken
 * @returns copies of the tokens, or the same ones if nothing needs to be corrected
 */
export function withPlausibleTimes(
	tokens: readonly Token[],
	isEnd: readonly boolean[],
	labelLength: number,
): readonly Token[] {
	const isPlausible = tokens.every(
		(token, index) => index < labelLength || !(isStretched(token) || isSimultaneous(token, tokens[index + 1])),
	);
	if (isPlausible) return tokens;
	const spoken = tokens.slice(labelLength).map((token) => ({ ...token }));
	shorten(spoken, isEnd.slice(labelLength));
	spreadOut(spoken);
	const begin = spoken[0]?.start ?? 0;
	return [...tokens.slice(0, labelLength).map((token) => ({ ...token, start: begin, end: begin })), ...spoken];
}

/**
 * Removes the silence from stretched words. A word that is a whole sentence is left as it is, because it has no
 * neighbors to stay close to.
 */
function shorten(tokens: Token[], isEnd: readonly boolean[]): void {
	for (const [index, token] of tokens.entries()) {
		if (!isStretched(token)) continue;
		const [before, after] = [tokens[index - 1], tokens[index + 1]];
		const continues = after !== undefined && !isEnd[index] && after.start - token.end < PAUSE_SECONDS;
		const isContinued = before !== undefined && !isEnd[index - 1] && token.start - before.end < PAUSE_SECONDS;
		const longest = longestPlausible(token.text);
		if (continues && !isContinued) token.start = Math.max(token.start, Math.min(token.end, after.start) - longest);
		else if (continues || isContinued) token.end = token.start + longest;
	}
}

const isStretched = ({ text, start, end }: Token) => end - start > longestPlausible(text);

const isSimultaneous = ({ start }: Token, next: Token | undefined) => next !== undefined && next.start <= start;

/**
 * Divides the time until the next token among tokens with the same start, by length, without exceeding the time they
 * need.
 */
function spreadOut(tokens: readonly Token[]): void {
	for (let from = 0; from < tokens.length;) {
		const first = tokens[from] as Token;
		let to = from + 1;
		while (isSimultaneous(first, tokens[to])) to++;
		if (to > from + 1) divide(tokens.slice(from, to), tokens[to]?.start);
		from = to;
	}
}

function divide(run: readonly Token[], next = Infinity): void {
	const start = run[0]?.start ?? 0;
	const length = run.reduce((sum, { text }) => sum + text.length, 0);
	const latest = run.reduce((time, { end }) => Math.max(time, end), start);
	const end = Math.min(next, Math.max(latest, start + length * SECONDS_PER_CHARACTER));
	let passed = 0;
	for (const token of run) {
		token.start = start + ((end - start) * passed) / length;
		passed += token.text.length;
		token.end = start + ((end - start) * passed) / length;
	}
	const last = run.at(-1);
	if (last) last.end = Math.max(last.end, latest);
}
