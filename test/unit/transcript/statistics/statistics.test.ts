import { ExportContext, type FileSettings } from '../../../../nodes/Transcription/transcript/files';
import type { Transcript, Word } from '../../../../nodes/Transcription/transcript/model';
import { type Statistics, statisticsOf } from '../../../../nodes/Transcription/transcript/statistics';
import { aTranscript, sampleTranscript, wordsOf } from '../transcripts';

const statistics = (transcript: Transcript, settings: FileSettings = {}): Statistics =>
	statisticsOf(new ExportContext(transcript, settings).conversation());

const ada = { speaker: 'A', channel: '1', step: 0.5 };
const bob = { speaker: 'B', channel: '2', step: 0.5 };

/**
 * A call of 65 seconds, counted manually. A word starts every 0.5 s and lasts 0.45 s, so n words last n × 0.5 − 0.05 s.
 *
 * | Speaker | From | To    | Talk | Words | Notes                                                              |
 * |---------|------|-------|------|-------|--------------------------------------------------------------------|
 * | A       | 2    | 4.95  | 2.95 | 6     | 1 question, 1 filler                                               |
 * | B       | 5    | 6.45  | 1.45 | 3     | 1 question                                                         |
 * | A       | 10   | 16.95 | 6.95 | 14    | 1 filler                                                           |
 * | A       | 19   | 20.95 | 1.95 | 4     | After a pause of 2.05 s, so it's the same monologue: 10.95 s       |
 * | B       | 20   | 21.95 | 1.95 | 4     | Simultaneously with A for 0.95 s                                   |
 * | A       | 62   | 63.45 | 1.45 | 3     | In the second minute                                               |
 *
 * A talks for 13.3 s in 3 utterances and B for 3.4 s in 2, which is 16.7 s. Because of the overlap, at least one of
 * them talks for 15.75 s.
 */
const CALL = aTranscript({
	language: 'en',
	durationSeconds: 65,
	words: [
		...wordsOf('Hi, um, how are you today?', { ...ada, from: 2 }),
		...wordsOf('Fine. And you?', { ...bob, from: 5 }),
		...wordsOf('Great. Let me tell you about our new annual plan, which is uh cheaper', { ...ada, from: 10 }),
		...wordsOf('than the monthly one.', { ...ada, from: 19 }),
		...wordsOf('Okay, send it over.', { ...bob, from: 20 }),
		...wordsOf('Will do. Bye!', { ...ada, from: 62 }),
	],
});

describe('Statistics of a stereo call in which both channels have a speaker 0', () => {
	const call = aTranscript({
		durationSeconds: 10,
		utterances: [
			{ text: 'Hello there, how are you today?', start: 0, end: 5, speaker: '0', channel: '1' },
			{ text: 'Fine, thanks, and you today?', start: 1, end: 6, speaker: '0', channel: '2' },
		],
	});
	const namesOf = (speakerNames: Record<string, string>) =>
		statistics(call, { speakerNames }).speakers?.map(({ speaker }) => speaker);

	it('count two people', () => {
		const { speakers, overlapSeconds } = statistics(call);
		expect(overlapSeconds).toBe(4);
		expect(speakers).toMatchObject([
			{ speaker: '0 (channel 1)', channel: '1', talkSeconds: 5, talkShare: 0.5 },
			{ speaker: '0 (channel 2)', channel: '2', talkSeconds: 5, talkShare: 0.5 },
		]);
	});

	it.each([
		[{ '0': 'Ada' }, ['Ada (channel 1)', 'Ada (channel 2)']],
		[{ '0 (channel 1)': 'Ada', '0 (channel 2)': 'Ben' }, ['Ada', 'Ben']],
		[{ '0 (channel 1)': 'Ada', '0 (channel 2)': 'Ada' }, ['Ada']],
	])('name them %j', (names, expected) =>
		expect(namesOf(names as unknown as Record<string, string>)).toEqual(expected),
	);

	it('count one person if the label is on one channel at a time', () => {
		const [first, second] = call.utterances ?? [];
		const utterances = [first, { ...second, start: 5, end: 9 }] as typeof call.utterances;
		expect(statistics({ ...call, utterances } as Transcript).speakers).toHaveLength(1);
	});

	it('have readable names in the chart', () => {
		const context = new ExportContext(call);
		const { voices } = context.conversation((who) => context.displayName(who));
		expect(voices.map(({ name }) => name)).toEqual(['Speaker 0 (channel 1)', 'Speaker 0 (channel 2)']);
	});
});

