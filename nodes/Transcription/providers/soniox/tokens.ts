import { z } from 'zod';
import { label, lenient } from '../lenient';
import { withGaps } from '../../transcript/gaps';
import { type Utterance, type Word, withoutAbsent } from '../../transcript/model';
import { utterancesOf } from '../../transcript/utterances';

/**
 * How Soniox' tokens become words. Tokens are pieces of words: a leading space begins a new word, punctuation comes as
 * a token of its own. With a translation, its tokens stand between those of what was said, and have no times.
 *
 * Source: Soniox OpenAPI 1.0.0, `TranscriptionTranscriptToken`; docs, “Timestamps”, “Speech-to-text translation”.
 */
export const tokenSchema = () => z.object({
	text: z.string(),
	start_ms: lenient(z.number()),
	end_ms: lenient(z.number()),
	confidence: lenient(z.number()),
	speaker: lenient(label),
	language: lenient(z.string()),
	is_audio_event: lenient(z.boolean()),
	translation_status: lenient(z.string()),
});

export type Token = z.infer<ReturnType<typeof tokenSchema>>;

/** A word, and its text with the space in front of it. */
export interface SpacedWord {
	word: Word;
	spaced: string;
}

export function isTranslation({ translation_status: status }: Token): boolean {
	return status === 'translation';
}

/** Written without spaces between words: there each token is a word as it stands. */
const UNSPACED = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}';
const BEGINS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');
const ENDS_UNSPACED = new RegExp(`[${UNSPACED}][\\p{P}\\p{S}]*$`, 'u');
/** Not by one that only prolongs or repeats what is before it, such as ー, 々 or ๆ. */
const BEGINS_WITH_LETTER = /^(?!\p{Lm})[\p{L}\p{N}]/u;
const HAS_LETTER = /[\p{L}\p{N}]/u;
/** Brackets and quotation marks that open, which belong to what follows. */
const OPENS = /^[\p{Ps}\p{Pi}]/u;
const ONLY_OPENS = /^\s*[\p{Ps}\p{Pi}¿¡]+$/u;

/** A piece, and whether a translation stands between it and the piece before. */
interface Piece {
	token: Token;
	afterGap: boolean;
}

function pieces(tokens: readonly Token[], belongs: (token: Token) => boolean): Piece[] {
	const found: Piece[] = [];
	let gap = false;
	for (const token of tokens) {
		if (belongs(token)) found.push({ token, afterGap: gap && found.length > 0 });
		gap = !belongs(token);
	}
	return found;
}

const isOriginal = (token: Token) => !isTranslation(token);

/** What was said, in words of one speaker and language each; pieces without any time make none. */
export function toWords(tokens: readonly Token[]): SpacedWord[] {
	const groups: Token[][] = [];
	for (const piece of pieces(tokens, isOriginal)) {
		const current = groups.at(-1);
		if (current && !beginsWord(piece, current)) current.push(piece.token);
		else groups.push([piece.token]);
	}
	return groups.map(toWord).filter((word) => word !== undefined);
}

function beginsWord({ token, afterGap }: Piece, current: readonly Token[]): boolean {
	const before = plainText(current);
	const [first] = current;
	if (/^\s/.test(token.text) || /\s$/.test(before)) return true;
	if (token.speaker !== first?.speaker || isEvent(token) !== isEvent(first)) return true;
	if (!BEGINS_WITH_LETTER.test(token.text)) return OPENS.test(token.text) && ENDS_UNSPACED.test(before);
	if (afterGap) return true;
	// Punctuation may come without a language.
	if (token.language !== undefined && first?.language !== undefined && token.language !== first.language) return true;
	if (ONLY_OPENS.test(before)) return false;
	return BEGINS_UNSPACED.test(token.text) || ENDS_UNSPACED.test(before);
}

