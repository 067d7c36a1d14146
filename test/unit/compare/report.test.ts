import { readFileSync } from 'node:fs';
import { lengthsAround } from '../../../tools/compare/figures';
import { readOptions } from '../../../tools/compare/options';
import { page, withReport } from '../../../tools/compare/report';
import { median, ratio, seconds, short } from '../../../tools/compare/statistics';
import { POLL_SECONDS } from '../../../tools/compare/ways';

it('takes the middle, or the mean of the two in the middle', () => {
	expect(median([1, 2, 9])).toBe(2);
	expect(median([1, 2, 4, 9])).toBe(3);
	expect(median([])).toBeNaN();
});

it.each([
	[13, 13, '1'],
	[100, 9_600, '1/96'],
	[1_000, 4_500, '1/4.5'],
	[9_000, 4_500, '2'],
])('says how %d ms compares with %d ms: %s', (value, to, said) => {
	expect(ratio(value, to)).toBe(said);
});

it('rounds to what the measurement can tell', () => {
	expect([80, 312, 9_640].map(seconds)).toEqual(['0.08', '0.31', '9.6']);
	expect([3, 3.66].map(short)).toEqual(['3', '3.7']);
});

it('spreads the lengths of jobs evenly over one pause of the polling, the longest first', () => {
	expect(lengthsAround(60, 4, 20)).toEqual([67.5, 62.5, 57.5, 52.5]);
	const many = lengthsAround(300, 10, POLL_SECONDS);
	expect(many.reduce((sum, one) => sum + one) / many.length).toBeCloseTo(300);
	expect((many[0] ?? 0) - (many.at(-1) ?? 0)).toBeLessThan(POLL_SECONDS);
});

it('puts the report between the markers of the page and leaves the rest', () => {
	expect(withReport('A\n<!-- measured -->\nold\n<!-- end of what was measured -->\nB\n', 'new')).toBe(
		'A\n<!-- measured -->\nnew\n<!-- end of what was measured -->\nB\n',
	);
	expect(() => withReport('a page without them', 'new')).toThrow('no markers');
});

it('finds the markers, and figures of all three ways, in the page', () => {
	const text = readFileSync(page, 'utf8');
	expect(withReport(text, 'new')).toContain('new');
	const measured = text.split('<!-- measured -->')[1]?.split('<!-- end of what was measured -->')[0] ?? '';
	expect(measured).toContain('npm run docs:compare');
	expect(measured).toContain('| HTTP Request, Wait, IF | Submit and the Trigger | Submit and Wait |');
	for (const what of ['Requests to the service', 'Node runs', 'Delay, median', 'The callback is lost']) expect(measured).toContain(`| ${what}`);
	expect(measured).not.toMatch(/NaN|undefined/);
});

it('refuses jobs that would end before Submit and Wait is parked', () => {
	expect(readOptions([])).toEqual({ seconds: [20, 60, 300], jobs: 10, failures: true, write: false });
	expect(() => readOptions(['--seconds', '5'])).toThrow('--seconds wants whole numbers from 20');
	expect(() => readOptions(['--jobs', 'many'])).toThrow('--jobs wants whole numbers from 1');
});
