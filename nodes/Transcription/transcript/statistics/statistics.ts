import type { Conversation, Voice } from './conversation';
import { type Interval, lengthOf, lengthPerPeriod } from './intervals';

/**
 * Statistics of one speaker, or of one channel if the service doesn't distinguish speakers. Fields that the transcript
 * has no data for are absent. `docs/statistics.md` defines them.
 */
export interface SpeakerStatistics {
	/** Absent for words without a speaker or channel. */
	speaker?: string;
	channel?: string;
	talkSeconds?: number;
	/** 0 to 1. The share of the sum of all speakers' talk times. */
	talkShare?: number;
	utterances: number;
	words: number;
	wordsPerMinute?: number;
	longestMonologueSeconds?: number;
	/** Seconds from the start of the recording. */
	longestMonologueStart?: number;
	questions?: number;
	fillerWords?: number;
}

/** A minute of the recording. The last one may be shorter. */
export interface Minute {
	/** Seconds from the start of the recording. */
	start: number;
	/** Seconds in which at least one speaker talks. */
	talkSeconds: number;
	silenceSeconds: number;
	/** The talk time of each speaker, in the same order as `speakers`. */
	speakerSeconds?: number[];
}

/** Statistics of a conversation. Fields that the transcript has no data for are absent. */
export interface Statistics {
	durationSeconds?: number;
	/** Seconds in which at least one speaker talks. */
	talkSeconds?: number;
	silenceSeconds?: number;
	/** 0 to 1. The share of the recording. */
	silenceShare?: number;
	/** The number of times that speakers talk simultaneously. */
	overlaps?: number;
	overlapSeconds?: number;
	turnsPerMinute?: number;
	words: number;
	wordsPerMinute?: number;
	questions?: number;
	fillerWords?: number;
	/** Sorted by their first words. Absent if the service distinguishes neither speakers nor channels. */
	speakers?: SpeakerStatistics[];
	timeline?: Minute[];
}

const MINUTE_MS = 60_000;

/** Longer recordings have no timeline. Services accept at most a few hours, so their times are wrong. */
const LONGEST_TIMELINE_MS = 24 * 60 * MINUTE_MS;

/** Computes the statistics of a conversation. */
export function statisticsOf(conversation: Conversation): Statistics {
	const { voices, hasNames, isPunctuated } = conversation;
	const words = sumOf(voices, (voice) => voice.words);
	const fillerWords = sumOf(voices, (voice) => voice.fillerWords);
	return {
		...timesOf(conversation),
		words,
		...rateOf(
			words,
			sumOf(voices, ({ talk }) => lengthOf(talk)),
		),
		...(isPunctuated && { questions: sumOf(voices, ({ questions }) => questions) }),
		...(fillerWords > 0 && { fillerWords }),
		...(hasNames && { speakers: speakersIn(conversation, fillerWords > 0) }),
		...timelineOf(conversation),
	};
}

const sumOf = (voices: readonly Voice[], count: (voice: Voice) => number) =>
	voices.reduce((sum, voice) => sum + count(voice), 0);

function timesOf({ voices, hasNames, recording, timed, talk, overlaps }: Conversation): Partial<Statistics> {
	if (!recording) return {};
	const recordedMs = lengthOf([recording]);
	const durationSeconds = toSeconds(recordedMs);
	if (!timed) return { durationSeconds };
	const talkMs = lengthOf(talk);
	const turns = sumOf(voices, ({ utterances }) => utterances);
	return {
		durationSeconds,
		talkSeconds: toSeconds(talkMs),
		silenceSeconds: toSeconds(recordedMs - talkMs),
		silenceShare: round((recordedMs - talkMs) / recordedMs, 4),
		...(hasNames && {
			overlaps: overlaps.length,
			overlapSeconds: toSeconds(lengthOf(overlaps)),
			turnsPerMinute: round(turns / (recordedMs / MINUTE_MS), 2),
		}),
	};
}

function speakersIn({ voices, isPunctuated, recording }: Conversation, hasFillers: boolean): SpeakerStatistics[] {
	const talk = voices.map((voice) => lengthOf(voice.talk));
	const shares = sharesOf(talk);
	return voices.map(({ name, channel, utterances, monologue, words, questions, fillerWords }, index) => {
		const talkMs = talk[index] ?? 0;
		return {
			...(name !== undefined && { speaker: name }),
			...(channel !== undefined && { channel }),
			...(recording && { talkSeconds: toSeconds(talkMs) }),
			...(shares && { talkShare: shares[index] ?? 0 }),
			utterances,
			words,
			...rateOf(words, talkMs),
			...(monologue &&
				monologue.end > monologue.start && {
					longestMonologueSeconds: toSeconds(monologue.end - monologue.start),
					longestMonologueStart: toSeconds(monologue.start),
				}),
			...(isPunctuated && { questions }),
			...(hasFillers && { fillerWords }),
		};
	});
}

function timelineOf({ voices, hasNames, recording, timed, talk }: Conversation): { timeline?: Minute[] } {
	if (!timed || !recording || lengthOf([recording]) > LONGEST_TIMELINE_MS) return {};
	// Minutes are those of a clock that starts with the recording, even if an offset moves the start.
	const window = { start: Math.floor(recording.start / MINUTE_MS) * MINUTE_MS, end: recording.end };
	const perMinute = (intervals: readonly Interval[]) => lengthPerPeriod(intervals, window, MINUTE_MS);
	const [talkMs, recordedMs] = [perMinute(talk), perMinute([recording])];
	const speakers = voices.map((voice) => perMinute(voice.talk).map(toSeconds));
	const timeline = recordedMs.map((recorded, index) => ({
		start: toSeconds(window.start + index * MINUTE_MS),
		talkSeconds: toSeconds(talkMs[index] ?? 0),
		silenceSeconds: toSeconds(recorded - (talkMs[index] ?? 0)),
		...(hasNames && { speakerSeconds: speakers.map((seconds) => seconds[index] ?? 0) }),
	}));
	return { timeline };
}

const SHARE_STEPS = 10_000;

/**
 * Returns the shares of a total, rounded so that their sum is 1: each is rounded down, and the ones that lose the most
 * get what is left (largest remainder method).
 * @returns undefined if the total is 0
 */
function sharesOf(parts: readonly number[]): number[] | undefined {
	const total = parts.reduce((sum, part) => sum + part, 0);
	if (total === 0) return undefined;
	const steps = parts.map((part) => Math.floor((part * SHARE_STEPS) / total));
	const lost = parts.map((part, index) => ({ index, steps: (part * SHARE_STEPS) / total - (steps[index] ?? 0) }));
	const rest = SHARE_STEPS - steps.reduce((sum, step) => sum + step, 0);
	for (const { index } of lost.sort((a, b) => b.steps - a.steps).slice(0, rest)) steps[index] = (steps[index] ?? 0) + 1;
	return steps.map((step) => step / SHARE_STEPS);
}

/** The imprecision of words' times would distort the rate of less talk. */
const SHORTEST_RATED_MS = 1000;

function rateOf(words: number, talkMs: number): { wordsPerMinute?: number } {
	return talkMs >= SHORTEST_RATED_MS ? { wordsPerMinute: round(words / (talkMs / MINUTE_MS), 1) } : {};
}

const toSeconds = (ms: number) => ms / 1000;

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
