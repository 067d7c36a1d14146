import type { Counts, Suite } from './suite';

/** If more files failed, the cause is probably not the load. */
const MOST_FILES = 4;

/**
 * Runs the failed files of a suite with a real n8n again, when no other suite is running. A busy machine can make n8n so slow
 * that services and tests stop waiting. What fails again has failed; what passes counts as passed, but is named as unstable,
 * because a test should tolerate a busy machine too.
 * @returns the suite's final counts
 */
export async function repeatFailed(
	{ name, repeatable = false }: Pick<Suite, 'name' | 'repeatable'>,
	counts: Counts,
	run: (files: readonly string[]) => Promise<Counts>,
): Promise<Counts> {
	const { failures, failedFiles } = counts;
	if (!repeatable || failedFiles.length === 0 || failedFiles.length > MOST_FILES) return counts;
	console.log(`\n━━ ${name}: failed files again, alone: ${failedFiles.join(', ')}`);
	const again = await run(failedFiles);
	return {
		...counts,
		passed: counts.passed + Math.max(0, counts.failed - again.failed),
		failed: again.failed,
		failures: again.failures,
		failedFiles: again.failedFiles,
		unstable: again.failed === 0 ? failures : [],
	};
}
