import type { Transcript, Utterance, Word } from '../model';
import { byStart, turnsIn } from '../utterances';
import { cleanText, localeOf } from './text';
import { type Token, TokenRow, tokensOfWords } from './tokens';

/** What one speaker says in one go, in the finest pieces that are known. */
export interface Turn {
	speaker?: string;
	channel?: string;
	tokens: Token[];
}

export interface Spoken {
	/** In order of their start; none is without tokens. */
	turns: Turn[];
	/** Whether the times of tokens mean something. */
	timed: boolean;
	/** Tag of the language, where the transcript names one. */
	locale?: string;
}

/**
 * All that is said in a transcript: from its words where it has any, else from its utterances, else from its text.
 * @param offsetSeconds added to all times; what comes to lie before 0 is left out, since the recording begins later
 */
export function spokenIn(transcript: Transcript, offsetSeconds = 0): Spoken {
	const locale = localeOf(transcript.language);
	const { turns, timed } = turnsOf(transcript, locale ?? 'en');
	const spoken = timed && offsetSeconds !== 0 ? turns.map((turn) => shifted(turn, offsetSeconds)) : turns;
	const kept = spoken.filter(({ tokens }) => tokens.length > 0);
	if (timed) kept.sort((a, b) => startOf(a) - startOf(b));
	return { turns: kept, timed, ...(locale !== undefined && { locale }) };
}

const startOf = ({ tokens }: Turn) => tokens[0]?.start ?? 0;

function turnsOf({ words = [], utterances = [], text = '' }: Transcript, locale: string): { turns: Turn[]; timed: boolean } {
	if (words.some((word) => word.kind !== 'spacing' && cleanText(word.text) !== '')) {
		return { turns: turnsOfWords(words, utterances, locale), timed: true };
	}
	const said = utterances.filter((utterance) => cleanText(utterance.text) !== '');
	if (said.length > 0) {
		return { turns: said.map((utterance) => ({ ...whoSpeaks(utterance), tokens: spread(utterance, locale) })), timed: true };
	}
	const blocks = text.split(/\n\s*\n/).map((block) => ({ tokens: spread({ text: block, start: 0, end: 0 }, locale) }));
	return { turns: blocks, timed: blocks.every(({ tokens }) => tokens.length === 0) };
}

function spread({ text, start, end }: Utterance, locale: string): Token[] {
	const row = new TokenRow(locale);
	row.add(text, start, end);
	return row.tokens;
}

function turnsOfWords(words: readonly Word[], utterances: readonly Utterance[], locale: string): Turn[] {
	if (utterances.length > 0) return wordsByUtterance(words, utterances).map(([who, own]) => ({ ...whoSpeaks(who), tokens: tokensOfWords(own, locale) }));
	return turnsIn(words).map((own) => ({ ...whoSpeaks(own[0] as Word), tokens: tokensOfWords(own, locale) }));
}

/**
 * The words of each utterance. The provider's own utterances are kept: they may be finer than a change of speaker, and
 * may name speakers where the words do not.
 */
function wordsByUtterance(words: readonly Word[], utterances: readonly Utterance[]): Array<[Utterance, Word[]]> {
	const inOrder = [...utterances].sort((a, b) => a.start - b.start);
	const everyone = new Line(inOrder);
	const lines = new Map<string, Line>();
	for (const utterance of inOrder) {
		const line = lines.get(voiceOf(utterance)) ?? new Line([]);
		line.utterances.push(utterance);
		lines.set(voiceOf(utterance), line);
	}
	const found = new Map<Utterance, Word[]>(inOrder.map((utterance) => [utterance, []]));
	// What stands between two words is on their channel: on another somebody may have spoken meanwhile.
	const last = new Map<string | undefined, Word[] | undefined>();
	for (const word of byStart(words)) {
		const { channel } = word;
		if (word.kind !== 'spacing') last.set(channel, found.get((lines.get(voiceOf(word)) ?? everyone).at((word.start + word.end) / 2)));
		last.get(channel)?.push(word);
	}
	return [...found];
}

const voiceOf = ({ speaker, channel }: Utterance | Word) => JSON.stringify([speaker, channel]);

/** Utterances in order of their start, asked in order of time. */
class Line {
	private index = 0;
	constructor(readonly utterances: Utterance[]) {}

	/** The one that has begun last. */
	at(seconds: number): Utterance {
		for (;;) {
			const next = this.utterances[this.index + 1];
			if (next === undefined || next.start > seconds) return this.utterances[this.index] as Utterance;
			this.index++;
		}
	}
}

function whoSpeaks({ speaker, channel }: Utterance | Word): Pick<Turn, 'speaker' | 'channel'> {
	return { ...(speaker !== undefined && { speaker }), ...(channel !== undefined && { channel }) };
}

function shifted(turn: Turn, seconds: number): Turn {
	const tokens = turn.tokens
		.map((token) => ({ ...token, start: Math.max(0, token.start + seconds), end: token.end + seconds }))
		.filter(({ end }) => end > 0 || seconds > 0);
	return { ...turn, tokens };
}
