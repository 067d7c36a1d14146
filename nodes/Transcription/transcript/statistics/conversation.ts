import { LATEST, longestPlausible } from '../wordTimes';
import { toMs } from '../milliseconds';
import type { Transcript } from '../model';
import { type Spoken, spokenIn, type Turn } from '../segments';
import { withPlausibleTimes } from '../segments/pace';
import { isQuestion, sentenceMark } from '../segments/punctuation';
import { cutAt, sentenceEnds } from '../segments/sentences';
import type { Token } from '../segments/tokens';
import { coverageOf, type Interval, lengthOf } from './intervals';
import { tokenCounter } from './wordCounts';

/**
 * Silences within a speaker's speech that aren't pauses: brief ones always, and longer ones unless another speaker talks
 * during them. Source: Campione and Véronis, “A Large-Scale Multilingual Study of Silent Pause Duration” (2002), which
 * classifies silences as brief (below 200 ms), medium, and long (above 1 s).
 */
const BRIEF_SILENCE_MS = 200;
const LONG_SILENCE_MS = 1000;

/** A silence of this length ends a monologue, even if the same speaker continues. */
const MONOLOGUE_PAUSE_MS = 3000;

/** Some services round the duration down. */
const DURATION_TOLERANCE_SECONDS = 1;

/** A shorter overlap is within the imprecision of services' word times. */
const SHORTEST_OVERLAP_MS = 200;

/** Everything that one person, or one channel, said. */
export interface Voice {
	/** Absent if the service doesn't say who spoke. */
	name?: string;
	/** Absent if the service doesn't distinguish channels, or if the voice is on several. */
	channel?: string;
	/** When the voice speaks. Sorted, without overlap. Empty if the transcript has no times. */
	talk: Interval[];
	/** The number of times that the voice speaks without another voice in between. 0 if the transcript has no times. */
	utterances: number;
	/** The longest time without a long pause, or a pause in which another voice speaks. Absent if the transcript has no times. */
	monologue?: Interval;
	words: number;
	questions: number;
	fillerWords: number;
}

/** Who spoke when in a transcript. */
export interface Conversation {
	/** Sorted by their first words. */
	voices: Voice[];
	/** Whether the service distinguishes speakers or channels. */
	hasNames: boolean;
	/** Whether questions can be recognized. */
	isPunctuated: boolean;
	/** The part of time that the recording covers. Absent if the transcript has no times and no duration. */
	recording?: Interval;
	/** Whether it is known when the voices speak. */
	timed: boolean;
	/** When at least one voice speaks. */
	talk: Interval[];
	/** When several voices speak. */
	overlaps: Interval[];
}

/** What determines who spoke when, in addition to the transcript. */
export interface ConversationSettings {
	/** Seconds to add to all times. */
	offsetSeconds?: number;
	/** Returns the name of a voice. Turns with the same name are by the same voice. */
	nameOf: (turn: Turn) => string | undefined;
}

/**
 * Determines who spoke when, and counts words, questions, and fillers. Takes linear time if the words are in order.
 * @param spoken the transcript's speech, with the same offset as in the settings
 */
export function conversationIn(
	transcript: Transcript,
	spoken: Spoken,
	{ offsetSeconds = 0, nameOf }: ConversationSettings,
): Conversation {
	const speech = speechOnly(transcript, spoken, offsetSeconds);
	const { turns, timed, locale = 'en' } = speech;
	const recording = recordingOf(transcript, timed ? turns : [], offsetSeconds);
	const countsOf = tokenCounter(speech);
	const voices = new Map<string | undefined, Voice>();
	const spokenWords: VoiceInterval[] = [];
	let hasMarks = false;
	for (const turn of turns) {
		const voice = voiceOf(voices, nameOf(turn), turn);
		const isEnd = sentenceEnds(turn.tokens, speech);
		for (const { text } of turn.tokens) {
			const counts = countsOf(text);
			voice.words += counts.words;
			voice.fillerWords += counts.fillerWords;
		}
		for (const sentence of cutAt(turn.tokens, (index) => isEnd[index] === true)) {
			const words = sentence.map(({ text }) => text);
			if (isQuestion(words, locale)) voice.questions++;
			hasMarks ||= sentenceMark(words.at(-1) ?? '', locale) !== undefined;
		}
		if (!timed) continue;
		for (const token of withPlausibleTimes(turn.tokens, isEnd, 0)) spokenWords.push(timesOf(token, voice, recording));
	}
	addTalk(spokenWords);
	const list = [...voices.values()];
	addUtterances(list);
	for (const voice of list) voice.talk = voice.talk.filter(({ start, end }) => end > start);
	const { once, severalTimes } = coverageOf(list.map(({ talk }) => talk));
	return {
		voices: list,
		hasNames: list.some(({ name }) => name !== undefined),
		isPunctuated: hasMarks,
		...(recording.end > recording.start && { recording }),
		timed,
		talk: once,
		overlaps: severalTimes.filter(({ start, end }) => end - start >= SHORTEST_OVERLAP_MS),
	};
}

