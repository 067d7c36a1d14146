import { CLOSING } from './join';
import type { RawWord } from './model';

/**
 * Assigns closing marks that are separate words to the speaker of the preceding word on their channel. Services label
 * every word with a speaker, but marks aren't spoken. Modifies the words in place.
 */
export function withMarks(words: RawWord[]): RawWord[] {
	const last = new Map<string | undefined, RawWord>();
	for (const word of words) {
		if (word.kind !== 'word') continue;
		const before = last.get(word.channel);
		if (before?.speaker !== undefined && CLOSING.test(word.text.trim())) word.speaker = before.speaker;
		else last.set(word.channel, word);
	}
	return words;
}
