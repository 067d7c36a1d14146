import type { RawWord, Word } from './model';

/**
 * Completes the times of words and utterances. Services omit times, return impossible ones, or list words out of order.
 * None of this is a reason to drop or move a word: the order of a voice's words determines what was said, and times
 * only determine when. All times are in seconds.
 */

/** A word or utterance as the service returned it. */
export interface Untimed {
	text: string;
	start?: number | undefined;
	end?: number | undefined;
	speaker?: string | undefined;
	channel?: string | undefined;
	kind?: Word['kind'];
}

export type Timed<T extends Untimed> = Omit<T, 'start' | 'end'> & { start: number; end: number };

/** The part of the recording that contains the words, if known. */
export interface Bounds {
	start?: number | undefined;
	end?: number | undefined;
}

/** No recording is longer than this, in seconds. Later times, such as a data type's maximum value, have a different meaning. */
export const LATEST = 1e8;

/** If a voice goes back in time by more than this, individual times are wrong. Smaller steps are just imprecise. */
const IMPRECISION_SECONDS = 1;

const SECONDS_PER_CHARACTER = 1 / 15;

/**
 * Returns the longest plausible duration of a spoken text. A longer word was stretched over the silence or the sounds
 * next to it.
 */
export const longestPlausible = (text: string) => 1 + text.length / 4;

/**
 * Completes and corrects times. Parts keep their order within a voice, which is a speaker on a channel; voices are
 * merged by time. Spacing stays after its word. Modifies the parts, which must not be used elsewhere.
 *
 * - A missing time is interpolated between its neighbors, by text length, without making a word implausibly long.
 * - Negative times become 0. No part ends before it starts.
 * - A voice never goes back in time.
 *
 * @param parts in the service's order
 */
export function withTimes<T extends Untimed>(parts: T[], bounds: Bounds = {}): Array<Timed<T>> {
	if (areComplete(parts)) return parts;
	discardUnusable(parts);
	const voices = voicesOf(parts);
	for (const voice of voices) correctOrder(voice);
	const nextStarts = laterStarts(parts);
	for (const voice of voices) {
		interpolate(voice, bounds, (first, last) => ({
			start: parts[first - 1]?.end,
			end: nextStarts[last + 1],
		}));
	}
	return merged(parts as Array<Timed<T>>, voices as Array<Voice<Timed<T>>>);
}

/**
 * Interpolates missing times of the words of one segment between its start and end. If those are also missing, the
 * times are filled in by {@link withTimes}.
 */
export function fillTimes(words: readonly RawWord[], bounds: Bounds): void {
	if (words.every(({ start, end }) => start !== undefined && end !== undefined)) return;
	discardUnusable(words);
	const isTimed = words.some(({ start, end }) => start !== undefined || end !== undefined);
	if (!isTimed && (bounds.start === undefined || bounds.end === undefined)) return;
	const voice: Voice<RawWord> = words.map((part, index) => ({ part, index }));
	correctOrder(voice);
	interpolate(voice, bounds, () => ({}));
}

/**
 * Whether all times are complete and in order. This is the fast path for most transcripts. Comparisons with undefined
 * and NaN are false.
 */
function areComplete<T extends Untimed>(parts: T[]): parts is Array<T & Timed<T>> {
	let last = 0;
	for (const { start, end } of parts) {
		if (!((start as number) >= last && (end as number) >= (start as number) && (end as number) <= LATEST)) return false;
		last = start as number;
	}
	return true;
}

function discardUnusable(parts: readonly Untimed[]): void {
	for (const part of parts) {
		part.start = usable(part.start);
		part.end = usable(part.end);
		if (part.start !== undefined && part.end !== undefined && part.end < part.start) part.end = undefined;
	}
}

function usable(time: number | undefined): number | undefined {
	return time === undefined || !(time <= LATEST) ? undefined : Math.max(0, time);
}

