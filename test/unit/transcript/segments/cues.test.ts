import fc from 'fast-check';
import { type CueSettings, CUE_SETTINGS, cuesIn, spokenIn } from '../../../../nodes/Transcription/transcript/segments';
import { widthOf } from '../../../../nodes/Transcription/transcript/segments/text';
import { textOf } from '../../../../nodes/Transcription/transcript/segments/tokens';
import type { Transcript } from '../../../../nodes/Transcription/transcript/model';
import { anyTranscript, aTranscript, transcriptOf, sampleTranscript, wordsOf } from '../transcripts';

const cues = (transcript: Transcript, settings: Partial<CueSettings> = {}) =>
	cuesIn(spokenIn(transcript), { ...CUE_SETTINGS, ...settings }).map(({ lines, ...cue }) => ({
		...cue,
		lines: lines.map((line) => textOf(line)),
	}));
const texts = (transcript: Transcript, settings?: Partial<CueSettings>) =>
	cues(transcript, settings).map(({ lines }) => lines.join(' | '));

describe('cues of real calls', () => {
	it('end with sentences and have balanced lines that break after punctuation', () => {
		expect(texts(sampleTranscript('sales-call')).slice(0, 7)).toEqual([
			'Good morning, Northwind sales, | Daniel speaking.',
			'How can I help?',
			'Hi Daniel, my name is Maria Jensen.',
			'We are looking for transcription software.',
			'Great. How many hours | do you record every month?',
			'About forty hours, | mostly interviews and support calls.',
			'Then our team plan fits best.',
		]);
	});

	it('end with sentences in German', () => {
		expect(texts(sampleTranscript('interview-de')).slice(0, 4)).toEqual([
			'Guten Tag, Frau Keller.',
			'Wie lange arbeiten Sie | schon als Journalistin?',
			'Seit zwanzig Jahren.',
			'Am liebsten führe ich lange | Gespräche mit Handwerkern.',
		]);
	});
});

describe('cue end', () => {
	const LONG =
		'We have looked at all of the offers that came in during the last month, and I think that we should take the second one now.';

	it('is after a comma rather than inside of a phrase', () =>
		expect(texts(transcriptOf(LONG))[0]?.replace(' | ', ' ')).toMatch(/month,$/));

	it('is never before the last word or after the first word of a sentence', () => {
		fc.assert(
			fc.property(fc.integer({ min: 12, max: 40 }), (count) => {
				const sentence = `${Array.from({ length: count }, (_, i) => `word${i % 7}`).join(' ')}.`;
				for (const text of texts(transcriptOf(sentence))) expect(text.split(' ').length).toBeGreaterThan(1);
			}),
		);
	});

	it('is at a change of speaker', () => {
		const words = [
			...wordsOf('Yes', { speaker: 'A' }),
			...wordsOf('no', { from: 1, speaker: 'B' }),
			...wordsOf('yes', { from: 2, speaker: 'A' }),
		];
		expect(cues(aTranscript({ words })).map(({ speaker, lines }) => `${speaker}: ${lines.join()}`)).toEqual([
			'A: Yes',
			'B: no',
			'A: yes',
		]);
	});

	it('is before a silence', () => {
		const words = [...wordsOf('and so', { speaker: 'A' }), ...wordsOf('it went', { from: 4, speaker: 'A' })];
		expect(texts(aTranscript({ words }))).toEqual(['and so', 'it went']);
	});
});

