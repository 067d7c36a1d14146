import { formatNumber, mean, median, quantile } from '../../../tools/lib/statistics';

describe('median', () => {
	it.each([
		[[3, 1, 2], 2],
		[[10, 9, 2, 1], 5.5],
		[[7], 7],
	])('of %p is %p', (values, expected) => {
		expect(median(values)).toBe(expected);
	});

	it("doesn't change the order of the values", () => {
		const values = [3, 1, 2];
		median(values);
		expect(values).toEqual([3, 1, 2]);
	});
});

describe('quantile', () => {
	it.each([
		[0, 1],
		[0.25, 2],
		[0.9, 4.6],
		[1, 5],
	])('%p of 1 to 5 is %p', (share, expected) => {
		expect(quantile([5, 4, 3, 2, 1], share)).toBeCloseTo(expected);
	});
});

it('returns NaN for an empty list', () => {
	expect(median([])).toBeNaN();
	expect(quantile([], 0.5)).toBeNaN();
	expect(mean([])).toBeNaN();
});

it.each([
	[0.01234, '0.0123'],
	[4.3099, '4.31'],
	[213.4, '213'],
	[12_345, '12,300'],
	[-2.5, '-2.5'],
	[0, '0'],
	[0.0001, '0'],
	[NaN, '–'],
	[Infinity, '–'],
])('formats %p as %p', (value, expected) => {
	expect(formatNumber(value)).toBe(expected);
});
