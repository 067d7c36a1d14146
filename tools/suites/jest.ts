import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { cacheFolder, projectFolder } from '../n8n/hosts';
import type { Counts } from './suite';
import { runVisibly } from './visibleCommand';

/** The fields of jest's --json output that are used here. */
interface JestReport {
	numTotalTests: number;
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	numRuntimeErrorTestSuites: number;
	success: boolean;
	testResults: Array<{
		/** The path of the test file. */
		name: string;
		/** The reason if the file couldn't be loaded. */
		message: string;
		assertionResults: Array<{ fullName: string; status: string; failureMessages: string[] | null }>;
	}>;
}

const MESSAGE_CHARACTERS = 300;

/** Returns the failed tests as `test/unit/x.test.ts › name: message`, with messages shortened to one line. */
export function failuresIn({ testResults }: Pick<JestReport, 'testResults'>): string[] {
	return testResults.flatMap(({ name, message, assertionResults }) => {
		const file = relative(projectFolder, name);
		if (assertionResults.length === 0) return message === '' ? [] : [`${file}: ${shortened(message)}`];
		return assertionResults
			.filter(({ status }) => status === 'failed')
			.map(({ fullName, failureMessages }) => `${file} › ${fullName}: ${shortened(failureMessages?.[0] ?? '')}`);
	});
}

/** Returns the paths of the test files that failed, relative to the project. */
export function failedFilesIn({ testResults }: Pick<JestReport, 'testResults'>): string[] {
	return testResults
		.filter((file) => failuresIn({ testResults: [file] }).length > 0)
		.map(({ name }) => relative(projectFolder, name));
}

const shortened = (message: string) =>
	stripVTControlCharacters(message).replace(/\s+/g, ' ').trim().slice(0, MESSAGE_CHARACTERS);

/**
 * Runs the tests of one or more jest projects.
 * @param name the name of the suite and its report
 * @param files the only test files to run, one at a time
 * @throws Error if there are no tests, or jest itself failed
 */
export async function runJest(
	name: string,
	project: string | string[],
	{
		args = [],
		env,
		timeoutMs,
		files,
	}: { args?: string[]; env?: NodeJS.ProcessEnv; timeoutMs?: number; files?: readonly string[] } = {},
): Promise<Counts> {
	mkdirSync(cacheFolder, { recursive: true });
	const report = join(cacheFolder, `jest-${name}.json`);
	rmSync(report, { force: true });
	const jest = join(projectFolder, 'node_modules/jest/bin/jest.js');
	const projects = [project].flat();
	const selection = files ? ['--runInBand', '--runTestsByPath', ...files] : args;
	const code = await runVisibly(
		process.execPath,
		[jest, '--selectProjects', ...projects, '--json', `--outputFile=${report}`, ...selection],
		{ env, timeoutMs },
	);
	if (!existsSync(report)) throw new Error(`jest exited with code ${code} and ran no tests of the suite "${name}"`);
	const result = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
	if (result.numTotalTests === 0) throw new Error(`the suite "${name}" has no tests`);
	const counts: Counts = {
		passed: result.numPassedTests,
		// A file that can't be loaded has no tests to count, but is still a failure.
		failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
		skipped: result.numPendingTests + result.numTodoTests,
		failures: failuresIn(result),
		failedFiles: failedFilesIn(result),
		unstable: [],
	};
	if (counts.failed === 0 && code !== 0) throw new Error(`all tests passed, but jest exited with code ${code}`);
	return counts;
}
