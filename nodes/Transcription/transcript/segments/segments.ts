import { cutAt, sentenceEnds } from './sentences';
import { type Token, textOf } from './tokens';
import type { Spoken, Turn } from './turns';

/** A part of a transcript. Times are in seconds, and absent if the transcript has none. */
export interface Segment {
	text: string;
	start?: number;
	end?: number;
	speaker?: string;
	channel?: string;
}

/** A paragraph with at least this many characters ends after the current sentence. */
const LONG_PARAGRAPH = 500;
/** A paragraph with at least this many characters ends where the speaker pauses between two sentences. */
const FAIR_PARAGRAPH = 160;
/** A paragraph with at least this many characters ends after the current word. */
const LONGEST_PARAGRAPH = 4 * LONG_PARAGRAPH;
const BREATH_SECONDS = 1.2;

/** Returns one segment per turn. */
export function utterancesIn(spoken: Spoken): Segment[] {
	return spoken.turns.map((turn) => toSegment(turn, turn.tokens, spoken.timed));
}

export function sentencesIn(spoken: Spoken): Segment[] {
	const { turns, timed } = spoken;
	return turns.flatMap((turn) => {
		const ends = sentenceEnds(turn.tokens, spoken);
		return cutAt(turn.tokens, (index) => ends[index] === true).map((tokens) => toSegment(turn, tokens, timed));
	});
}

/** A part of a transcript with the tokens it consists of. */
export interface TokenSegment extends Segment {
	tokens: readonly Token[];
}

/** Groups whole sentences of one speaker into paragraphs. Only a very long sentence is divided. */
export function paragraphsIn(spoken: Spoken): Segment[] {
	return tokenParagraphsIn(spoken).map(({ tokens: _, ...segment }) => segment);
}

/** Returns the same paragraphs as {@link paragraphsIn}, with their tokens. */
export function tokenParagraphsIn(spoken: Spoken): TokenSegment[] {
	const { turns, timed } = spoken;
	return turns.flatMap((turn) => {
		const ends = sentenceEnds(turn.tokens, spoken);
		let length = 0;
		const isEnd = (index: number) => {
			const token = turn.tokens[index] as Token;
			const next = turn.tokens[index + 1];
			length += token.text.length + 1;
			if (!next) return false;
			const pause = timed ? next.start - token.end : 0;
			const isLong = length >= LONG_PARAGRAPH || (length >= FAIR_PARAGRAPH && pause >= BREATH_SECONDS);
			const isOver = length >= LONGEST_PARAGRAPH || (isLong && ends[index] === true);
			if (isOver) length = 0;
			return isOver;
		};
		return cutAt(turn.tokens, isEnd).map((tokens) => ({ ...toSegment(turn, tokens, timed), tokens }));
	});
}

export function toSegment({ speaker, channel }: Turn, tokens: readonly Token[], timed: boolean): Segment {
	return {
		text: textOf(tokens),
		...(timed && { start: tokens[0]?.start ?? 0, end: tokens.reduce((latest, { end }) => Math.max(latest, end), 0) }),
		...(speaker !== undefined && { speaker }),
		...(channel !== undefined && { channel }),
	};
}
