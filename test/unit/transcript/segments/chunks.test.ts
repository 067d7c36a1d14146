import fc from 'fast-check';
import type { Transcript } from '../../../../nodes/Transcription/transcript/model';
import {
	type ChunkSettings,
	chunksIn,
	sentencesIn,
	spokenIn,
	type Turn,
} from '../../../../nodes/Transcription/transcript/segments';
import { tokenHundredths } from '../../../../nodes/Transcription/transcript/segments/languageModelTokens';
import { textOf } from '../../../../nodes/Transcription/transcript/segments/tokens';
import { anyTranscript, aTranscript, sampleTranscript, transcriptOf, wordsOf } from '../transcripts';

const speaker = (turn: Turn) => turn.speaker;
const nameless = () => undefined;

const chunks = (transcript: Transcript, settings: Partial<ChunkSettings> = {}, nameOf = speaker) =>
	chunksIn(spokenIn(transcript), { size: 100, overlap: 0, unit: 'characters', ...settings }, nameOf);
const texts = (...parameters: Parameters<typeof chunks>) => chunks(...parameters).map(({ text }) => text);

const FIVE = 'First sentence here. Second sentence here. Third sentence here. Fourth sentence here. Fifth one.';

describe('Chunks', () => {
	it('consist of whole sentences up to the size', () => {
		expect(texts(transcriptOf(FIVE), { size: 50 })).toEqual([
			'First sentence here. Second sentence here.',
			'Third sentence here. Fourth sentence here.',
			'Fifth one.',
		]);
	});

	it('repeat the last sentences of the previous chunk that fit the overlap', () => {
		expect(texts(transcriptOf(FIVE), { size: 65, overlap: 25 })).toEqual([
			'First sentence here. Second sentence here. Third sentence here.',
			'Third sentence here. Fourth sentence here. Fifth one.',
		]);
	});

	it('repeat no part of a sentence', () => {
		expect(texts(transcriptOf(FIVE), { size: 65, overlap: 19 })).toEqual([
			'First sentence here. Second sentence here. Third sentence here.',
			'Fourth sentence here. Fifth one.',
		]);
	});

	it('repeat less if the next sentence wouldn’t fit otherwise', () => {
		const long = 'This sentence is as long as a whole chunk may be.';
		expect(texts(transcriptOf(`Short one. ${long}`), { size: 50, overlap: 49 })).toEqual(['Short one.', long]);
	});

	it('name the speaker whenever the speaker changes, and list all speakers', () => {
		const words = [
			...wordsOf('Hi there. How are you?', { speaker: 'Ada' }),
			...wordsOf('Fine.', { from: 4, speaker: 'Ben' }),
			...wordsOf('Good.', { from: 5, speaker: 'Ada' }),
		];
		expect(chunks(aTranscript({ words }), { size: 45 })).toEqual([
			{
				text: 'Ada: Hi there. How are you?\nBen: Fine.',
				start: 0,
				end: 4.35,
				speakers: ['Ada', 'Ben'],
			},
			{ text: 'Ada: Good.', start: 5, end: 5.35, speakers: ['Ada'] },
		]);
	});

	it('label unknown speakers after a known one, but don’t list them', () => {
		const words = [
			...wordsOf('Hello.'),
			...wordsOf('I agree.', { from: 1, speaker: 'Ada' }),
			...wordsOf('I do not.', { from: 4 }),
			...wordsOf('Never ever.', { from: 9 }),
			...wordsOf('Okay.', { from: 12, speaker: 'Ben' }),
		];
		expect(chunks(aTranscript({ words })).map(({ text, speakers }) => [text, speakers])).toEqual([
			['Hello.\nAda: I agree.\nUnknown speaker: I do not.\nNever ever.\nBen: Okay.', ['Ada', 'Ben']],
		]);
		expect(texts(aTranscript({ words }), { size: 50 })).toEqual([
			'Hello.\nAda: I agree.\nUnknown speaker: I do not.',
			'Unknown speaker: Never ever.\nBen: Okay.',
		]);
	});

	it('begin with the speaker of a repeated sentence', () => {
		const words = [
			...wordsOf('Hi there. How are you?', { speaker: 'Ada' }),
			...wordsOf('I am fine.', { from: 4, speaker: 'Ben' }),
		];
		expect(texts(aTranscript({ words }), { size: 36, overlap: 15 })).toEqual([
			'Ada: Hi there. How are you?',
			'Ada: How are you?\nBen: I am fine.',
		]);
	});

	it('leave out a name that would take more than half of a chunk', () => {
		const words = wordsOf('Hi there.', { speaker: 'A'.repeat(60) });
		expect(chunks(aTranscript({ words }))[0]).toMatchObject({ text: 'Hi there.', speakers: ['A'.repeat(60)] });
	});

	it('divide a longer sentence between words', () => {
		const long = 'one two three four five six seven eight nine ten eleven twelve thirteen';
		expect(texts(transcriptOf(long), { size: 30 })).toEqual([
			'one two three four five six',
			'seven eight nine ten eleven',
			'twelve thirteen',
		]);
	});

	it('divide a longer word between visible characters, at proportional times', () => {
		const family = '👨‍👩‍👧‍👦';
		const [first, second] = chunks(transcriptOf(family.repeat(6)), { size: 50 });
		expect([first, second]).toEqual([
			{ text: family.repeat(4), start: 0, end: expect.closeTo(0.35 * (4 / 6)) },
			{ text: family.repeat(2), start: expect.closeTo(0.35 * (4 / 6)), end: expect.closeTo(0.35) },
		]);
	});

	it('keep scripts without spaces together', () => {
		const transcript = { ...transcriptOf('今日は。元気ですか？はい。'), language: 'ja' };
		expect(texts(transcript, { size: 50 })).toEqual(['今日は。元気ですか？はい。']);
	});

	it('have no times or speakers if the transcript has none', () => {
		expect(chunks(aTranscript({ text: 'One. Two.\n\nThree.' }))).toEqual([{ text: 'One. Two.\nThree.' }]);
	});

	it('are limited to approximately as many tokens', () => {
		const parts = texts(sampleTranscript('sales-call'), { size: 50, unit: 'tokens' });
		expect(parts.length).toBeGreaterThan(2);
		for (const part of parts) expect(tokenHundredths(part)).toBeLessThanOrEqual(5000);
		// At 0.28 tokens per character, about 178 characters fit.
		expect(Math.max(...parts.map((part) => part.length))).toBeGreaterThan(120);
	});

	it('take linear time for a transcript of 100,000 words', () => {
		const transcript = transcriptOf('Every word of this sentence counts as a word. '.repeat(11_112).trim());
		const started = performance.now();
		const parts = chunks(transcript, { size: 1000, overlap: 200 });
		expect(performance.now() - started).toBeLessThan(5000);
		expect(parts.length).toBeGreaterThan(500);
	});
});