describe('lines', () => {
	it('don’t split names if that can be avoided', () => {
		expect(texts(sampleTranscript('voicemail'))[0]).toBe('Hello, this is Laura Bennett | from Northwind.');
	});

	it('count Chinese characters as two', () => {
		const text = '我们今天讨论新的项目计划并决定下一步的工作安排和时间表';
		const [cue] = cues(aTranscript({ language: 'zh', utterances: [{ text, start: 0, end: 6 }] }));
		expect(cue?.lines).toHaveLength(2);
		expect(cue?.lines.join('')).toBe(text);
	});

	it('split a word that is wider than a line between two characters', () => {
		const lines = cues(transcriptOf('e\u0301'.repeat(60))).flatMap((cue) => cue.lines);
		expect(lines.map((line) => widthOf(line))).toEqual([42, 18]);
		for (const line of lines) expect(line.startsWith('\u0301')).toBe(false);
	});

	it('can be limited to one', () => {
		for (const { lines } of cues(sampleTranscript('sales-call'), { linesPerCue: 1 })) expect(lines).toHaveLength(1);
	});
});

describe('times', () => {
	it('start with the speech', () => expect(cues(transcriptOf('Hello.', { from: 2 }))[0]?.startMs).toBe(2000));

	it('last long enough to be read', () =>
		expect(cues(transcriptOf('A quick sentence spoken much too fast.', { step: 0.1 }))[0]).toMatchObject({
			startMs: 0,
			endMs: 1900,
		}));

	it('last at least a second if nothing follows', () =>
		expect(cues(transcriptOf('Yes.'))[0]).toMatchObject({ startMs: 0, endMs: 1000 }));

	it('leave a gap before the next cue', () => {
		const words = [...wordsOf('Yes.', { speaker: 'A' }), ...wordsOf('No.', { from: 0.6, speaker: 'B' })];
		expect(cues(aTranscript({ words })).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
			[0, 520],
			[600, 1600],
		]);
	});

	it('have a minimum duration for text without width or duration', () => {
		const words = [{ text: '\u200b', start: 0, end: 0, kind: 'word' as const }];
		expect(cues(aTranscript({ words }), { minCueDuration: 0 })[0]?.endMs).toBeGreaterThan(0);
	});

	it('end after the maximum duration, even within a long word', () => {
		const words = [{ text: 'Ommm', start: 0, end: 60, kind: 'word' as const }];
		expect(cues(aTranscript({ words }))[0]?.endMs).toBe(7000);
	});

	it('are divided if two people speak at the same time', () => {
		const words = [
			...wordsOf('I think that we should go on', { channel: '1' }),
			...wordsOf('mhm', { from: 0.5, channel: '2' }),
		];
		const [first, second] = cues(aTranscript({ words }));
		expect(first?.endMs).toBeGreaterThan(1000);
		expect(second?.startMs).toBeGreaterThanOrEqual(first?.endMs ?? Infinity);
	});

	it('catch up after people spoke at the same time', () => {
		const talk = (channel: string, from: number) => wordsOf('This is what I have to say about it.', { channel, from });
		const words = [...talk('1', 0), ...talk('2', 0.2), ...talk('1', 30)];
		expect(cues(aTranscript({ words })).at(-1)?.startMs).toBe(30_000);
	});
});

