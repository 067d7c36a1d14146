import fc from 'fast-check';
import { ExportContext, type FileSettings } from '../../../../nodes/Transcription/transcript/files';
import type { Transcript, Utterance, Word } from '../../../../nodes/Transcription/transcript/model';
import { type Statistics, statisticsOf } from '../../../../nodes/Transcription/transcript/statistics';
import { anyTranscript, aTranscript } from '../transcripts';

/** Properties of the statistics of any transcript. */

const anyOffset = fc.constantFrom(0, 0, 45.25, -7.5, 3600);
const anyDuration = fc.oneof(fc.constant(undefined), fc.double({ min: 0, max: 200, noNaN: true }));

const statistics = (transcript: Transcript, settings: FileSettings = {}): Statistics =>
	statisticsOf(new ExportContext(transcript, settings).conversation());

function check(property: (result: Statistics, transcript: Transcript, offsetSeconds: number) => void): void {
	fc.assert(
		fc.property(anyTranscript, anyDuration, anyOffset, (base, durationSeconds, offsetSeconds) => {
			const transcript = { ...base, ...(durationSeconds !== undefined && { durationSeconds }) };
			property(statistics(transcript, { offsetSeconds }), transcript, offsetSeconds);
		}),
		{ numRuns: 300 },
	);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Returns all numbers in a JSON value. Values other than numbers, strings, lists, and objects are reported as NaN. */
function numbersIn(value: unknown): number[] {
	if (typeof value === 'number') return [value];
	if (typeof value === 'string') return [];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [NaN];
}

describe('Statistics of any transcript', () => {
	it('contain only finite numbers that aren’t negative', () =>
		check((result) => expect(numbersIn(result).filter((value) => !(value >= 0 && value < Infinity))).toEqual([])));

	it('have shares whose sum is 1', () =>
		check(({ speakers = [] }) => {
			const shares = speakers.flatMap(({ talkShare }) => talkShare ?? []);
			if (shares.length > 0) expect(sum(shares)).toBeCloseTo(1, 9);
		}));

	it('divide the recording into talk and silence', () =>
		check(({ durationSeconds = 0, talkSeconds = 0, silenceSeconds = durationSeconds, silenceShare }) => {
			expect(talkSeconds + silenceSeconds).toBeCloseTo(durationSeconds, 9);
			if (silenceShare !== undefined) expect(silenceShare).toBeCloseTo(silenceSeconds / durationSeconds, 3);
		}));

	it('never exceed the recording', () =>
		check(({ durationSeconds = 0, talkSeconds = 0, overlapSeconds = 0, speakers = [] }, _, offsetSeconds) => {
			expect(overlapSeconds).toBeLessThanOrEqual(talkSeconds);
			for (const { talkSeconds: talk = 0, longestMonologueStart = 0, longestMonologueSeconds = 0 } of speakers) {
				expect(talk).toBeLessThanOrEqual(talkSeconds);
				expect(longestMonologueStart + longestMonologueSeconds).toBeLessThanOrEqual(
					durationSeconds + Math.max(0, offsetSeconds) + 1e-9,
				);
			}
		}));

	it('count everything once', () =>
		check(({ words, talkSeconds = 0, speakers }) => {
			if (!speakers) return;
			expect(sum(speakers.map((speaker) => speaker.words))).toBe(words);
			expect(sum(speakers.map((speaker) => speaker.talkSeconds ?? 0))).toBeGreaterThanOrEqual(talkSeconds - 1e-9);
		}));

	it('have a timeline whose sums are the totals', () =>
		check(({ timeline = [], talkSeconds = 0, silenceSeconds = 0, speakers = [], durationSeconds }) => {
			if (durationSeconds === undefined) return;
			expect(sum(timeline.map((minute) => minute.talkSeconds))).toBeCloseTo(talkSeconds, 9);
			expect(sum(timeline.map((minute) => minute.silenceSeconds))).toBeCloseTo(silenceSeconds, 9);
			for (const [index, speaker] of speakers.entries()) {
				const seconds = timeline.map(({ speakerSeconds = [] }) => speakerSeconds[index] ?? NaN);
				expect(sum(seconds)).toBeCloseTo(speaker.talkSeconds ?? NaN, 9);
			}
			for (const minute of timeline) expect(minute.talkSeconds + minute.silenceSeconds).toBeLessThanOrEqual(60 + 1e-9);
		}));
});

/** Words of up to three speakers, without flaws that are corrected depending on the neighbors. */
const anyPlainWords: fc.Arbitrary<Word[]> = fc
	.array(
		fc.record({
			text: fc.constantFrom('The', 'Offer', 'Northwind,', 'Friday.', 'Sure!', 'And', 'Why?'),
			pause: fc.constantFrom(0, 0.05, 0.3, 1.5, 4),
			length: fc.double({ min: 0.05, max: 0.7, noNaN: true }),
			turn: fc.integer({ min: 0, max: 12 }),
		}),
		{ minLength: 1, maxLength: 60 },
	)
	.map((list) => {
		let now = 0;
		let speaker = 0;
		return list.map(({ text, pause, length, turn }): Word => {
			const start = now + pause;
			now = start + length;
			if (turn < 3) speaker = turn;
			return { text, start, end: now, kind: 'word', speaker: 'ABC'[speaker] };
		});
	});

function utterancesOf(words: readonly Word[], longest: number): Utterance[] {
	const parts: Word[][] = [];
	for (const word of words) {
		const part = parts.at(-1);
		if (part && part.length < longest && part[0]?.speaker === word.speaker) part.push(word);
		else parts.push([word]);
	}
	return parts.map((part) => ({
		text: part.map(({ text }) => text).join(' '),
		start: part[0]?.start ?? 0,
		end: part.at(-1)?.end ?? 0,
		speaker: part[0]?.speaker,
	}));
}

it('Statistics don’t depend on how a service divides speech into utterances', () =>
	fc.assert(
		fc.property(anyPlainWords, fc.integer({ min: 1, max: 9 }), (words, longest) => {
			const utterances = utterancesOf(words, longest);
			expect(statistics(aTranscript({ words, utterances }))).toEqual(statistics(aTranscript({ words })));
		}),
		{ numRuns: 300 },
	));
