import type { HostVersion } from '../n8n/hosts';

/** Results of a suite's checks. A check is a test or a whole tool. */
export interface Counts {
	passed: number;
	failed: number;
	skipped: number;
	/** Each failed check's name and the beginning of its message. They are shown again at the end, where CI logs aren't cut. */
	failures: readonly string[];
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
	/** Runs the suite. An exception counts as one failed check. */
	run(): Promise<Counts>;
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

export const passed = (number = 1): Counts => ({ ...NONE, passed: number });

export const failedCheck = (failure: string): Counts => ({ ...NONE, failed: 1, failures: [failure] });

export function add(a: Counts, b: Counts): Counts {
	return {
		passed: a.passed + b.passed,
		failed: a.failed + b.failed,
		skipped: a.skipped + b.skipped,
		failures: [...a.failures, ...b.failures],
	};
}

/** `12 passed, 0 failed`, followed by `, 1 skipped` if there are any. */
export function format({ passed, failed, skipped }: Counts): string {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
