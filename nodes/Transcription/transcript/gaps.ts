import type { Word } from './model';

/**
 * The words with what stands between them, for providers that tell it: `joinWords` then takes them at their word instead
 * of judging by the script. A gap may be empty.
 *
 * @param gapBefore what stands in front of the word at an index, never asked for the first
 */
export function withGaps(words: readonly Word[], gapBefore: (index: number) => string): Word[] {
	const all: Word[] = [];
	for (const [index, word] of words.entries()) {
		if (index > 0) all.push(gap(gapBefore(index), word));
		all.push(word);
	}
	return all;
}

/** On the channel of its word and at its start, so that the two stay together where words are sorted. */
function gap(text: string, { start, channel }: Word): Word {
	return channel === undefined ? { text, start, end: start, kind: 'spacing' } : { text, start, end: start, channel, kind: 'spacing' };
}
