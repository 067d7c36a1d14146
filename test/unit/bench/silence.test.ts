import { comparisonsOf, type Result, tablesOf } from '../../../bench/measurements/silence/results';

const strain = (silenceMs: number) => ({ silenceMs, busyMs: silenceMs, cpuMs: 2 * silenceMs, answeredMs: 20 });

/** @param silences how long the trigger and the baseline were unresponsive, in ms */
function result(words: number, silences: { delivered: number[]; plain: number[] }): Result {
	const { delivered, plain } = silences;
	return {
		service: 'Soniox',
		recording: { words, language: 'en' },
		bytes: 4_000_000,
		delivered: delivered.map(strain),
		get: [strain(70)],
		plain: plain.map(strain),
	};
}

const isMet = (one: Result) => comparisonsOf([one])[0]?.met;

it.each([
	[30_000, 100],
	[100_000, 500],
])('for %d words, allows %d ms more than parsing', (words, most) => {
	expect(isMet(result(words, { delivered: [40 + most], plain: [40] }))).toBe(true);
	expect(isMet(result(words, { delivered: [41 + most], plain: [40] }))).toBe(false);
});

it('compares medians', () => {
	expect(isMet(result(30_000, { delivered: [140, 141, 9_000], plain: [1, 41, 42] }))).toBe(true);
});

it("doesn't meet the target if nothing was measured", () => {
	expect(isMet(result(30_000, { delivered: [], plain: [] }))).toBe(false);
});

it('has no target for other lengths', () => {
	expect(comparisonsOf([result(3_000, { delivered: [900], plain: [40] })])[0]).not.toHaveProperty('met');
});

it('shows unresponsive times, processor times, and response times', () => {
	const rows = tablesOf([result(30_000, { delivered: [140], plain: [40] })]).map((table) => table.rows[0]?.slice(1));
	expect(rows).toEqual([
		['140 ms', '70 ms', '40 ms', '4 MB'],
		['140 ms', '70 ms', '40 ms'],
		['0.28 s', '0.14 s', '0.08 s'],
		['20 ms', '20 ms'],
	]);
});
