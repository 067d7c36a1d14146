import { joinWords } from './join';
import { type Utterance, type Word, withoutAbsent } from './model';

/** A channel that falls silent for longer, in seconds, while another speaks has ended its turn. */
const TURN_PAUSE_SECONDS = 0.5;

/** Where nothing tells who speaks, a silence of this length, in seconds, ends what is said in one go. */
const SILENCE_SECONDS = 2;

/**
 * Who says what in one go, from the words of a provider that tells speakers or channels apart but gives no utterances.
 *
 * @param words in order of their start on each channel
 * @returns undefined where no word names a speaker or channel
 */
export function utterancesOf(words: readonly Word[]): Utterance[] | undefined {
	if (!words.some(({ speaker, channel }) => speaker !== undefined || channel !== undefined)) return undefined;
	return turnsIn(words).map(toUtterance);
}

/**
 * The words of each turn: a new one where the speaker changes, on each channel where another spoke meanwhile, and where
 * neither is known after a silence. In order of their start.
 *
 * @param words in order of their start on each channel
 */
export function turnsIn(words: readonly Word[]): Word[][] {
	const turns: Word[][] = [];
	const open = new Map<string | undefined, OpenTurn>();
	let latest: Word | undefined;
	for (const word of byStart(words)) {
		const turn = open.get(word.channel);
		if (word.kind === 'spacing') {
			// What stands between two words belongs to neither speaker, whatever the provider says.
			turn?.words.push(word);
			continue;
		}
		if (turn && continues(turn.last, word, latest)) {
			turn.words.push(word);
			if (!isNobodys(word)) turn.last = word;
		} else {
			const begun = [word];
			turns.push(begun);
			open.set(word.channel, { words: begun, last: word });
		}
		latest = word;
	}
	return turns;
}

/** By their start. Services mostly give them so, which is cheaper to see than to sort. */
export function byStart(words: readonly Word[]): readonly Word[] {
	const isInOrder = words.every(({ start }, index) => index === 0 || (words[index - 1] as Word).start <= start);
	return isInOrder ? words : [...words].sort((a, b) => a.start - b.start);
}

/** A turn that may go on. */
interface OpenTurn {
	words: Word[];
	/** Its last word that is somebody's, or else its first. */
	last: Word;
}

/** @param latest the word that came last on any channel */
function continues(last: Word, word: Word, latest: Word | undefined): boolean {
	if (last.speaker !== word.speaker && !isNobodys(word)) return false;
	const pause = word.start - last.end;
	if (last.speaker === undefined && last.channel === undefined) return pause <= SILENCE_SECONDS;
	const othersSpoke = latest !== undefined && latest.channel !== word.channel;
	return !(othersSpoke && pause > TURN_PAUSE_SECONDS);
}

/** A sound that nobody is said to have made belongs to the turn in which it was heard. */
function isNobodys({ kind, speaker }: Word): boolean {
	return kind === 'audioEvent' && speaker === undefined;
}

function toUtterance(turn: readonly Word[]): Utterance {
	const spoken = turn.filter(({ kind }) => kind !== 'spacing');
	const { start, end, speaker, channel } = spoken[0] as Word;
	let latest = end;
	for (const word of spoken) latest = Math.max(latest, word.end);
	return withoutAbsent<Utterance>({ text: joinWords(turn), start, end: latest, speaker, channel });
}
