import { NON_STARTER } from '../scripts';
import { endsClause, LineBreaker } from './lines';
import { sentenceEnds } from './sentences';
import { withPlausibleTimes } from './pace';
import { graphemesOf, widthOf } from './text';
import { timeCues } from './timing';
import type { Token } from './tokens';
import type { Spoken, Turn } from './turns';
import type { Cue, CueSettings, Draft } from './cue';

/**
 * Creates the subtitles of a transcript, in order and without overlap, each with one speaker.
 * @param spoken must have times
 * @param label returns text to put before the first words of a turn
 */
export function cuesIn(spoken: Spoken, settings: CueSettings, label: (turn: Turn) => string = () => ''): Cue[] {
	const drafts = spoken.turns.flatMap((turn, index) => {
		// If turns overlap, there is no time between them anyway, so the next turn isn't a limit.
		const next = spoken.turns[index + 1]?.tokens[0]?.start;
		const until = next !== undefined && next >= (turn.tokens.at(-1)?.start ?? 0) ? next : undefined;
		return draftsOf(turn, { label: label(turn), until, spoken }, settings);
	});
	return timeCues(
		inVoiceOrder(drafts).sort((a, b) => a.start - b.start),
		settings,
	);
}

/** Delays cues that would start before the previous cue of the same voice. */
function inVoiceOrder(drafts: Draft[]): Draft[] {
	const latest = new Map<string, number>();
	for (const draft of drafts) {
		const voice = JSON.stringify([draft.channel, draft.speaker]);
		draft.start = Math.max(draft.start, latest.get(voice) ?? 0);
		draft.end = Math.max(draft.start, draft.end);
		latest.set(voice, draft.start);
	}
	return drafts;
}

function draftsOf(
	{ speaker, channel, tokens: spokenTokens }: Turn,
	{ label, until, spoken }: { label: string; until: number | undefined; spoken: Spoken },
	settings: CueSettings,
): Draft[] {
	const { tokens, isEnd, labelLength } = fitToLines(spokenTokens, label, spoken, settings.charactersPerLine);
	const timed = withPlausibleTimes(tokens, isEnd, labelLength);
	const breaker = new LineBreaker(timed, settings.charactersPerLine);
	return breaks(breaker, isEnd, until, settings).map(([from, to]): Draft => {
		const starts = breaker.lines(from, to);
		let end = 0;
		for (let index = from; index < to; index++) end = Math.max(end, timed[index]?.end ?? 0);
		return {
			speaker,
			channel,
			start: timed[from]?.start ?? 0,
			end,
			width: breaker.width(from, to),
			lines: starts.map((start, line) => tokens.slice(start, starts[line + 1] ?? to)),
		};
	});
}

/**
 * Prepares the tokens of a turn for line breaking: prepends the label and splits tokens that are wider than a line.
 * `isEnd` indicates whether a sentence ends with each token; `labelLength` is the number of tokens in the label.
 */
function fitToLines(
	spokenTokens: readonly Token[],
	label: string,
	spoken: Spoken,
	lineWidth: number,
): { tokens: Token[]; isEnd: boolean[]; labelLength: number } {
	const ends = sentenceEnds(spokenTokens, spoken);
	const begin = spokenTokens[0]?.start ?? 0;
	const names =
		label === ''
			? []
			: label.split(' ').map((text): Token => ({ text, start: begin, end: begin, noSpaceBefore: false }));
	const all = [...names, ...spokenTokens];
	const isEnd = [...names.map(() => false), ...ends];
	// Fast path for most turns: no character is wider than 2.
	if (all.every(({ text }) => text.length * 2 <= lineWidth)) return { tokens: all, isEnd, labelLength: names.length };
	const pieces = all.map((token) => splitToken(token, lineWidth));
	return {
		tokens: pieces.flat(),
		isEnd: pieces.flatMap((parts, index) => parts.map((_, part) => isEnd[index] === true && part === parts.length - 1)),
		labelLength: pieces.slice(0, names.length).flat().length,
	};
}

/** Splits a token that is wider than a line, between graphemes. */
function splitToken(token: Token, lineWidth: number): Token[] {
	if (widthOf(token.text) <= lineWidth) return [token];
	const pieces = splitText(token.text, lineWidth);
	const each = (token.end - token.start) / pieces.length;
	return pieces.map((text, index) => ({
		text,
		start: token.start + each * index,
		end: index === pieces.length - 1 ? token.end : token.start + each * (index + 1),
		noSpaceBefore: index > 0 || token.noSpaceBefore,
	}));
}

/**
 * Splits text into pieces that fit a line. Where possible, avoids pieces that start with a character that must not
 * begin a line.
 */
function splitText(text: string, lineWidth: number): string[] {
	const pieces: string[] = [];
	let piece: string[] = [];
	let width = 0;
	for (const grapheme of graphemesOf(text)) {
		const ownWidth = widthOf(grapheme);
		if (piece.length > 0 && width + ownWidth > lineWidth) {
			let keep = piece.length;
			if (NON_STARTER.test(grapheme)) {
				do keep--;
				while (keep > 0 && NON_STARTER.test(piece[keep] ?? ''));
			}
			const rest = keep > 0 ? piece.splice(keep) : [];
			pieces.push(piece.join(''));
			piece = rest;
			width = widthOf(rest.join(''));
		}
		piece.push(grapheme);
		width += ownWidth;
	}
	pieces.push(piece.join(''));
	return pieces;
}

