import { formatFigure, ratioOf } from '../../../bench/figure';

const figure = (values: number[], unit = 'ms') => ({ values, unit });

it('divides our median by that of the baseline', () => {
	expect(ratioOf(figure([1, 30, 2]), figure([4, 4, 100]))).toBe(0.5);
});

it('divides means if the figure says so', () => {
	expect(ratioOf({ ...figure([1, 5]), useMean: true }, { ...figure([2, 10]), useMean: true })).toBe(0.5);
});

describe('formatFigure', () => {
	it('shows the median and the range', () => {
		expect(formatFigure(figure([220, 198, 213], 'MB/s'))).toBe('213 MB/s (198 to 220)');
	});

	it('shows no range for a single value', () => {
		expect(formatFigure(figure([169], 'kB'))).toBe('169 kB');
	});

	it('shows a figure without a unit', () => {
		expect(formatFigure(figure([1, 1.2], ''))).toBe('1.1 (1 to 1.2)');
	});

	it('shows a dash if nothing was measured', () => {
		expect(formatFigure(figure([]))).toBe('– ms');
	});
});