describe('Statistics of a manually counted call', () => {
	const { speakers, timeline, ...overall } = statistics(CALL);

	it('contain the totals', () =>
		expect(overall).toEqual({
			durationSeconds: 65,
			talkSeconds: 15.75,
			silenceSeconds: 49.25,
			silenceShare: 0.7577,
			overlaps: 1,
			overlapSeconds: 0.95,
			turnsPerMinute: 4.62,
			words: 34,
			wordsPerMinute: 122.2,
			questions: 2,
			fillerWords: 2,
		}));

	it('contain each speaker', () =>
		expect(speakers).toEqual([
			{
				speaker: 'A',
				channel: '1',
				talkSeconds: 13.3,
				talkShare: 0.7964,
				utterances: 3,
				words: 27,
				wordsPerMinute: 121.8,
				longestMonologueSeconds: 10.95,
				longestMonologueStart: 10,
				questions: 1,
				fillerWords: 2,
			},
			{
				speaker: 'B',
				channel: '2',
				talkSeconds: 3.4,
				talkShare: 0.2036,
				utterances: 2,
				words: 7,
				wordsPerMinute: 123.5,
				longestMonologueSeconds: 1.95,
				longestMonologueStart: 20,
				questions: 1,
				fillerWords: 0,
			},
		]));

	it('contain each minute', () =>
		expect(timeline).toEqual([
			{ start: 0, talkSeconds: 14.3, silenceSeconds: 45.7, speakerSeconds: [11.85, 3.4] },
			{ start: 60, talkSeconds: 1.45, silenceSeconds: 3.55, speakerSeconds: [1.45, 0] },
		]));
});

describe('Talk time', () => {
	const talkOf = (...words: Word[]) =>
		statistics(aTranscript({ words })).speakers?.map(({ talkSeconds }) => talkSeconds);

	it('includes short silences but no pauses', () => {
		const who = { speaker: 'A' };
		expect(talkOf(...wordsOf('one', who), ...wordsOf('two', { ...who, from: 1.34 }))).toEqual([1.69]);
		expect(talkOf(...wordsOf('one', who), ...wordsOf('two', { ...who, from: 1.35 }))).toEqual([0.7]);
	});
	it('doesn’t include silences in which another speaker talks', () =>
		expect(
			talkOf(
				...wordsOf('one', { speaker: 'A' }),
				...wordsOf('yes', { speaker: 'B', from: 0.5 }),
				...wordsOf('two', { speaker: 'A', from: 1 }),
			),
		).toEqual([0.7, 0.35]));
	it('doesn’t include the silence that a service adds to a word', () =>
		expect(talkOf({ text: 'Bye.', start: 1, end: 60, kind: 'word', speaker: 'A' })).toEqual([2]));
	it('is known if the service returns only the start of words', () => {
		const words = wordsOf('one two three', { speaker: 'A' }).map((word) => ({ ...word, end: word.start }));
		expect(talkOf(...words)).toEqual([0.8]);
	});
	it('ignores overlaps that are within the imprecision of word times', () => {
		const words = [...wordsOf('one', { speaker: 'A' }), ...wordsOf('two', { speaker: 'B', from: 0.2 })];
		expect(statistics(aTranscript({ words }))).toMatchObject({ overlaps: 0, overlapSeconds: 0, talkSeconds: 0.55 });
	});
});

