import { ApiError } from './errors';
import { bare } from './redact';
import type { Word } from './result';

/** Phrases may have up to five words (AssemblyAI API reference, Search words). */
const LONGEST_PHRASE = 5;

interface Match {
	text: string;
	count: number;
	/** Start and end in milliseconds. */
	timestamps: Array<[number, number]>;
	indexes: number[];
}

/** Finds the comma-separated words and phrases. @throws ApiError 400 if no words are given or a phrase is too long */
export function wordSearch(words: Word[], query: unknown): { total_count: number; matches: Match[] } {
	const phrases = (typeof query === 'string' ? query : '')
		.split(',')
		.map((phrase) => phrase.trim())
		.filter(Boolean);
	if (phrases.length === 0) throw new ApiError(400, 'words is required');
	if (phrases.some((phrase) => phrase.split(/\s+/).length > LONGEST_PHRASE)) {
		throw new ApiError(400, `words must not contain phrases longer than ${LONGEST_PHRASE} words`);
	}
	const texts = words.map(({ text }) => bare(text));
	const matches = phrases.map((phrase) => search(words, texts, phrase)).filter(({ count }) => count > 0);
	return { total_count: matches.reduce((sum, { count }) => sum + count, 0), matches };
}

function search(words: Word[], texts: string[], phrase: string): Match {
	const wanted = phrase.split(/\s+/).map(bare);
	const indexes = texts.flatMap((_text, index) =>
		wanted.every((word, offset) => texts[index + offset] === word) ? [index] : [],
	);
	const timestamps = indexes.map((index): [number, number] => [
		words[index]!.start,
		words[index + wanted.length - 1]!.end,
	]);
	return { text: phrase.toLowerCase(), count: indexes.length, timestamps, indexes };
}