function toWord(group: readonly Token[]): SpacedWord | undefined {
	const spaced = plainText(group);
	const start = group.find((token) => token.start_ms !== undefined)?.start_ms;
	const end = group.findLast((token) => token.end_ms !== undefined)?.end_ms;
	if (spaced.trim() === '' || start === undefined || end === undefined) return undefined;
	const word = withoutAbsent<Word>({
		text: spaced.trim(),
		start: start / 1000,
		end: end / 1000,
		confidence: confidenceOf(group),
		speaker: group[0]?.speaker,
		kind: isEvent(group[0]) ? 'audioEvent' : 'word',
	});
	return { word, spaced };
}

/**
 * The lowest of the pieces: a word is right only if all of it is, and a mean would hide the doubtful piece. That of
 * punctuation says nothing about the word.
 */
function confidenceOf(group: readonly Token[]): number | undefined {
	const spoken = group.filter(({ text }) => HAS_LETTER.test(text));
	const all = (spoken.length > 0 ? spoken : group).map(({ confidence }) => confidence).filter((value) => value !== undefined);
	return all.length > 0 ? Math.min(...all) : undefined;
}

/** What each speaker says in one go, with the spaces that the service gave; undefined where nobody was told apart. */
export function toUtterances(words: readonly SpacedWord[]): Utterance[] | undefined {
	const gapBefore = (index: number) => gapBetween(words[index - 1] as SpacedWord, words[index] as SpacedWord);
	return utterancesOf(withGaps(words.map(({ word }) => word), gapBefore));
}

function gapBetween(before: SpacedWord, after: SpacedWord): string {
	const isNoise = [before, after].some(({ word }) => word.kind === 'audioEvent');
	const isGiven = /\s$/.test(before.spaced) || /^\s/.test(after.spaced);
	return isNoise || isGiven || lacksSpace(before.spaced, after.spaced) ? ' ' : '';
}

/** Everybody once, in the order in which they speak; undefined where nobody was told apart. */
export function speakersOf(words: readonly SpacedWord[]): string[] | undefined {
	const speakers = new Set(words.map(({ word }) => word.speaker).filter((speaker) => speaker !== undefined));
	return speakers.size > 0 ? [...speakers] : undefined;
}

/** The language of most tokens of what was said; undefined where languages were not asked for. */
export function dominantLanguage(tokens: readonly Token[]): string | undefined {
	const counts = new Map<string, number>();
	for (const { language } of tokens.filter(isOriginal)) {
		if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
	}
	// Of several that are equal, the first: sorting keeps their order.
	return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** What was said, without translations. */
export function textOfOriginals(tokens: readonly Token[]): string {
	return joined(pieces(tokens, isOriginal));
}

/** The translations, by their language; undefined where there are none. */
export function translationsOf(tokens: readonly Token[]): Record<string, string> | undefined {
	const languages = new Set(tokens.filter(isTranslation).map(({ language }) => language));
	languages.delete(undefined);
	if (languages.size === 0) return undefined;
	return Object.fromEntries(
		[...languages].map((wanted) => [
			wanted,
			joined(pieces(tokens, (token) => isTranslation(token) && token.language === wanted)),
		]),
	);
}

function joined(parts: readonly Piece[]): string {
	return joinedTexts(parts.map(({ token, afterGap }) => ({ text: token.text, mayNeedSpace: afterGap })));
}

function joinedTexts(parts: ReadonlyArray<{ text: string; mayNeedSpace: boolean }>): string {
	let result = '';
	for (const { text, mayNeedSpace } of parts) result += (mayNeedSpace && lacksSpace(result, text) ? ' ' : '') + text;
	return result.trim();
}

/** Where something was left out in between, the space may have gone with it. */
function lacksSpace(before: string, after: string): boolean {
	return /\S$/.test(before) && BEGINS_WITH_LETTER.test(after) && !BEGINS_UNSPACED.test(after) && !ENDS_UNSPACED.test(before);
}

function plainText(group: readonly Token[]): string {
	return group.map(({ text }) => text).join('');
}

function isEvent(token: Token | undefined): boolean {
	return token?.is_audio_event === true;
}