describe('implausible times', () => {
	const at = (text: string, spans: Array<[number, number]>, who: object = {}) =>
		text.split(' ').map((word, index) => ({
			text: word,
			start: spans[index]?.[0] ?? 0,
			end: spans[index]?.[1] ?? 0,
			kind: 'word' as const,
			...who,
		}));
	const durations = (words: Transcript['words']) =>
		cues(aTranscript({ words })).map(({ startMs, endMs }) => endMs - startMs);

	it('don’t separate a word that is stretched over a silence from its sentence', () => {
		const words = [...at('From', [[0, 64]]), ...wordsOf('the north we came.', { from: 64 })];
		expect(cues(aTranscript({ words }))).toMatchObject([{ startMs: 62_000, lines: ['From the north we came.'] }]);
	});

	it('don’t separate a stretched last word from its sentence', () => {
		const words = [...wordsOf('We went'), ...at('home.', [[0.8, 64]]), ...wordsOf('Then we slept.', { from: 64 })];
		expect(texts(aTranscript({ words }))).toEqual(['We went home.', 'Then we slept.']);
	});

	it('don’t cause cues below the minimum duration for words without duration', () => {
		const words = [
			...at('Yes. No. Maybe.', [
				[5, 5],
				[5, 5],
				[5, 5],
			]),
			...wordsOf('I think so.', { from: 5.2 }),
		];
		for (const duration of durations(words)) expect(duration).toBeGreaterThanOrEqual(1000);
	});

	it('don’t cause cues below the minimum duration for two speakers who start at the same time', () => {
		const words = [...at('Yes.', [[5, 5.2]], { speaker: 'A' }), ...at('No.', [[5, 5.2]], { speaker: 'B' })];
		expect(durations(words)).toEqual([1000, 1000]);
	});

	it('don’t delay cues by more than two seconds', () => {
		const words = Array.from({ length: 40 }, (_, index) =>
			at('Yes.', [[5 + index / 10, 5 + index / 10]], { speaker: 'AB'[index % 2] }),
		).flat();
		for (const [index, { startMs }] of cues(aTranscript({ words })).entries())
			expect(startMs - (5000 + index * 100)).toBeLessThanOrEqual(2200);
	});

	it('don’t cause a short cue within a turn', () => {
		const words = [
			...at('So.', [[0, 0.12]]),
			...wordsOf('We looked at all of the offers that came in last month, and the second one is the best.', {
				from: 0.14,
				step: 0.25,
			}),
		];
		for (const duration of durations(words)) expect(duration).toBeGreaterThanOrEqual(1000);
	});
});

describe('any transcript', () => {
	const settings = fc.record({
		charactersPerLine: fc.integer({ min: 12, max: 60 }),
		linesPerCue: fc.integer({ min: 1, max: 3 }),
		maxCueDuration: fc.double({ min: 2, max: 9, noNaN: true }),
		minCueDuration: fc.double({ min: 0, max: 2, noNaN: true }),
		gap: fc.double({ min: 0, max: 0.5, noNaN: true }),
		readingSpeed: fc.double({ min: 5, max: 40, noNaN: true }),
	});

	it('has cues in order that never overlap and respect all limits', () => {
		fc.assert(
			fc.property(anyTranscript, settings, (transcript, chosen) => {
				let last = 0;
				for (const { startMs, endMs, lines } of cues(transcript, chosen)) {
					expect(startMs).toBeGreaterThanOrEqual(last);
					expect(endMs).toBeGreaterThan(startMs);
					expect(endMs - startMs).toBeLessThanOrEqual(Math.round(chosen.maxCueDuration * 1000));
					expect(lines.length).toBeLessThanOrEqual(chosen.linesPerCue);
					for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(chosen.charactersPerLine);
					for (const line of lines) expect(line.trim()).not.toBe('');
					last = endMs;
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('has every token exactly once, in order, in the cues of its speaker', () => {
		fc.assert(
			fc.property(anyTranscript, settings, (transcript, chosen) => {
				const letters = (text: string) => text.replace(/ /g, '');
				const spoken = spokenIn(transcript);
				for (const voice of new Set(spoken.turns.map(({ speaker }) => speaker))) {
					const inTurns = spoken.turns
						.filter(({ speaker }) => speaker === voice)
						.map(({ tokens }) => letters(textOf(tokens)));
					const inCues = cues(transcript, chosen)
						.filter(({ speaker }) => speaker === voice)
						.map(({ lines }) => letters(lines.join('')));
					expect(inCues.join('')).toBe(inTurns.join(''));
				}
			}),
		);
	});

	it('never splits a grapheme', () => {
		const characters = ['e\u0301', 'g\u0308', '👨‍👩‍👧', '👍🏽', '🇩🇪', '𠮷', '한', 'x'];
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...characters), { minLength: 30, maxLength: 200 }), (word) => {
				const lines = cues(transcriptOf(word.join('')), { charactersPerLine: 12 }).flatMap((cue) => cue.lines);
				const shown = lines.map((line) => Array.from(new Intl.Segmenter('en').segment(line), ({ segment }) => segment));
				expect(shown.flat()).toEqual(word);
			}),
		);
	});
});
