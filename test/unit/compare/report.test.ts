import { readFileSync } from 'node:fs';
import { POLL_SECONDS } from '../../../tools/compare/approaches';
import { lengthsAround } from '../../../tools/compare/figures';
import { oneDecimal, ratio, seconds } from '../../../tools/compare/format';
import { readOptions } from '../../../tools/compare/options';
import { page, withReport } from '../../../tools/compare/report';

it.each([
	[13, 13, '1'],
	[100, 9_600, '1/96'],
	[1_000, 4_500, '1/4.5'],
	[9_000, 4_500, '2'],
])('compares %d ms with %d ms as %s', (value, baseline, expected) => {
	expect(ratio(value, baseline)).toBe(expected);
});

it('rounds to the precision of the measurement', () => {
	expect([80, 312, 9_640].map(seconds)).toEqual(['0.08', '0.31', '9.6']);
	expect([3, 3.66].map(oneDecimal)).toEqual(['3', '3.7']);
});

it('spreads job lengths evenly over the pause between two polls, longest first', () => {
	expect(lengthsAround(60, 4, 20)).toEqual([67.5, 62.5, 57.5, 52.5]);
	const many = lengthsAround(300, 10, POLL_SECONDS);
	expect(many.reduce((sum, one) => sum + one) / many.length).toBeCloseTo(300);
	expect((many[0] ?? 0) - (many.at(-1) ?? 0)).toBeLessThan(POLL_SECONDS);
});

it('replaces the report between the markers and keeps the rest of the page', () => {
	expect(withReport('A\n<!-- measured -->\nold\n<!-- end of what was measured -->\nB\n', 'new')).toBe(
		'A\n<!-- measured -->\nnew\n<!-- end of what was measured -->\nB\n',
	);
	expect(() => withReport('a page without them', 'new')).toThrow('no markers');
});

it('finds the markers and the figures of all approaches in the page', () => {
	const text = readFileSync(page, 'utf8');
	expect(withReport(text, 'new')).toContain('new');
	const measured = text.split('<!-- measured -->')[1]?.split('<!-- end of what was measured -->')[0] ?? '';
	expect(measured).toContain('npm run docs:compare');
	expect(measured).toContain('| HTTP Request, Wait, IF | Submit and the Trigger | Submit and Wait |');
	for (const label of ['Requests to the service', 'Node runs', 'Delay, median', 'The callback is lost'])
		expect(measured).toContain(`| ${label}`);
	expect(measured).not.toMatch(/NaN|undefined/);
});

it('rejects jobs that would end before Submit and Wait is paused', () => {
	expect(readOptions([])).toEqual({ seconds: [20, 60, 300], jobs: 10, failures: true, write: false });
	expect(() => readOptions(['--seconds', '5'])).toThrow('--seconds must be a whole number of at least 20, not "5"');
	expect(() => readOptions(['--jobs', 'many'])).toThrow('--jobs must be a whole number of at least 1, not "many"');
});