/**
 * Corrects the times of anything that isn't a word, such as a chapter, so that they aren't negative and the end isn't
 * before the start.
 */
export function clamped<T extends { start?: number | undefined; end?: number | undefined }>({
	start,
	end,
}: T): Pick<T, 'start' | 'end'> {
	const first = start === undefined ? undefined : Math.max(0, start);
	return { start: first, end: end === undefined ? undefined : Math.max(first ?? 0, end) };
}

/** The parts of one voice, with their indexes among all parts. */
type Voice<T> = Array<{ part: T; index: number }>;

function voicesOf<T extends Untimed>(parts: readonly T[]): Array<Voice<T>> {
	const voices = new Map<string, Voice<T>>();
	const latest = new Map<string | undefined, Voice<T>>();
	for (const [index, part] of parts.entries()) {
		const { speaker, channel, kind } = part;
		// Spacing belongs to the word before it, even if the service assigns it to another speaker.
		let voice = kind === 'spacing' ? latest.get(channel) : undefined;
		if (!voice) {
			const name = JSON.stringify([channel, speaker]);
			voice = voices.get(name) ?? [];
			voices.set(name, voice);
			latest.set(channel, voice);
		}
		voice.push({ part, index });
	}
	return [...voices.values()];
}

/** Makes the starts of a voice non-decreasing. Starts that contradict most others are discarded. */
function correctOrder(voice: Voice<Untimed>): void {
	let latest = 0;
	let setback = 0;
	for (const { part } of voice) {
		if (part.start === undefined) continue;
		setback = Math.max(setback, latest - part.start);
		latest = Math.max(latest, part.start);
	}
	if (setback === 0) return;
	if (setback > IMPRECISION_SECONDS) {
		// Some services don't return valid times for spacing. They must not outvote the words' times.
		for (const { part } of voice) if (part.kind === 'spacing') part.start = part.end = undefined;
		discardOutliers(voice);
	}
	latest = 0;
	for (const { part } of voice) {
		if (part.start === undefined) continue;
		latest = Math.max(latest, part.start);
		part.start = latest;
		if (part.end !== undefined) part.end = Math.max(part.end, latest);
	}
}

/** Discards the times that aren't part of the longest non-decreasing subsequence of starts. */
function discardOutliers(voice: Voice<Untimed>): void {
	const started = voice.map(({ part }) => part).filter((part) => part.start !== undefined) as Array<Timed<Untimed>>;
	/** The last part of the best subsequence of each length, and the part before each part. */
	const lasts: number[] = [];
	const before: number[] = [];
	for (const [index, { start }] of started.entries()) {
		let [low, high] = [0, lasts.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((started[lasts[middle] as number] as Timed<Untimed>).start <= start) low = middle + 1;
			else high = middle;
		}
		before.push(low > 0 ? (lasts[low - 1] as number) : -1);
		lasts[low] = index;
	}
	const kept = new Set<number>();
	for (let index = lasts.at(-1) ?? -1; index >= 0; index = before[index] as number) kept.add(index);
	for (const [index, part] of (started as Untimed[]).entries()) {
		if (!kept.has(index)) part.start = part.end = undefined;
	}
}

/** Returns, for each part, the first known start from that part on, or undefined if there is none. */
function laterStarts(parts: readonly Untimed[]): Array<number | undefined> {
	const starts = new Array<number | undefined>(parts.length);
	let next: number | undefined;
	for (let index = parts.length - 1; index >= 0; index--) starts[index] = next = parts[index]?.start ?? next;
	return starts;
}

/** A known time, and its position in the voice's text. */
interface Anchor {
	time: number;
	position: number;
}

/**
 * Interpolates the missing times of a voice. A part's start and end are two positions in the voice's text; between two known
 * times, the time is proportional to the position.
 *
 * @param around returns times of other voices before and after some parts, which are given by their indexes
 */