describe('The longest monologue', () => {
	const monologues = (...words: Word[]) =>
		statistics(aTranscript({ words })).speakers?.map(({ longestMonologueSeconds, longestMonologueStart }) => [
			longestMonologueStart,
			longestMonologueSeconds,
		]);

	it('ends when another speaker talks', () =>
		expect(
			monologues(
				...wordsOf('a b c', { speaker: 'A' }),
				...wordsOf('d', { speaker: 'B', from: 1.2 }),
				...wordsOf('e f', { speaker: 'A', from: 1.6 }),
			),
		).toEqual([
			[0, 1.15],
			[1.2, 0.35],
		]));
	it('ends after three seconds of silence', () =>
		expect(monologues(...wordsOf('a', { speaker: 'A' }), ...wordsOf('b c', { speaker: 'A', from: 3.35 }))).toEqual([
			[3.35, 0.75],
		]));
});

describe('Utterances and monologues', () => {
	// The first speaker talks for a minute. The second one says two words during that time.
	const spokenBy = (field: 'speaker' | 'channel') =>
		[
			...wordsOf('word '.repeat(120).trim(), { step: 0.5 }).map((word) => ({ ...word, [field]: '1' })),
			...wordsOf('yes', { from: 20.05 }).map((word) => ({ ...word, [field]: '2' })),
			...wordsOf('right', { from: 40.05 }).map((word) => ({ ...word, [field]: '2' })),
		].sort((a, b) => a.start - b.start);
	const utterances = [
		{ text: 'word '.repeat(120).trim(), start: 0, end: 59.95, speaker: '1' },
		{ text: 'yes', start: 20.05, end: 20.4, speaker: '2' },
		{ text: 'right', start: 40.05, end: 40.4, speaker: '2' },
	];

	it.each([
		['words with speakers', { words: spokenBy('speaker') }],
		['words on channels', { words: spokenBy('channel') }],
		['words and utterances', { words: spokenBy('speaker'), utterances }],
		['utterances', { utterances }],
	])('are the same if the service returns %s', (_what, fields) =>
		expect(statistics(aTranscript(fields))).toMatchObject({
			turnsPerMinute: 3,
			speakers: [
				{ utterances: 1, longestMonologueStart: 0, longestMonologueSeconds: 59.95 },
				{ utterances: 2, longestMonologueSeconds: 0.35 },
			],
		}),
	);

	it('continue if the service divides an utterance while another speaker talks', () => {
		const [first, ...others] = utterances;
		const halves = [
			{ ...first!, text: 'word '.repeat(60).trim(), end: 30 },
			{ ...first!, text: 'word '.repeat(60).trim(), start: 30.1 },
		];
		expect(statistics(aTranscript({ utterances: [...halves, ...others] })).speakers).toMatchObject([
			{ utterances: 1, longestMonologueSeconds: 59.95 },
			{ utterances: 2 },
		]);
	});
});

describe('Speakers', () => {
	it('have the names from the settings, and are one if they have the same name', () => {
		const result = statistics(CALL, { speakerNames: { A: 'Ada', B: 'Ada' } });
		expect(result.speakers).toMatchObject([
			{ speaker: 'Ada', talkSeconds: 15.8, talkShare: 1, utterances: 1, words: 34 },
		]);
		expect(result.speakers?.[0]).not.toHaveProperty('channel');
	});
	it('are the channels if the service doesn’t distinguish speakers', () => {
		const words = CALL.words?.map(({ speaker: _, ...word }) => word);
		expect(statistics({ ...CALL, words }).speakers).toMatchObject([
			{ speaker: 'Channel 1', channel: '1', talkSeconds: 13.3 },
			{ speaker: 'Channel 2', channel: '2', talkSeconds: 3.4 },
		]);
	});
	it('include the words without a speaker', () => {
		const words = [...wordsOf('one', { speaker: 'A' }), ...wordsOf('two three', { from: 1 })];
		const { speakers = [] } = statistics(aTranscript({ words }));
		expect(speakers).toMatchObject([{ speaker: 'A', words: 1 }, { words: 2 }]);
		expect(speakers[1]).not.toHaveProperty('speaker');
	});
	it('are absent if the service distinguishes neither speakers nor channels', () => {
		const words = CALL.words?.map(({ speaker: _, channel: __, ...word }) => word);
		const { speakers, timeline, ...overall } = statistics({ ...CALL, words });
		expect(speakers).toBeUndefined();
		expect(overall).not.toHaveProperty('overlaps');
		expect(overall).not.toHaveProperty('turnsPerMinute');
		expect(overall).toMatchObject({ talkSeconds: 15.8, words: 34, questions: 2 });
		expect(timeline?.[0]).toEqual({ start: 0, talkSeconds: 14.35, silenceSeconds: 45.65 });
	});
});

