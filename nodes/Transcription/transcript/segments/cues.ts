import { endsClause, Row } from './lines';
import { sentenceEnds } from './sentences';
import { graphemesOf, widthOf } from './text';
import { timeCues } from './timing';
import type { Token } from './tokens';
import type { Spoken, Turn } from './turns';
import { CueSettings, Cue, Draft } from './cue';

/**
 * The subtitles of a transcript: in order, one at a time, each of one speaker.
 * @param spoken with times
 * @param label what to say before the first words of a turn, if anything
 */
export function cuesIn(spoken: Spoken, settings: CueSettings, label: (turn: Turn) => string = () => ''): Cue[] {
	const drafts = spoken.turns.flatMap((turn) => draftsOf(turn, label(turn), spoken.locale, settings));
	return timeCues(drafts.sort((a, b) => a.start - b.start), settings);
}

function draftsOf({ speaker, channel, tokens: said }: Turn, label: string, locale: string | undefined, settings: CueSettings): Draft[] {
	const { tokens, isEnd } = fitted(said, label, locale, settings.charactersPerLine);
	const row = new Row(tokens, settings.charactersPerLine);
	return breaks(row, isEnd, settings).map(([from, to]): Draft => {
		const starts = row.lines(from, to);
		let end = 0;
		for (let index = from; index < to; index++) end = Math.max(end, tokens[index]?.end ?? 0);
		return {
			speaker,
			channel,
			start: tokens[from]?.start ?? 0,
			end,
			width: row.width(from, to),
			lines: starts.map((start, line) => tokens.slice(start, starts[line + 1] ?? to)),
		};
	});
}

/** The tokens of a turn as they go into lines: behind its label, none wider than a line. And whether a sentence ends with each. */
function fitted(said: readonly Token[], label: string, locale: string | undefined, room: number): { tokens: Token[]; isEnd: boolean[] } {
	const ends = sentenceEnds(said, true, locale);
	const begin = said[0]?.start ?? 0;
	const names = label === '' ? [] : label.split(' ').map((text): Token => ({ text, start: begin, end: begin, glued: false }));
	const all = [...names, ...said];
	const isEnd = [...names.map(() => false), ...ends];
	// As nearly always: no character takes more room than two.
	if (all.every(({ text }) => text.length * 2 <= room)) return { tokens: all, isEnd };
	const pieces = all.map((token) => cut(token, room));
	return { tokens: pieces.flat(), isEnd: pieces.flatMap((own, index) => own.map((_, place) => isEnd[index] === true && place === own.length - 1)) };
}

/** A token that no line has room for, in pieces that one has: between what readers take for characters. */
function cut(token: Token, room: number): Token[] {
	if (widthOf(token.text) <= room) return [token];
	const pieces: string[] = [];
	let piece = '';
	for (const grapheme of graphemesOf(token.text)) {
		if (piece !== '' && widthOf(piece + grapheme) > room) {
			pieces.push(piece);
			piece = '';
		}
		piece += grapheme;
	}
	pieces.push(piece);
	const each = (token.end - token.start) / pieces.length;
	return pieces.map((text, index) => ({
		text,
		start: token.start + each * index,
		end: index === pieces.length - 1 ? token.end : token.start + each * (index + 1),
		glued: index > 0 || token.glued,
	}));
}

/** What a way of breaking costs. Only the proportions matter. */
const COST = {
	/** Each cue: reading starts anew. */
	cue: 10,
	/** To end one in the middle of a sentence: after a comma, in a pause, or anywhere (and what it tears apart). */
	afterClause: 8,
	inPause: 12,
	torn: 12,
	/** To leave the first or the last word of a sentence in another cue than the rest. */
	orphan: 30,
	/** To go on after the end of a sentence, and over each second of silence. */
	nextSentence: 12,
	silence: 25,
	/** To stay too short, or to ask for reading twice as fast. */
	tooShort: 20,
	tooFast: 20,
};
const PAUSE_SECONDS = 0.35;

/**
 * Where cues begin and end: of all ways the one with the least cost. A cue holds a limited number of tokens, so that the
 * time is linear in their number.
 * @returns the first token of each cue and the one after its last
 */
function breaks(row: Row, isEnd: readonly boolean[], settings: CueSettings): Array<[number, number]> {
	const { tokens } = row;
	const { linesPerCue, maxCueDuration } = settings;
	const inner = tokens.map((_, index) => (index === 0 ? 0 : innerCost(tokens, isEnd, index)));
	const atEnd = tokens.map((_, index) => endCost(row, isEnd, index + 1));
	const ends = tokens.map(({ end }) => end);
	// Of all before a token: the least cost, and where the last cue begins then.
	const costs = [0, ...tokens.map(() => Infinity)];
	const begins = [0, ...tokens.map(() => 0)];
	for (let from = 0; from < tokens.length; from++) {
		const { start } = tokens[from] as Token;
		const cost = (costs[from] as number) + COST.cue;
		const reach = Math.max(row.reach(from, linesPerCue), from + 1);
		let inside = 0;
		for (let to = from + 1; to <= reach; to++) {
			if (to > from + 1) {
				if ((ends[to - 1] as number) - start > maxCueDuration) break;
				inside += inner[to - 1] as number;
			}
			const untimed = cost + inside + (atEnd[to - 1] as number);
			// Time only adds to it.
			if (untimed >= (costs[to] as number)) continue;
			const all = untimed + timeCost(row, from, to, settings);
			if (all >= (costs[to] as number)) continue;
			costs[to] = all;
			begins[to] = from;
		}
	}
	const found: Array<[number, number]> = [];
	for (let to = tokens.length; to > 0; to = begins[to] as number) found.push([begins[to] as number, to]);
	return found.reverse();
}

/** Of having the token before `index` and the one at `index` in the same cue. */
function innerCost(tokens: readonly Token[], isEnd: readonly boolean[], index: number): number {
	const silence = (tokens[index] as Token).start - (tokens[index - 1] as Token).end;
	return (isEnd[index - 1] ? COST.nextSentence : 0) + (silence > PAUSE_SECONDS ? silence * COST.silence : 0);
}

/** Of ending a cue before the token `to`. */
function endCost(row: Row, isEnd: readonly boolean[], to: number): number {
	const { tokens } = row;
	const last = tokens[to - 1] as Token;
	const next = tokens[to];
	if (next === undefined || isEnd[to - 1]) return 0;
	const isPause = next.start - last.end >= PAUSE_SECONDS;
	const cost = endsClause(last) ? COST.afterClause : isPause ? COST.inPause : COST.torn + row.tornBefore(to);
	const leavesOne = isEnd[to] === true || to === tokens.length - 1;
	const takesOne = to === 1 || isEnd[to - 2] === true;
	return cost + (leavesOne || takesOne ? COST.orphan : 0);
}

/** Of having too little time until the next cue. */
function timeCost(row: Row, from: number, to: number, { gap, maxCueDuration, minCueDuration, readingSpeed }: CueSettings): number {
	const next = row.tokens[to];
	if (next === undefined) return 0;
	const time = Math.max(0.001, Math.min(maxCueDuration, next.start - gap - (row.tokens[from] as Token).start));
	const tooShort = Math.max(0, 1 - time / minCueDuration);
	const tooFast = Math.max(0, row.width(from, to) / readingSpeed / time - 1);
	return COST.tooShort * tooShort + COST.tooFast * Math.min(3, tooFast);
}
