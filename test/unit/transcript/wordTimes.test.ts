import type { RawWord } from '../../../nodes/Transcription/transcript/model';
import { fillTimes, withTimes } from '../../../nodes/Transcription/transcript/wordTimes';

const word = (text: string, start?: number | null, end?: number | null, more: Partial<RawWord> = {}): RawWord => ({
	text,
	start: start ?? undefined,
	end: end ?? undefined,
	kind: 'word',
	...more,
});
const round = (seconds = 0) => Math.round(seconds * 100) / 100;
const timesOf = (words: RawWord[], bounds?: { end?: number }) =>
	withTimes(words, bounds).map(({ text, start, end }) => [text, round(start), round(end)]);

describe('withTimes', () => {
	it('interpolates missing times between the neighbors', () => {
		expect(timesOf([word('Pay', 0, 0.4), word('2266'), word('now.', 1, 1.4)])).toEqual([
			['Pay', 0, 0.4],
			['2266', 0.4, 1],
			['now.', 1, 1.4],
		]);
	});

	it('divides the time among several words by length', () => {
		expect(timesOf([word('a', 0, 1), word('b'), word('ccc'), word('d', 1.8, 2)]).slice(1, 3)).toEqual([
			['b', 1, 1.2],
			['ccc', 1.2, 1.8],
		]);
	});

	it('completes one missing time', () => {
		expect(timesOf([word('Pay', null, 0.4), word('it', 0.4), word('now', 1, 1.4)])).toEqual([
			['Pay', 0, 0.4],
			['it', 0.4, 1],
			['now', 1, 1.4],
		]);
	});

	it('doesn’t stretch a word over a long silence', () => {
		const [, missing] = withTimes([word('Pay', 0, 0.4), word('it'), word('now', 60, 61)]);
		expect(missing).toMatchObject({ start: 0.4, end: expect.closeTo(1.9) });
	});

	it('places a missing word before another speaker who follows', () => {
		const words = [
			word('Pay', 0, 0.4, { speaker: 'A' }),
			word('it', null, null, { speaker: 'A' }),
			word('Why?', 1, 1.4, { speaker: 'B' }),
			word('Well', 20, 21, { speaker: 'A' }),
		];
		expect(timesOf(words)[1]).toEqual(['it', 0.4, 1]);
	});

	it.each([
		['negative', -0.02],
		['very negative', -9e9],
	])('replaces a %s time by 0', (_what, start) => {
		expect(timesOf([word('Hi', start, 0.4)])).toEqual([['Hi', 0, 0.4]]);
	});

	it.each([NaN, Infinity, 9e15])('treats %p as missing', (start) => {
		expect(timesOf([word('a', 0, 1), word('b', start, start), word('c', 2, 3)])[1]).toEqual(['b', 1, 2]);
	});

	it('keeps the order of a voice if times go back slightly', () => {
		expect(timesOf([word('I', 1, 1.2), word('think', 1.21, 1.4), word('so', 1.2, 1.5), word('too', 1.7, 2)])).toEqual([
			['I', 1, 1.2],
			['think', 1.21, 1.4],
			['so', 1.21, 1.5],
			['too', 1.7, 2],
		]);
	});

	it('replaces a single wrong time instead of moving all later words', () => {
		expect(timesOf([word('I', 1, 1.2), word('think', 50_000, 50_001), word('so', 1.6, 2)])).toEqual([
			['I', 1, 1.2],
			['think', 1.2, 1.6],
			['so', 1.6, 2],
		]);
	});

	it('ignores wrong times of spacing', () => {
		const space = () => word(' ', 0, 0, { kind: 'spacing' });
		const words = [word('Hi', 0, 0.4), space(), word('there', 5, 5.4), space(), word('now', 9, 9.4), space()];
		expect(timesOf(words).filter(([text]) => text !== ' ')).toEqual([
			['Hi', 0, 0.4],
			['there', 5, 5.4],
			['now', 9, 9.4],
		]);
	});

	it('merges voices by time', () => {
		const words = [
			word('a', 0, 1, { channel: '1' }),
			word('c', 2, 3, { channel: '1' }),
			word('b', 1, 2, { channel: '2' }),
		];
		expect(timesOf(words).map(([text]) => text)).toEqual(['a', 'b', 'c']);
	});

	it('keeps spacing behind its word', () => {
		const words = [
			word('I', 1, 1.2, { speaker: 'A' }),
			word(' ', 1.2, 1.3, { kind: 'spacing', speaker: 'A' }),
			word('so', 1.3, 1.5, { speaker: 'A' }),
			word('No', 1.1, 1.4, { speaker: 'B' }),
		];
		expect(timesOf(words).map(([text]) => text)).toEqual(['I', ' ', 'No', 'so']);
	});

	it('estimates the times if there are none', () => {
		for (const [, start, end] of timesOf([word('a'), word('b')])) expect(Number(end)).toBeGreaterThan(Number(start));
	});

	it('leaves complete times unchanged', () => {
		const words = [word('a', 0, 0.5), word('b', 0.5, 0.5), word('c', 0.5, 9)];
		expect(withTimes(words)).toBe(words);
	});
});

describe('fillTimes', () => {
	it('interpolates between the bounds of a segment', () => {
		const words = [word('Hi'), word('me')];
		fillTimes(words, { start: 60, end: 62 });
		expect(words).toMatchObject([
			{ start: 60, end: 61 },
			{ start: 61, end: 62 },
		]);
	});
});