describe('Statistics', () => {
	it('contain only words and questions if the transcript is a text', () =>
		expect(statistics(aTranscript({ text: 'Are you there? Yes, I am.' }))).toEqual({ words: 6, questions: 1 }));
	it('contain the duration if the transcript is a text and the service returns the duration', () =>
		expect(statistics(aTranscript({ text: 'Hello', durationSeconds: 3 }))).toEqual({ durationSeconds: 3, words: 1 }));
	it('are those of silence if no one speaks', () =>
		expect(statistics(aTranscript({ text: '', durationSeconds: 61 }))).toEqual({
			durationSeconds: 61,
			talkSeconds: 0,
			silenceSeconds: 61,
			silenceShare: 1,
			words: 0,
			timeline: [
				{ start: 0, talkSeconds: 0, silenceSeconds: 60 },
				{ start: 60, talkSeconds: 0, silenceSeconds: 1 },
			],
		}));
	it('contain no words if the transcript is empty', () => expect(statistics(aTranscript())).toEqual({ words: 0 }));
	it('use the utterances if there are no words', () => {
		const utterances = [
			{ text: 'How are you?', start: 0, end: 2, speaker: 'A' },
			{ text: 'Fine.', start: 2.5, end: 3, speaker: 'B' },
			{ text: 'And you?', start: 3, end: 4, speaker: 'B' },
		];
		expect(statistics(aTranscript({ utterances })).speakers).toMatchObject([
			{ speaker: 'A', talkSeconds: 2, utterances: 1, words: 3, questions: 1, longestMonologueSeconds: 2 },
			{ speaker: 'B', talkSeconds: 1.5, utterances: 1, words: 3, questions: 1, longestMonologueSeconds: 1.5 },
		]);
	});
	it('don’t count sounds as speech', () => {
		const laughter: Word = { text: '(laughter)', start: 5, end: 9, kind: 'audioEvent', speaker: 'A' };
		const words = [...wordsOf('Good one.', { speaker: 'A' }), laughter];
		const utterances = [
			{ text: 'Good one.', start: 0, end: 0.75, speaker: 'A' },
			{ text: '(laughter)', start: 5, end: 9, speaker: 'A' },
		];
		for (const transcript of [aTranscript({ words }), aTranscript({ words, utterances })])
			expect(statistics(transcript)).toMatchObject({ words: 2, talkSeconds: 0.75 });
		const twice = { text: '(laughter) (laughter)', start: 5, end: 9, speaker: 'A' };
		expect(statistics(aTranscript({ words, utterances: [...utterances.slice(0, 1), twice] })).words).toBe(2);
		expect(statistics(aTranscript({ words: [laughter], text: '(laughter)' }))).toEqual({ words: 0 });
	});
	it('contain no rate for less than a second, and no monologue without a length', () => {
		const words: Word[] = [
			{ text: 'Hi.', start: 1, end: 1, kind: 'word', speaker: 'A' },
			{ text: 'Yes.', start: 3, end: 3.9, kind: 'word', speaker: 'B' },
			{ text: 'Indeed.', start: 5, end: 6, kind: 'word', speaker: 'C' },
		];
		const [none, short, long] = statistics(aTranscript({ words })).speakers ?? [];
		for (const field of ['wordsPerMinute', 'longestMonologueSeconds', 'longestMonologueStart'])
			expect(none).not.toHaveProperty(field);
		expect(short).toMatchObject({ longestMonologueSeconds: 0.9 });
		expect(short).not.toHaveProperty('wordsPerMinute');
		expect(long).toMatchObject({ wordsPerMinute: 60, longestMonologueSeconds: 1 });
	});
	it.each([
		['el', 'Τι κάνεις; Καλά. Εσύ τι κάνεις; Ναι.', 2],
		['am', 'ደህና ነህ፧ አዎ። የት ነህ፧ እዚህ።', 2],
		['en', 'Really⁉ Yes. What‽ No.', 2],
		['hy', 'Ինչպե՞ս եք։ Լավ։', 1],
		['en', 'are you there? yes. and you? me too.', 2],
		['en', 'Really? yes. OK?', 2],
		['en', '“Why?” he asked. Well.', 0],
		['en', 'You came; you saw.', 0],
	])('count the questions in the language %s: “%s”', (language, text, questions) => {
		expect(statistics(aTranscript({ language, text })).questions).toBe(questions);
		expect(statistics(aTranscript({ language, words: wordsOf(text) })).questions).toBe(questions);
	});
	it('contain no questions if the service doesn’t punctuate', () =>
		expect(statistics(aTranscript({ words: wordsOf('are you there') }))).not.toHaveProperty('questions'));
	it('contain no fillers if the service removes them or the language is unknown', () => {
		const words = wordsOf('um hello');
		expect(statistics(aTranscript({ words, language: 'en' })).fillerWords).toBe(1);
		expect(statistics(aTranscript({ words }))).not.toHaveProperty('fillerWords');
		expect(statistics(aTranscript({ words: wordsOf('hello'), language: 'en' }))).not.toHaveProperty('fillerWords');
	});
	it('have the duration that the service returns, even if a few words are later', () => {
		const late: Word = { text: 'late', start: 1e300, end: 1e306, kind: 'word', speaker: 'A' };
		const { durationSeconds, speakers, timeline } = statistics({ ...CALL, words: [...(CALL.words ?? []), late] });
		expect(durationSeconds).toBe(65);
		expect(speakers?.[0]).toMatchObject({ words: 28, talkSeconds: 13.3 });
		expect(timeline).toHaveLength(2);
	});
	it('last until the last word if the service rounds the duration down', () =>
		expect(statistics({ ...CALL, durationSeconds: 63 }).durationSeconds).toBe(63.45));
	it('last until the last word if the duration contradicts most words', () =>
		expect(statistics({ ...CALL, durationSeconds: 10 }).durationSeconds).toBe(63.45));
	it('have no timeline if the times are impossible', () => {
		const words: Word[] = [{ text: 'late', start: 1e300, end: 1e306, kind: 'word' }];
		const result = statistics(aTranscript({ words }));
		expect(result).not.toHaveProperty('timeline');
		expect(result.durationSeconds).toBe(1e8);
	});
});

