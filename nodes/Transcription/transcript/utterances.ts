import { joinWords } from './join';
import { type Utterance, type Word, withoutAbsent } from './model';

/** A channel's turn ends if it is silent for longer than this, in seconds, while another channel speaks. */
const TURN_PAUSE_SECONDS = 0.5;

/** If there are no speakers or channels, a turn ends after a silence of this length, in seconds. */
const SILENCE_SECONDS = 2;

/**
 * Builds utterances from words, for providers that distinguish speakers or channels but don't return utterances.
 *
 * @param words sorted by start on each channel
 * @returns undefined if no word has a speaker or channel
 */
export function utterancesOf(words: readonly Word[]): Utterance[] | undefined {
	if (!words.some(({ speaker, channel }) => speaker !== undefined || channel !== undefined)) return undefined;
	return turnsIn(words).map(toUtterance);
}

/**
 * Splits words into turns, sorted by start. A new turn begins when the speaker changes, or when a channel continues
 * after another channel spoke. If neither speakers nor channels are known, it begins after a silence.
 *
 * @param words sorted by start on each channel
 */
export function turnsIn(words: readonly Word[]): Word[][] {
	const turns: Word[][] = [];
	const open = new Map<string | undefined, OpenTurn>();
	let latest: Word | undefined;
	for (const word of byStart(words)) {
		const turn = open.get(word.channel);
		if (word.kind === 'spacing') {
			// Spacing belongs to neither speaker, even if the provider assigns it to one.
			turn?.words.push(word);
			continue;
		}
		if (turn && continues(turn.last, word, latest)) {
			turn.words.push(word);
			if (!isUnattributedSound(word)) turn.last = word;
		} else {
			const started = [word];
			turns.push(started);
			open.set(word.channel, { words: started, last: word });
		}
		latest = word;
	}
	return turns;
}

/** Sorts words by start. Most services return them sorted, and checking that is faster than sorting. */
export function byStart(words: readonly Word[]): readonly Word[] {
	const isInOrder = words.every(({ start }, index) => index === 0 || (words[index - 1] as Word).start <= start);
	return isInOrder ? words : [...words].sort((a, b) => a.start - b.start);
}

/** A turn that may continue. */
interface OpenTurn {
	words: Word[];
	/** The last word that isn't an unattributed sound or, if there is none, the first word. */
	last: Word;
}

/** @param latest the most recent word on any channel */
function continues(last: Word, word: Word, latest: Word | undefined): boolean {
	if (last.speaker !== word.speaker && !isUnattributedSound(word)) return false;
	const pause = word.start - last.end;
	if (last.speaker === undefined && last.channel === undefined) return pause <= SILENCE_SECONDS;
	const othersSpoke = latest !== undefined && latest.channel !== word.channel;
	return !(othersSpoke && pause > TURN_PAUSE_SECONDS);
}

/** Whether a word is a sound without a speaker, which belongs to the turn in which it occurs. */
function isUnattributedSound({ kind, speaker }: Word): boolean {
	return kind === 'audioEvent' && speaker === undefined;
}

function toUtterance(turn: readonly Word[]): Utterance {
	const spoken = turn.filter(({ kind }) => kind !== 'spacing');
	const { start, end, speaker, channel } = spoken[0] as Word;
	let latest = end;
	for (const word of spoken) latest = Math.max(latest, word.end);
	return withoutAbsent<Utterance>({ text: joinWords(turn), start, end: latest, speaker, channel });
}