/** The space between two sounds in brackets or asterisks. */
const BETWEEN_SOUNDS = /(?<=[)\]*])\s+(?=[([*])/;

/** Returns the speech without sounds such as laughter, which some services list between the words. */
function speechOnly(transcript: Transcript, spoken: Spoken, offsetSeconds: number): Spoken {
	const { words = [], utterances, text, ...otherFields } = transcript;
	const sounds = new Set(words.flatMap((word) => (word.kind === 'audioEvent' ? [word.text.trim()] : [])));
	if (sounds.size === 0) return spoken;
	const speech = {
		...otherFields,
		words: words.filter(({ kind }) => kind !== 'audioEvent'),
		...(utterances && {
			utterances: utterances.filter(
				({ text: said }) =>
					!said
						.trim()
						.split(BETWEEN_SOUNDS)
						.every((part) => sounds.has(part)),
			),
		}),
		...(text !== undefined && words.some(({ kind }) => kind === 'word') && { text }),
	};
	return spokenIn(speech, offsetSeconds);
}

/**
 * Returns the period of the recording, from 0 (or later, with an offset) to its end. Without a duration, or if half of the
 * words are later, that is the end of the last word. A few later words have wrong times.
 */
function recordingOf({ durationSeconds = 0 }: Transcript, turns: readonly Turn[], offsetSeconds: number): Interval {
	const reported = durationSeconds + offsetSeconds;
	const within = { count: 0, latest: reported };
	const all = { count: 0, latest: reported };
	for (const { tokens } of turns)
		for (const { end } of tokens)
			for (const words of end <= reported + DURATION_TOLERANCE_SECONDS ? [within, all] : [all]) {
				words.count++;
				words.latest = Math.max(words.latest, end);
			}
	const { latest } = durationSeconds > 0 && within.count * 2 > all.count ? within : all;
	const start = toMs(Math.max(0, offsetSeconds));
	return { start, end: Math.max(start, toMs(Math.min(latest, LATEST))) };
}

function voiceOf(voices: Map<string | undefined, Voice>, name: string | undefined, { channel }: Turn): Voice {
	const known = voices.get(name);
	if (known) {
		if (known.channel !== channel) delete known.channel;
		return known;
	}
	const voice: Voice = {
		...(name !== undefined && { name }),
		...(channel !== undefined && { channel }),
		talk: [],
		utterances: 0,
		words: 0,
		questions: 0,
		fillerWords: 0,
	};
	voices.set(name, voice);
	return voice;
}

/** The time of a word, or of several. */
interface VoiceInterval extends Interval {
	voice: Voice;
}

/** Returns the time of a word. A word that a service stretched over a silence ends earlier. */
function timesOf({ text, start, end }: Token, voice: Voice, recording: Interval): VoiceInterval {
	const [from, to] = [start, Math.min(end, start + longestPlausible(text))].map((time) =>
		Math.min(Math.max(toMs(time), recording.start), recording.end),
	) as [number, number];
	return { voice, start: from, end: to };
}

/**
 * Visits intervals in the order of their starts, so that the result doesn't depend on how a service divides speech into
 * turns.
 * @param visit receives the interval, and the latest end of the other voices' intervals that start before it
 */
function visitInOrder(
	intervals: readonly VoiceInterval[],
	visit: (interval: VoiceInterval, othersUntil: number) => void,
): void {
	const sorted = [...intervals].sort((a, b) => a.start - b.start);
	// The interval with the latest end so far, and the latest end of any other voice.
	let latest: VoiceInterval | undefined;
	let othersUntil = 0;
	let passed = 0;
	for (const interval of sorted) {
		for (let earlier = sorted[passed]; earlier && earlier.start < interval.start; earlier = sorted[++passed]) {
			const isSameVoice = latest?.voice === earlier.voice;
			if (!latest || earlier.end > latest.end) {
				if (latest && !isSameVoice) othersUntil = latest.end;
				latest = earlier;
			} else if (!isSameVoice) {
				othersUntil = Math.max(othersUntil, earlier.end);
			}
		}
		visit(interval, latest?.voice === interval.voice ? othersUntil : (latest?.end ?? 0));
	}
}

/** Adds the times at which the voices speak. */
function addTalk(words: readonly VoiceInterval[]): void {
	visitInOrder(words, ({ voice, start, end }, othersUntil) => {
		const talk = voice.talk.at(-1);
		const longest = talk && othersUntil > talk.end ? BRIEF_SILENCE_MS : LONG_SILENCE_MS;
		if (talk && start - talk.end < longest) talk.end = Math.max(talk.end, end);
		else voice.talk.push({ start, end });
	});
}

/** Counts the utterances, and finds the longest monologues. What others say while a voice speaks doesn't divide them. */
function addUtterances(voices: readonly Voice[]): void {
	const monologues = new Map<Voice, Interval>();
	const talk = voices.flatMap((voice) => voice.talk.map((interval) => ({ ...interval, voice })));
	visitInOrder(talk, ({ voice, start, end }, othersUntil) => {
		const last = monologues.get(voice);
		const isContinued = last !== undefined && othersUntil <= last.end;
		if (!isContinued) voice.utterances++;
		const isMonologue = isContinued && start - last.end < MONOLOGUE_PAUSE_MS;
		const monologue = { start: isMonologue ? last.start : start, end };
		monologues.set(voice, monologue);
		if (!voice.monologue || lengthOf([monologue]) > lengthOf([voice.monologue])) voice.monologue = monologue;
	});
}