describe('Time Offset', () => {
	it('moves the times without adding silence', () => {
		const [before, after] = [statistics(CALL), statistics(CALL, { offsetSeconds: 30 })];
		expect(after).toMatchObject({ durationSeconds: 65, silenceSeconds: before.silenceSeconds });
		expect(after.speakers?.[0]?.longestMonologueStart).toBe(40);
		expect(after.timeline).toEqual([
			{ start: 0, talkSeconds: 14.3, silenceSeconds: 15.7, speakerSeconds: [11.85, 3.4] },
			{ start: 60, talkSeconds: 1.45, silenceSeconds: 33.55, speakerSeconds: [1.45, 0] },
		]);
	});
	it('drops what is before 0', () => {
		const after = statistics(CALL, { offsetSeconds: -18 });
		expect(after).toMatchObject({ durationSeconds: 47, words: 11, talkSeconds: 4.4 });
		expect(after.speakers).toMatchObject([
			{ speaker: 'A', talkSeconds: 3.4 },
			{ speaker: 'B', talkSeconds: 1.95 },
		]);
	});
	it('can be longer than the recording', () => expect(statistics(CALL, { offsetSeconds: -100 })).toEqual({ words: 0 }));
});

it('are plausible for a real recording', () => {
	const { speakers, ...overall } = statistics(sampleTranscript('sales-call'));
	expect(overall.silenceShare).toBeLessThan(0.5);
	expect(speakers?.map(({ speaker }) => speaker)).toEqual(['A', 'B']);
	for (const { wordsPerMinute = 0 } of speakers ?? []) {
		expect(wordsPerMinute).toBeGreaterThan(100);
		expect(wordsPerMinute).toBeLessThan(250);
	}
});
