import type { Measurement } from '../../../bench/bench';
import { readOptions } from '../../../bench/options';

const named = (name: string): Measurement => ({
	name,
	title: `Measures ${name}`,
	measure: () => Promise.reject(new Error('not in a test')),
});
const all = [named('files'), named('loading')];

it('measures everything and writes the report by default', () => {
	expect(readOptions(all, [])).toEqual({ chosen: all, quick: false, write: true });
});

it.each([
	['a quick run', ['--quick']],
	['a single measurement', ['loading']],
	['all measurements by name', ['files', 'loading']],
])("doesn't write the report of %s", (_, words) => {
	expect(readOptions(all, words)?.write).toBe(false);
});

it('runs the named measurements in the given order', () => {
	expect(readOptions(all, ['loading', 'files', '--quick'])).toMatchObject({ chosen: [all[1], all[0]], quick: true });
});

it('lists the measurements if one is unknown', () => {
	expect(() => readOptions(all, ['uplods'])).toThrow(
		/There is no measurement "uplods".*files +Measures files.*loading +Measures loading/s,
	);
});

it('rejects an unknown option', () => {
	expect(() => readOptions(all, ['--fast'])).toThrow(/--fast/);
});

it('only prints the usage with --help', () => {
	const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
	expect(readOptions(all, ['--help', 'uplods'])).toBeUndefined();
	expect(log.mock.calls.flat().join('\n')).toMatch(/^Usage: npm run bench/);
	log.mockRestore();
});