/** The costs used to choose where cues begin and end. Only their proportions matter. */
const COST = {
	/** Added for each cue, because readers have to reorient themselves. */
	cue: 10,
	/** Added if a cue ends mid-sentence: after a comma, in a pause, or anywhere else (plus the cost of the break). */
	afterClause: 8,
	inPause: 12,
	midPhrase: 12,
	/** Added if the first or last word of a sentence is in a different cue than the rest. */
	orphan: 30,
	/** Added if a cue continues after the end of a sentence, or across a silence (per second). */
	nextSentence: 12,
	silence: 25,
	/** Added if a cue is shorter than the minimum. Outweighs any other reason to end a cue there. */
	belowMinimum: 60,
	/**
	 * Added if a cue has no time at all, or must be read twice as fast as it should be; scaled accordingly for other
	 * cases.
	 */
	tooShort: 20,
	tooFast: 20,
};
const PAUSE_SECONDS = 0.35;

/**
 * Divides tokens into cues with the lowest total cost. The number of tokens per cue is limited, so the time is linear
 * in the number of tokens.
 * @param until the start of the next turn
 * @returns the index of the first token of each cue, and the index after its last token
 */
function breaks(
	breaker: LineBreaker,
	isEnd: readonly boolean[],
	until: number | undefined,
	settings: CueSettings,
): Array<[number, number]> {
	const { tokens } = breaker;
	const { linesPerCue, maxCueDuration } = settings;
	const inner = tokens.map((_, index) => (index === 0 ? 0 : innerCost(tokens, isEnd, index)));
	const atEnd = tokens.map((_, index) => endCost(breaker, isEnd, index + 1));
	const ends = tokens.map(({ end }) => end);
	// The lowest cost for all tokens before an index, and the start of the last cue.
	const costs = [0, ...tokens.map(() => Infinity)];
	const begins = [0, ...tokens.map(() => 0)];
	for (let from = 0; from < tokens.length; from++) {
		const { start } = tokens[from] as Token;
		const cost = (costs[from] as number) + COST.cue;
		const reach = Math.max(breaker.reach(from, linesPerCue), from + 1);
		let inside = 0;
		for (let to = from + 1; to <= reach; to++) {
			if (to > from + 1) {
				if ((ends[to - 1] as number) - start > maxCueDuration) break;
				inside += inner[to - 1] as number;
			}
			const untimed = cost + inside + (atEnd[to - 1] as number);
			// The time cost can only increase the total, so it isn't needed here.
			if (untimed >= (costs[to] as number)) continue;
			const total = untimed + timeCost(breaker, from, to, until, settings);
			if (total >= (costs[to] as number)) continue;
			costs[to] = total;
			begins[to] = from;
		}
	}
	const cues: Array<[number, number]> = [];
	for (let to = tokens.length; to > 0; to = begins[to] as number) cues.push([begins[to] as number, to]);
	return cues.reverse();
}

/** Returns the cost of having the tokens before and at `index` in the same cue. */
function innerCost(tokens: readonly Token[], isEnd: readonly boolean[], index: number): number {
	const silence = (tokens[index] as Token).start - (tokens[index - 1] as Token).end;
	return (isEnd[index - 1] ? COST.nextSentence : 0) + (silence > PAUSE_SECONDS ? silence * COST.silence : 0);
}

/** Returns the cost of ending a cue before the token `to`. */
function endCost(breaker: LineBreaker, isEnd: readonly boolean[], to: number): number {
	const { tokens } = breaker;
	const last = tokens[to - 1] as Token;
	const next = tokens[to];
	if (next === undefined || isEnd[to - 1]) return 0;
	const isPause = next.start - last.end >= PAUSE_SECONDS;
	const cost = endsClause(last)
		? COST.afterClause
		: isPause
			? COST.inPause
			: COST.midPhrase + breaker.breakCostBefore(to);
	const leavesOne = isEnd[to] === true || to === tokens.length - 1;
	const takesOne = to === 1 || isEnd[to - 2] === true;
	return cost + (leavesOne || takesOne ? COST.orphan : 0);
}

/** Returns the cost of having too little time until the next cue. */
function timeCost(
	breaker: LineBreaker,
	from: number,
	to: number,
	until: number | undefined,
	{ gap, maxCueDuration, minCueDuration, readingSpeed }: CueSettings,
): number {
	const next = breaker.tokens[to]?.start ?? until;
	if (next === undefined) return 0;
	const time = Math.max(0.001, Math.min(maxCueDuration, next - gap - (breaker.tokens[from] as Token).start));
	const tooShort = Math.max(0, 1 - time / minCueDuration);
	const tooFast = Math.max(0, breaker.width(from, to) / readingSpeed / time - 1);
	return (tooShort > 0 ? COST.belowMinimum : 0) + COST.tooShort * tooShort + COST.tooFast * Math.min(3, tooFast);
}
