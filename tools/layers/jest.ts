import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, projectFolder } from '../n8n/hosts';
import type { Counts } from './layer';
import { runVisibly } from './visibleCommand';

/** What is used here of the file jest writes with --json. */
interface JestReport {
	numTotalTests: number;
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	numRuntimeErrorTestSuites: number;
	success: boolean;
}

/**
 * Runs the tests of one jest project, or of several.
 * @param name of the report, one per layer
 * @throws when there are no tests, or jest itself failed: never a silent pass
 */
export async function runJest(
	name: string,
	project: string | string[],
	{ args = [], env, timeoutMs }: { args?: string[]; env?: NodeJS.ProcessEnv; timeoutMs?: number } = {},
): Promise<Counts> {
	mkdirSync(cacheFolder, { recursive: true });
	const report = join(cacheFolder, `jest-${name}.json`);
	rmSync(report, { force: true });
	const jest = join(projectFolder, 'node_modules/jest/bin/jest.js');
	const projects = [project].flat();
	const code = await runVisibly(
		process.execPath,
		[jest, '--selectProjects', ...projects, '--json', `--outputFile=${report}`, ...args],
		{ env, timeoutMs },
	);
	if (!existsSync(report)) throw new Error(`jest ended with exit code ${code} and ran no test of the layer "${name}"`);
	const result = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
	if (result.numTotalTests === 0) throw new Error(`there is no test in the layer "${name}"`);
	const counts: Counts = {
		passed: result.numPassedTests,
		// A file that does not even load has no tests to count, but is a failure.
		failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
		skipped: result.numPendingTests + result.numTodoTests,
	};
	if (counts.failed === 0 && code !== 0) throw new Error(`all tests passed, but jest ended with exit code ${code}`);
	return counts;
}