function interpolate(voice: Voice<Untimed>, bounds: Bounds, around: (first: number, last: number) => Bounds): void {
	let known: Anchor | undefined;
	let position = 0;
	/** Missing times since the last known one. */
	let missing: Array<{ part: Untimed; index: number; side: 'start' | 'end'; position: number }> = [];
	let plausible = 0;
	const resolve = (next: Anchor | undefined) => {
		const [first, last] = [missing[0], missing.at(-1)];
		if (first && last) {
			const others = around(first.index, last.index);
			const [from, to] = span(known, next, { first, last, plausible, position, bounds, others });
			const length = to.position - from.position || 1;
			for (const { part, side, position: at } of missing)
				part[side] = from.time + ((to.time - from.time) * (at - from.position)) / length;
		}
		known = next;
		missing = [];
		plausible = 0;
	};
	for (const { part, index } of voice) {
		const length = part.kind === 'spacing' ? 0 : part.text.length || 1;
		if (part.start === undefined) missing.push({ part, index, side: 'start', position });
		else resolve({ time: part.start, position });
		position += length;
		plausible += part.kind === 'spacing' ? 0 : longestPlausible(part.text);
		if (part.end === undefined) missing.push({ part, index, side: 'end', position });
		else resolve({ time: Math.max(part.end, known?.time ?? 0), position });
	}
	resolve(undefined);
	let latest = 0;
	for (const { part } of voice) {
		part.start = latest = Math.max(latest, part.start ?? 0);
		part.end = Math.max(latest, part.end ?? 0);
	}
}

interface Run {
	first: { side: 'start' | 'end'; position: number };
	last: { side: 'start' | 'end' };
	plausible: number;
	/** The position after the last missing time. */
	position: number;
	bounds: Bounds;
	others: Bounds;
}

/** Returns the times between which missing ones are interpolated. A long silence isn't part of a word. */
function span(known: Anchor | undefined, next: Anchor | undefined, run: Run): [Anchor, Anchor] {
	const { first, last, plausible, bounds, others } = run;
	const beginning = known?.position ?? first.position;
	const ending = next?.position ?? run.position;
	let from = known?.time ?? bounds.start;
	let to = next?.time ?? bounds.end;
	const isInside = (time: number | undefined) =>
		time !== undefined && time >= (from ?? 0) && time <= (to ?? Infinity) ? time : undefined;
	// Other voices in between narrow the span, unless the service lists one voice after the other.
	if (last.side === 'end') to = isInside(others.end) ?? to;
	if (first.side === 'start') from = isInside(others.start) ?? from;
	const isBeforeKnown = next !== undefined && (from === undefined || last.side === 'start');
	if (isBeforeKnown && to !== undefined) from = Math.max(from ?? 0, to - plausible);
	from ??= 0;
	to = Math.min(to ?? from + (ending - beginning) * SECONDS_PER_CHARACTER, from + plausible);
	// The previous word may end after the next one starts.
	if (next && to < from) from = to;
	return [
		{ time: from, position: beginning },
		{ time: Math.max(from, to), position: ending },
	];
}

/** Merges voices by time. */
function merged<T extends Timed<Untimed>>(parts: readonly T[], voices: ReadonlyArray<Voice<T>>): T[] {
	if (voices.length === 1) return [...parts];
	const keyed = voices.flatMap((voice) => {
		let key = 0;
		return voice.map(({ part, index }) => {
			// Spacing stays after its word, even if another voice begins in between.
			if (part.kind !== 'spacing') key = part.start;
			return { part, index, key };
		});
	});
	const result = keyed.sort((a, b) => a.key - b.key || a.index - b.index).map(({ part }) => part);
	for (let index = result.length - 2; index >= 0; index--) {
		const [part, next] = [result[index] as T, result[index + 1] as T];
		if (part.kind !== 'spacing') continue;
		part.start = Math.min(part.start, next.start);
		part.end = Math.max(part.start, Math.min(part.end, next.end));
	}
	return result;
}
