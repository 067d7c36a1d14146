import type { Utterance, Word } from './model';
import { hasLetter, lettersOf, type Place, placesIn, spacingIn } from './textPlaces';
import { longestPlausible } from './wordTimes';

/** Determines the spacing and the utterances of words from the service's own text. */

/** Whether there is no space before a word. Contains only the words for which the text shows it. */
export type Spacing = ReadonlyMap<Word, boolean>;

/** @param words in the order of the text */
export function spacingOf(words: readonly Word[], text: string): Spacing {
	const spacing = new Map<Word, boolean>();
	if (text === '') return spacing;
	// Spacing from the service is more precise.
	if (words.some(({ kind, text: spaces }) => kind === 'spacing' && spaces.trim() === '')) return spacing;
	addSpacing(spacing, words, text, placesIn(text, textsOf(words)));
	return spacing;
}

function addSpacing(
	spacing: Map<Word, boolean>,
	words: readonly Word[],
	text: string,
	places: ReadonlyArray<Place | undefined>,
): void {
	for (const [index, isJoined] of spacingIn(text, places).entries())
		if (isJoined !== undefined) spacing.set(words[index] as Word, isJoined);
}

const textsOf = (words: readonly Word[]) => words.map(({ text }) => text);

/** An utterance with its words. */
export interface AssignedWords {
	utterance: Utterance;
	words: Word[];
	spacing: Spacing;
	/** Whether the service's words lack the utterance, so that only its text is known. */
	isUnmatched: boolean;
}

/** The utterances and words of a voice. */
interface Group {
	utterances: Utterance[];
	words: Word[];
}

/**
 * Assigns words to utterances: by the text if it contains them, otherwise by time. The provider's utterances are kept,
 * because they may be shorter than a speaker's turn, and may have speakers if the words don't.
 *
 * @param words sorted by start
 */
export function wordsByUtterance(words: readonly Word[], utterances: readonly Utterance[]): AssignedWords[] {
	const inOrder = [...utterances].sort((a, b) => a.start - b.start);
	const groups = new Map<string, Group>();
	for (const utterance of inOrder) groupOf(groups, voiceOf(utterance)).utterances.push(utterance);
	// Words whose speaker has no utterance.
	const others: Group = { utterances: inOrder, words: [] };
	let isMixed = false;
	for (const word of words) {
		if (word.kind === 'spacing') continue;
		const group = groups.get(voiceOf(word));
		(group ?? others).words.push(word);
		isMixed ||= group !== undefined;
	}
	const spacing = new Map<Word, boolean>();
	const utteranceOf = new Map<Word, Utterance>();
	const readable = new Set<Utterance>();
	const unplaced: string[] = [];
	for (const group of [...groups.values(), others]) {
		const isByTime = group === others && isMixed;
		const indexes = isByTime ? undefined : indexesInText(group, spacing);
		if (indexes && (isMixed || group === others)) for (const utterance of group.utterances) readable.add(utterance);
		for (const [index, word] of group.words.entries()) if (indexes?.[index] === undefined) unplaced.push(word.text);
		assign(group, indexes ?? [], utteranceOf);
	}
	const assigned = new Map<Utterance, Word[]>(inOrder.map((utterance) => [utterance, []]));
	// Spacing belongs to the last word on the same channel, because another channel may have spoken in between.
	const last = new Map<string | undefined, Word[] | undefined>();
	for (const word of words) {
		if (word.kind !== 'spacing') last.set(word.channel, assigned.get(utteranceOf.get(word) as Utterance));
		last.get(word.channel)?.push(word);
	}
	const elsewhere = new WordCounts(unplaced);
	return inOrder.map((utterance) => {
		const own = assigned.get(utterance) ?? [];
		const isReadable = own.length === 0 && readable.has(utterance) && hasLetter(utterance.text);
		const isUnmatched = isReadable && !elsewhere.take(utterance.text);
		return { utterance, words: own, spacing, isUnmatched };
	});
}

/** Words that were assigned by time, possibly to the wrong utterance. */
class WordCounts {
	private readonly counts = new Map<string, number>();

	constructor(words: readonly string[]) {
		for (const word of words.map(lettersOf)) this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
	}

	/** Removes a text's words if all of them are present. Otherwise, removes none. */
	take(text: string): boolean {
		const words = text
			.split(/\s+/)
			.map(lettersOf)
			.filter((word) => word !== '');
		const needed = new Map<string, number>();
		for (const word of words) needed.set(word, (needed.get(word) ?? 0) + 1);
		if ([...needed].some(([word, count]) => (this.counts.get(word) ?? 0) < count)) return false;
		for (const [word, count] of needed) this.counts.set(word, (this.counts.get(word) ?? 0) - count);
		return true;
	}
}

/**
 * Returns the index of the utterance whose text contains each word, and undefined for words that aren't in the text.
 * Adds their spacing.
 * @returns undefined if the text has little in common with the words
 */
function indexesInText(
	{ utterances, words }: Group,
	spacing: Map<Word, boolean>,
): Array<number | undefined> | undefined {
	const text = utterances.map((utterance) => utterance.text).join('\n');
	const places = placesIn(text, textsOf(words));
	if (places.filter((place) => place !== undefined).length * 2 < words.length) return undefined;
	addSpacing(spacing, words, text, places);
	let index = 0;
	let end = utterances[0]?.text.length ?? 0;
	return places.map((place) => {
		if (!place) return undefined;
		while (end < place.end && index < utterances.length - 1) end += 1 + (utterances[++index]?.text.length ?? 0);
		return index;
	});
}

/**
 * Assigns the words of a group to its utterances.
 * @param indexes of the utterances whose text contains them; words in between are assigned by time
 */
function assign(
	{ utterances, words }: Group,
	indexes: ReadonlyArray<number | undefined>,
	utteranceOf: Map<Word, Utterance>,
): void {
	const upTo = nextIndexes(indexes, utterances.length - 1);
	let index = 0;
	for (const [position, word] of words.entries()) {
		const known = indexes[position];
		const limit = upTo[position] ?? utterances.length - 1;
		// A word may be stretched over what others said next.
		const time = word.start + Math.min(word.end - word.start, longestPlausible(word.text)) / 2;
		if (known !== undefined) index = known;
		else while (index < limit && (utterances[index + 1]?.start ?? Infinity) <= time) index++;
		utteranceOf.set(word, utterances[index] as Utterance);
	}
}

/** Returns, for each word, the utterance of the next word in the text. */
function nextIndexes(indexes: ReadonlyArray<number | undefined>, last: number): number[] {
	const next = new Array<number>(indexes.length);
	let index = last;
	for (let position = indexes.length - 1; position >= 0; position--)
		next[position] = index = indexes[position] ?? index;
	return next;
}

function groupOf(groups: Map<string, Group>, voice: string): Group {
	const group = groups.get(voice) ?? { utterances: [], words: [] };
	groups.set(voice, group);
	return group;
}

const voiceOf = ({ speaker, channel }: Utterance | Word) => JSON.stringify([speaker, channel]);
