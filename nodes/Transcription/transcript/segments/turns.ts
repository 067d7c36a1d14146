import type { Transcript, Utterance, Word } from '../model';
import { byStart, turnsIn } from '../utterances';
import { spacingOf, wordsByUtterance } from '../wordsInText';
import { cleanText, localeOf } from './text';
import { type Token, TokenRow, tokensOfWords } from './tokens';

/** One speaker's uninterrupted speech. */
export interface Turn {
	speaker?: string;
	channel?: string;
	tokens: Token[];
}

/** The speech of a transcript. */
export interface Spoken {
	/** Sorted by start. Every turn has tokens. */
	turns: Turn[];
	/** Whether the times of tokens are meaningful. */
	timed: boolean;
	/** Locale tag of the transcript's language, if known. */
	locale?: string;
	/** Present if all letters that have a case are lowercase, or all are uppercase. */
	letterCase?: 'lower' | 'upper';
}

/**
 * Builds the speech of a transcript from its words if it has any, otherwise from its utterances, and otherwise from its
 * text.
 * @param offsetSeconds added to all times. Tokens that end before 0 are dropped.
 */
export function spokenIn(transcript: Transcript, offsetSeconds = 0): Spoken {
	const locale = localeOf(transcript.language);
	const { turns, timed } = turnsOf(transcript, locale ?? 'en');
	const spoken = timed && offsetSeconds !== 0 ? turns.map((turn) => shifted(turn, offsetSeconds)) : turns;
	const kept = spoken.filter(({ tokens }) => tokens.length > 0);
	if (timed) kept.sort((a, b) => startOf(a) - startOf(b));
	const letterCase = letterCaseOf(kept);
	return { turns: kept, timed, ...(locale !== undefined && { locale }), ...(letterCase && { letterCase }) };
}

/** Reads only the beginning of most transcripts, because letters of both cases occur there. */
function letterCaseOf(turns: readonly Turn[]): Spoken['letterCase'] {
	const has = (letter: RegExp) => turns.some(({ tokens }) => tokens.some(({ text }) => letter.test(text)));
	const hasUpper = has(/[\p{Lu}\p{Lt}]/u);
	const hasLower = has(/\p{Ll}/u);
	if (hasUpper === hasLower) return undefined;
	return hasLower ? 'lower' : 'upper';
}

const startOf = ({ tokens }: Turn) => tokens[0]?.start ?? 0;

function turnsOf(
	{ words = [], utterances = [], text = '' }: Transcript,
	locale: string,
): { turns: Turn[]; timed: boolean } {
	if (words.some((word) => word.kind !== 'spacing' && cleanText(word.text) !== '')) {
		return { turns: turnsOfWords(words, utterances, text, locale), timed: true };
	}
	const nonEmpty = utterances.filter((utterance) => cleanText(utterance.text) !== '');
	if (nonEmpty.length > 0) {
		return {
			turns: nonEmpty.map((utterance) => ({ ...speakerOf(utterance), tokens: spread(utterance, locale) })),
			timed: true,
		};
	}
	const blocks = text.split(/\n\s*\n/).map((block) => ({ tokens: spread({ text: block, start: 0, end: 0 }, locale) }));
	return { turns: blocks, timed: blocks.every(({ tokens }) => tokens.length === 0) };
}

function spread({ text, start, end }: Utterance, locale: string): Token[] {
	const row = new TokenRow(locale);
	row.add(text, start, end);
	return row.tokens;
}

function turnsOfWords(words: readonly Word[], utterances: readonly Utterance[], text: string, locale: string): Turn[] {
	const ordered = byStart(words);
	if (utterances.length > 0)
		return wordsByUtterance(ordered, utterances).map(({ utterance, words: ownWords, spacing, isUnmatched }) => ({
			...speakerOf(utterance),
			tokens: isUnmatched ? spread(utterance, locale) : tokensOfWords(ownWords, locale, spacing),
		}));
	const spacing = spacingOf(ordered, text);
	return turnsIn(ordered).map((turn) => ({
		...speakerOf(turn[0] as Word),
		tokens: tokensOfWords(turn, locale, spacing),
	}));
}
function speakerOf({ speaker, channel }: Utterance | Word): Pick<Turn, 'speaker' | 'channel'> {
	return { ...(speaker !== undefined && { speaker }), ...(channel !== undefined && { channel }) };
}

function shifted(turn: Turn, seconds: number): Turn {
	const tokens = turn.tokens
		.map((token) => ({ ...token, start: Math.max(0, token.start + seconds), end: token.end + seconds }))
		.filter(({ end }) => end > 0 || seconds > 0);
	return { ...turn, tokens };
}
