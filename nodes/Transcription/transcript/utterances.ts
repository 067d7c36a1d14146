import { joinWords } from './join';
import { type Utterance, type Word, withoutAbsent } from './model';

/** A channel that falls silent for longer, in seconds, while another speaks has ended its turn. */
const TURN_PAUSE_SECONDS = 0.5;

/**
 * Who says what in one go, from the words of a provider that tells speakers or channels apart but gives no utterances:
 * a new one where the speaker changes, and on each channel where another spoke meanwhile. In order of their start.
 *
 * @param words in order of their start on each channel
 * @returns undefined where no word names a speaker or channel
 */
export function utterancesOf(words: readonly Word[]): Utterance[] | undefined {
	if (!words.some(({ speaker, channel }) => speaker !== undefined || channel !== undefined)) return undefined;
	const turns: Word[][] = [];
	const open = new Map<string | undefined, Word[]>();
	let latest: Word | undefined;
	for (const word of [...words].sort((a, b) => a.start - b.start)) {
		const turn = open.get(word.channel);
		const last = turn?.findLast((spoken) => spoken.kind !== 'spacing' && !isNobodys(spoken)) ?? turn?.[0];
		// What stands between two words belongs to neither speaker, whatever the provider says.
		const goesOn = word.kind === 'spacing' || last === undefined || continues(last, word, latest);
		if (turn && goesOn) turn.push(word);
		else if (word.kind !== 'spacing') {
			const begun = [word];
			turns.push(begun);
			open.set(word.channel, begun);
		}
		if (word.kind !== 'spacing') latest = word;
	}
	return turns.map(toUtterance);
}

/** @param latest the word that came last on any channel */
function continues(last: Word, word: Word, latest: Word | undefined): boolean {
	if (last.speaker !== word.speaker && !isNobodys(word)) return false;
	const othersSpoke = latest !== undefined && latest.channel !== word.channel;
	return !(othersSpoke && word.start - last.end > TURN_PAUSE_SECONDS);
}

/** A sound that nobody is said to have made belongs to the turn in which it was heard. */
function isNobodys({ kind, speaker }: Word): boolean {
	return kind === 'audioEvent' && speaker === undefined;
}

function toUtterance(turn: Word[]): Utterance {
	const spoken = turn.filter(({ kind }) => kind !== 'spacing');
	const first = spoken[0] as Word;
	return withoutAbsent<Utterance>({
		text: joinWords(turn),
		start: first.start,
		end: Math.max(...spoken.map(({ end }) => end)),
		speaker: first.speaker,
		channel: first.channel,
	});
}
