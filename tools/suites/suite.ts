import type { HostVersion } from '../n8n/hosts';

/** Results of a suite's checks. A check is a test or a whole tool. */
export interface Counts {
	passed: number;
	failed: number;
	skipped: number;
	/** Each failed check's name and the beginning of its message. They are shown again at the end, where CI logs aren't cut. */
	failures: readonly string[];
	/** The paths of the test files with failures. */
	failedFiles: readonly string[];
	/** Checks that failed beside other suites and passed when they were repeated alone, in the form of `failures`. */
	unstable: readonly string[];
}

/** One group of checks that `npm test` runs. */
export interface Suite {
	name: string;
	/** One line for the heading. */
	about: string;
	/** Whether it needs the packed package in `.cache/package.tgz`. */
	needsPackage?: boolean;
	/** The n8n it needs. It is installed in the background. */
	host?: HostVersion;
	/** Whether it only runs if named explicitly. */
	explicitOnly?: boolean;
	/** Returns the reason why it can't run on this machine, if any. It is then skipped, but fails in CI or if it was named explicitly. */
	unavailableReason?(): string | undefined;
	/**
	 * Runs the suite, or only the given test files. An exception counts as one failed check.
	 * @param files paths relative to the project; passed only if the suite is `repeatable`
	 */
	run(files?: readonly string[]): Promise<Counts>;
	/** Whether failed files are run again at the end, see `repeat.ts`. */
	repeatable?: boolean;
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0, failures: [], failedFiles: [], unstable: [] };

export const passed = (number = 1): Counts => ({ ...NONE, passed: number });

export const failedCheck = (failure: string): Counts => ({ ...NONE, failed: 1, failures: [failure] });

export function add(a: Counts, b: Counts): Counts {
	return {
		passed: a.passed + b.passed,
		failed: a.failed + b.failed,
		skipped: a.skipped + b.skipped,
		failures: [...a.failures, ...b.failures],
		failedFiles: [...a.failedFiles, ...b.failedFiles],
		unstable: [...a.unstable, ...b.unstable],
	};
}

/** `12 passed, 0 failed`, followed by `, 1 skipped` and `, 1 unstable` if there are any. */
export function format({ passed, failed, skipped, unstable }: Counts): string {
	const more = { skipped, unstable: unstable.length };
	const rest = Object.entries(more).map(([word, count]) => (count > 0 ? `, ${count} ${word}` : ''));
	return `${passed} passed, ${failed} failed${rest.join('')}`;
}
