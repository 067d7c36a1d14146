import { median, quantile, ratioOf, short, shown } from '../../../bench/statistics';

const figure = (values: number[], unit = 'ms') => ({ values, unit });

describe('the median', () => {
	it.each([
		[[3, 1, 2], 2],
		[[10, 9, 2, 1], 5.5],
		[[7], 7],
	])('of %p is %p', (values, expected) => {
		expect(median(values)).toBe(expected);
	});

	it('leaves the values in their order', () => {
		const values = [3, 1, 2];
		median(values);
		expect(values).toEqual([3, 1, 2]);
	});

	it('of nothing is no number', () => {
		expect(median([])).toBeNaN();
	});
});

describe('a quantile', () => {
	it.each([
		[0, 1],
		[0.25, 2],
		[0.9, 4.6],
		[1, 5],
	])('of 1 to 5: %p of them do not exceed %p', (share, expected) => {
		expect(quantile([5, 4, 3, 2, 1], share)).toBeCloseTo(expected);
	});

	it('of nothing is no number', () => {
		expect(quantile([], 0.5)).toBeNaN();
	});
});

it('divides the median of ours by that of the other', () => {
	expect(ratioOf(figure([1, 30, 2]), figure([4, 4, 100]))).toBe(0.5);
});

describe('a number in short', () => {
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
	])('shows %p as %p', (value, expected) => {
		expect(short(value)).toBe(expected);
	});
});

describe('a figure', () => {
	it('is its median with the spread behind it', () => {
		expect(shown(figure([220, 198, 213], 'MB/s'))).toBe('213 MB/s (198 to 220)');
	});

	it('has no spread where it was measured once', () => {
		expect(shown(figure([169], 'kB'))).toBe('169 kB');
	});

	it('may be without a unit', () => {
		expect(shown(figure([1, 1.2], ''))).toBe('1.1 (1 to 1.2)');
	});

	it('may be missing', () => {
		expect(shown(figure([]))).toBe('– ms');
	});
});
