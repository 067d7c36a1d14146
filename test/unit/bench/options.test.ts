import type { Measurement } from '../../../bench/bench';
import { readOptions } from '../../../bench/options';

const named = (name: string): Measurement => ({ name, title: `Measures ${name}`, measure: () => Promise.reject(new Error('not in a test')) });
const all = [named('files'), named('loading')];

it('measures everything and writes the report where nothing is said', () => {
	expect(readOptions(all, [])).toEqual({ chosen: all, quick: false, write: true });
});

it.each([
	['what was measured in small', ['--quick']],
	['a part', ['loading']],
	['all, by their names', ['files', 'loading']],
])('does not write %s', (_, words) => {
	expect(readOptions(all, words)?.write).toBe(false);
});

it('measures what is named, in that order', () => {
	expect(readOptions(all, ['loading', 'files', '--quick'])).toMatchObject({ chosen: [all[1], all[0]], quick: true });
});

it('says which measurements there are where one is unknown', () => {
	expect(() => readOptions(all, ['uplods'])).toThrow(/There is no measurement “uplods”.*files +Measures files.*loading +Measures loading/s);
});

it('refuses an unknown option', () => {
	expect(() => readOptions(all, ['--fast'])).toThrow(/--fast/);
});

it('only says how it is used where that is asked', () => {
	const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
	expect(readOptions(all, ['--help', 'uplods'])).toBeUndefined();
	expect(log.mock.calls.flat().join('\n')).toMatch(/^Usage: npm run bench/);
	log.mockRestore();
});
