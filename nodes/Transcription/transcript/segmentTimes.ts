import { makeWord, type RawUtterance, type RawWord, type Utterance } from './model';
import { type Bounds, fillTimes, withTimes } from './wordTimes';

/** A segment of a service's response, with its words if the service returns them. */
export interface RawSegment {
	utterance: RawUtterance;
	words: RawWord[];
}

/**
 * The words of all segments. If only some segments have words, the others get the words in their text, without times,
 * because files are created from words.
 */
export function wordsOfSegments(segments: readonly RawSegment[]): RawWord[] {
	if (segments.some(({ words }) => words.length > 0)) {
		for (const { words, utterance } of segments) {
			if (words.length > 0) continue;
			const { text, speaker, channel } = utterance;
			for (const word of text.split(/\s+/))
				if (word !== '') words.push(makeWord({ text: word, speaker, channel, kind: 'word' }));
		}
	}
	return segments.flatMap(({ words }) => words);
}

/**
 * Completes the times of segments and their words: a segment without times gets those of its words, and words without
 * times are placed in their segment.
 *
 * @param bounds the start and end of the recording
 * @returns the utterances in chronological order, so that channels are interleaved and the conversation isn't broken
 * up; undefined if there are neither times nor words, because times would have to be made up
 */
export function completeSegments(segments: readonly RawSegment[], bounds?: Bounds): Utterance[] | undefined {
	adoptTimes(segments);
	const utterances = segments.map(({ utterance }) => utterance);
	if (!utterances.some(({ start, end }) => start !== undefined || end !== undefined)) {
		const words = segments.flatMap((segment) => segment.words);
		if (words.length === 0) return undefined;
		withTimes(words, bounds);
		adoptTimes(segments);
	}
	const completed: Utterance[] = withTimes(utterances, bounds);
	for (const { words, utterance } of segments) fillTimes(words, utterance);
	return completed;
}

function adoptTimes(segments: readonly RawSegment[]): void {
	for (const { utterance, words } of segments) {
		utterance.start ??= words.find(({ start }) => start !== undefined)?.start;
		utterance.end ??= words.findLast(({ end }) => end !== undefined)?.end;
	}
}
