import { repeatFailed } from '../../../tools/suites/repeat';
import { NONE, passed, type Counts } from '../../../tools/suites/suite';

const FAILURE = 'test/e2e/a.test.ts › waits: Error: too slow';

const failedIn = (...failedFiles: string[]): Counts => ({
	...NONE,
	passed: 7,
	failed: failedFiles.length,
	failures: failedFiles.map(() => FAILURE),
	failedFiles,
});

/** Repeats with the given result. @returns the final counts and the files that ran again */
async function repeated(counts: Counts, result: Counts, repeatable = true) {
	const runs: Array<readonly string[]> = [];
	const final = await repeatFailed({ name: 'e2e', repeatable }, counts, async (files) => {
		runs.push(files);
		return result;
	});
	return { final, runs };
}

beforeEach(() => void jest.spyOn(console, 'log').mockReturnValue(undefined));
afterEach(() => jest.restoreAllMocks());

it('counts a test as passed, but names it, if it fails beside other suites and passes alone', async () => {
	const { final, runs } = await repeated(failedIn('a.test.ts'), passed(3));
	expect(runs).toEqual([['a.test.ts']]);
	expect(final).toEqual({ ...NONE, passed: 8, unstable: [FAILURE] });
});

it('counts a test as failed if it fails again', async () => {
	const again = { ...NONE, passed: 2, failed: 1, failures: ['again'], failedFiles: ['b.test.ts'] };
	const { final } = await repeated(failedIn('a.test.ts', 'b.test.ts'), again);
	expect(final).toEqual({ ...again, passed: 8 });
});

it.each([
	['nothing failed', passed(7), true],
	['the suite doesn’t start an n8n', failedIn('a.test.ts'), false],
	['many files failed', failedIn('a.test.ts', 'b.test.ts', 'c.test.ts', 'd.test.ts', 'e.test.ts'), true],
	['the suite was killed before it had counted its tests', { ...NONE, failed: 1, failures: [FAILURE] }, true],
])('repeats nothing if %s', async (_, counts, repeatable) => {
	const { final, runs } = await repeated(counts, passed(), repeatable);
	expect(runs).toEqual([]);
	expect(final).toBe(counts);
});
