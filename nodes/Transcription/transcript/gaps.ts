import type { Word } from './model';

/**
 * Inserts the spacing between words, for providers that report it. `joinWords` then uses it instead of deciding based
 * on the script. Spacing may be empty.
 *
 * @param gapBefore returns the spacing before the word at an index; not called for the first word
 */
export function withGaps(words: readonly Word[], gapBefore: (index: number) => string): Word[] {
	const all: Word[] = [];
	for (const [index, word] of words.entries()) {
		if (index > 0) all.push(gap(gapBefore(index), word));
		all.push(word);
	}
	return all;
}

/** Returns spacing with its word's channel and start, so that both stay together when words are sorted. */
function gap(text: string, { start, channel }: Word): Word {
	return channel === undefined
		? { text, start, end: start, kind: 'spacing' }
		: { text, start, end: start, channel, kind: 'spacing' };
}