const anySettings: fc.Arbitrary<ChunkSettings> = fc
	.record({
		size: fc.integer({ min: 50, max: 400 }),
		share: fc.double({ min: 0, max: 0.99, noNaN: true }),
		unit: fc.constantFrom('characters' as const, 'tokens' as const),
	})
	.map(({ size, share, unit }) => ({ size, overlap: Math.floor(size * share), unit }));

const sizeOf = (text: string, { unit }: ChunkSettings) =>
	unit === 'tokens' ? tokenHundredths(text) / 100 : text.length;
const withoutSpaces = (text: string) => text.replace(/\s/g, '');

describe('Chunks of any transcript', () => {
	it('never exceed the size', () => {
		fc.assert(
			fc.property(anyTranscript, anySettings, (transcript, settings) => {
				for (const text of texts(transcript, settings))
					expect(sizeOf(text, settings)).toBeLessThanOrEqual(settings.size);
			}),
			{ numRuns: 200 },
		);
	});

	it('contain everything that was said once, in order, if there is no overlap', () => {
		fc.assert(
			fc.property(anyTranscript, anySettings, (transcript, settings) => {
				const said = spokenIn(transcript).turns.map(({ tokens }) => textOf(tokens));
				expect(withoutSpaces(texts(transcript, { ...settings, overlap: 0 }, nameless).join(''))).toBe(
					withoutSpaces(said.join('')),
				);
			}),
			{ numRuns: 200 },
		);
	});

	it('contain every sentence that fits, unbroken', () => {
		fc.assert(
			fc.property(anyTranscript, anySettings, (transcript, settings) => {
				const parts = texts(transcript, settings, nameless);
				for (const { text } of sentencesIn(spokenIn(transcript))) {
					if (sizeOf(text, settings) <= settings.size) expect(parts.some((part) => part.includes(text))).toBe(true);
				}
			}),
			{ numRuns: 100 },
		);
	});

	it('only repeat text from the end of the previous chunk, up to the overlap', () => {
		fc.assert(
			fc.property(anyTranscript, anySettings, (transcript, settings) => {
				const parts = texts(transcript, settings, nameless);
				const rest = withoutSpaces(
					spokenIn(transcript)
						.turns.map(({ tokens }) => textOf(tokens))
						.join(''),
				);
				// All positions where the chunks so far can end: if characters repeat, a chunk matches the text in several places.
				let ends = new Set([0]);
				for (const part of parts) {
					const compact = withoutSpaces(part);
					const next = new Set<number>();
					// A chunk starts at or before the end of the previous one, and always adds something.
					for (const end of ends) {
						for (let from = end; from >= 0 && from + compact.length > end; from--) {
							if (sizeOf(rest.slice(from, end), settings) > settings.overlap) break;
							if (rest.startsWith(compact, from)) next.add(from + compact.length);
						}
					}
					ends = next;
				}
				expect([...ends]).toContain(rest.length);
			}),
			{
				numRuns: 100,
				examples: [[transcriptOf('漢'.repeat(90)), { size: 50, overlap: 2, unit: 'tokens' }]],
			},
		);
	});

	it('have times that contain all of their words', () => {
		fc.assert(
			fc.property(anyTranscript, anySettings, (transcript, settings) => {
				let earliest = Infinity;
				for (const { start = 0, end = 0 } of chunks(transcript, settings)) {
					expect(end).toBeGreaterThanOrEqual(start);
					earliest = Math.min(earliest, start);
				}
				const { turns, timed } = spokenIn(transcript);
				if (timed && turns.length > 0) {
					expect(earliest).toBe(Math.min(...turns.flatMap(({ tokens }) => tokens.map(({ start }) => start))));
				}
			}),
			{ numRuns: 100 },
		);
	});
});
