import { UNKNOWN_SPEAKER } from '../speakers';
import { tokenHundredths } from './languageModelTokens';
import { cutAt, sentenceEnds } from './sentences';
import { graphemesOf } from './text';
import { type Token, textOf } from './tokens';
import type { Spoken, Turn } from './turns';

/** The units in which the size of a chunk can be limited. */
export type ChunkUnit = 'characters' | 'tokens';

export interface ChunkSettings {
	/** The maximum size of a chunk, including speaker names. */
	size: number;
	/** The maximum size of the text that a chunk repeats from the previous one. Should be at most half of `size`. */
	overlap: number;
	/** `characters` are UTF-16 code units, as in JavaScript. `tokens` are estimated. */
	unit: ChunkUnit;
}

/** Whole sentences of one or several speakers, for search and language models. Times are in seconds. */
export interface Chunk {
	/** One line per turn, with the speaker's name whenever the speaker changes. */
	text: string;
	start?: number;
	end?: number;
	/** The speakers' names in order of appearance; absent if the transcript has none. */
	speakers?: string[];
}

/** Text that is never split: a sentence, or one word of a sentence that is larger than a chunk. */
interface Unit {
	turn: Turn;
	tokens: readonly Token[];
	/** The speaker's display name. */
	name: string | undefined;
	/** The text at the beginning of a line by this speaker, such as `Ada: `. Empty if no speaker is known yet. */
	label: string;
	/** The size of its text. */
	size: number;
}

/**
 * Divides a transcript into chunks of limited size that consist of whole sentences. A sentence that is larger than a chunk
 * is divided between words, and a word that is larger than a chunk between characters, so that no chunk ever exceeds the
 * limit. A chunk begins with the last whole sentences of the previous one, as far as the overlap allows.
 * @param nameOf returns the display name of a turn's speaker
 */
export function chunksIn(spoken: Spoken, settings: ChunkSettings, nameOf: (turn: Turn) => string | undefined): Chunk[] {
	const packer = new Packer(settings);
	let hasNames = false;
	for (const turn of spoken.turns) {
		const name = nameOf(turn);
		hasNames ||= name !== undefined;
		const label = name ?? (hasNames ? UNKNOWN_SPEAKER : undefined);
		const ends = sentenceEnds(turn.tokens, spoken);
		for (const sentence of cutAt(turn.tokens, (index) => ends[index] === true)) {
			packer.addSentence(turn, sentence, { name, label });
		}
	}
	return packer.finish().map((units) => toChunk(units, spoken.timed));
}

/** Collects units in chunks. Adding all units takes linear time, apart from repeated text. */
class Packer {
	private readonly measure: (text: string) => number;
	private readonly limit: number;
	private readonly overlap: number;
	private readonly chunks: Unit[][] = [];
	private current: Unit[] = [];
	private currentSize = 0;

	constructor({ size, overlap, unit }: ChunkSettings) {
		const scale = unit === 'tokens' ? 100 : 1;
		this.measure = unit === 'tokens' ? tokenHundredths : (text) => text.length;
		this.limit = size * scale;
		this.overlap = overlap * scale;
	}

	addSentence(turn: Turn, tokens: readonly Token[], who: Record<'name' | 'label', string | undefined>): void {
		const { name } = who;
		const label = this.labelFor(who.label);
		const room = this.limit - this.measure(label);
		const unitOf = (part: readonly Token[]): Unit => ({
			turn,
			tokens: part,
			name,
			label,
			size: this.measure(textOf(part)),
		});
		const sentence = unitOf(tokens);
		if (sentence.size <= room) {
			this.add(sentence);
			return;
		}
		for (const token of tokens) {
			for (const part of this.partsOf(token, room)) this.add(unitOf([part]));
		}
	}

	finish(): readonly Unit[][] {
		if (this.current.length > 0) this.chunks.push(this.current);
		this.current = [];
		return this.chunks;
	}

	/** Returns an empty label for a name that would take more than half of a chunk. */
	private labelFor(name: string | undefined): string {
		const label = name === undefined ? '' : `${name}: `;
		return this.measure(label) * 2 <= this.limit ? label : '';
	}

	private add(unit: Unit): void {
		if (this.currentSize + this.addedSize(unit, this.current.at(-1)) > this.limit) this.startChunk(unit);
		this.currentSize += this.addedSize(unit, this.current.at(-1));
		this.current.push(unit);
	}

	/** Starts a chunk with the last units of the current one that fit the overlap and leave enough room for the next unit. */
	private startChunk(next: Unit): void {
		const done = this.current;
		this.chunks.push(done);
		let from = done.length;
		let size = 0;
		for (let index = done.length - 1, inner = 0; index >= 0; index--) {
			const unit = done[index] as Unit;
			const following = done[index + 1];
			inner += unit.size + (following ? this.addedSize(following, unit) - following.size : 0);
			const labeled = this.measure(unit.label) + inner;
			if (inner > this.overlap || labeled + this.addedSize(next, done.at(-1)) > this.limit) break;
			[from, size] = [index, labeled];
		}
		this.current = done.slice(from);
		this.currentSize = size;
	}

	/** Returns the size that a unit adds to a chunk, including what separates it from the unit before it. */
	private addedSize(unit: Unit, before: Unit | undefined): number {
		return this.measure(separatorBetween(before, unit)) + unit.size;
	}

	/** Divides a token that is too large into parts with proportional times. */
	private partsOf(token: Token, room: number): Token[] {
		if (this.measure(token.text) <= room) return [token];
		const texts: string[] = [];
		let [text, size] = ['', 0];
		for (const piece of graphemesOf(token.text).flatMap((grapheme) =>
			// A visible character can consist of any number of code points.
			this.measure(grapheme) <= room ? [grapheme] : [...grapheme],
		)) {
			const pieceSize = this.measure(piece);
			if (text !== '' && size + pieceSize > room) {
				texts.push(text);
				[text, size] = ['', 0];
			}
			text += piece;
			size += pieceSize;
		}
		texts.push(text);
		const timeAt = (position: number) => token.start + ((token.end - token.start) * position) / token.text.length;
		let position = 0;
		return texts.map((part, index) => {
			const start = timeAt(position);
			position += part.length;
			return { text: part, start, end: timeAt(position), noSpaceBefore: index > 0 || token.noSpaceBefore };
		});
	}
}

/** Returns the text between two units of a chunk, or before its first unit, including the speaker's name. */
function separatorBetween(before: Unit | undefined, unit: Unit): string {
	if (!before) return unit.label;
	if (before.turn === unit.turn) return unit.tokens[0]?.noSpaceBefore ? '' : ' ';
	return before.name === unit.name ? '\n' : `\n${unit.label}`;
}

function toChunk(units: readonly Unit[], timed: boolean): Chunk {
	const speakers = [...new Set(units.flatMap(({ name }) => name ?? []))];
	const tokens = units.flatMap((unit) => unit.tokens);
	return {
		text: units.map((unit, index) => `${separatorBetween(units[index - 1], unit)}${textOf(unit.tokens)}`).join(''),
		...(timed && {
			start: tokens.reduce((earliest, { start }) => Math.min(earliest, start), Infinity),
			end: tokens.reduce((latest, { end }) => Math.max(latest, end), 0),
		}),
		...(speakers.length > 0 && { speakers }),
	};
}
