import type { HostVersion } from '../n8n/hosts';

/** How many checks (tests, or whole tools) of a layer went which way. */
export interface Counts {
	passed: number;
	failed: number;
	skipped: number;
}

/** One group of checks that `npm test` runs. */
export interface Layer {
	name: string;
	/** One line for the heading. */
	about: string;
	/** Whether it needs the packed package in `.cache/package.tgz`. */
	needsPackage?: boolean;
	/** The n8n it needs, installed in the background from the beginning. */
	host?: HostVersion;
	/** Not part of a run without names. */
	onlyByName?: boolean;
	/** Why it cannot run on this machine; undefined when it can. Left out then, but a failure where it was named, and in CI. */
	reasonAgainst?(): string | undefined;
	/** Runs it, printing what a reader needs to see. A throw counts as one failed check. */
	run(): Promise<Counts>;
}

export const passed = (number = 1): Counts => ({ passed: number, failed: 0, skipped: 0 });

export function add(a: Counts, b: Counts): Counts {
	return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** `12 passed, 0 failed`, with `, 1 skipped` only when there are any. */
export function format({ passed, failed, skipped }: Counts): string {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
