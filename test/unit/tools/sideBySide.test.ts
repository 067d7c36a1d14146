import { runSideBySide, type Result } from '../../../tools/suites/sideBySide';
import { NONE, type Suite } from '../../../tools/suites/suite';

const suite = (name: string): Suite => ({ name, about: name, run: async () => NONE });

/** Runs suites that end when the test says so. */
function open(names: string[], { slots = 2, missing = new Set<string>() } = {}) {
	const started: string[] = [];
	const ended: Array<[string, Result['counts']]> = [];
	const ends = new Map<string, (result: Result) => void>();
	const all = runSideBySide(names.map(suite), {
		slots,
		isInstalled: ({ name }) => !missing.has(name),
		onEnd: ({ name }, counts) => ended.push([name, counts]),
		run: async ({ name }) => {
			started.push(name);
			return await new Promise<Result>((resolve) => ends.set(name, resolve));
		},
	});
	const end = async (name: string, counts = { ...NONE, passed: 1 }) => {
		ends.get(name)?.({ counts, output: '' });
		await new Promise(setImmediate);
	};
	return { all, started, ended, end, missing };
}

beforeEach(() => void jest.spyOn(console, 'log').mockReturnValue(undefined));
afterEach(() => jest.restoreAllMocks());

it('starts the next suite when one has ended', async () => {
	const { all, started, end } = open(['a', 'b', 'c']);
	expect(started).toEqual(['a', 'b']);
	await end('b');
	expect(started).toEqual(['a', 'b', 'c']);
	await end('a');
	await end('c');
	await all;
});

it('starts suites whose n8n is still being installed later', async () => {
	const { all, started, end, missing } = open(['a', 'b', 'c'], { slots: 1, missing: new Set(['a']) });
	expect(started).toEqual(['b']);
	missing.clear();
	await end('b');
	expect(started).toEqual(['b', 'a']);
	await end('a');
	await end('c');
	await all;
});

it('continues after a failure, and reports the counts of every suite', async () => {
	const { all, ended, end } = open(['a', 'b', 'c'], { slots: 1 });
	await end('a', { ...NONE, passed: 3, failed: 1, failures: ['x'] });
	await end('b');
	await end('c');
	await all;
	expect(ended).toEqual([
		['a', { ...NONE, passed: 3, failed: 1, failures: ['x'] }],
		['b', { ...NONE, passed: 1 }],
		['c', { ...NONE, passed: 1 }],
	]);
});
