import { join } from 'node:path';
import { projectFolder } from '../../../tools/n8n/hosts';
import { failuresIn } from '../../../tools/suites/jest';

const file = (
	assertionResults: Array<{ fullName: string; status: string; failureMessages: string[] }>,
	message = '',
) => ({
	name: join(projectFolder, 'test/unit/a.test.ts'),
	message,
	assertionResults,
});

describe('the failures at the end of a run', () => {
	it('name the file and the test, with the message in one line', () => {
		const failureMessages = ['Error: \u001b[31mexpected\u001b[39m\n\n  1\n    at x.ts'];
		const tests = [
			{ fullName: 'Submit uploads', status: 'passed', failureMessages: [] },
			{ fullName: 'Submit refuses', status: 'failed', failureMessages },
		];
		expect(failuresIn({ testResults: [file(tests)] })).toEqual([
			'test/unit/a.test.ts › Submit refuses: Error: expected 1 at x.ts',
		]);
	});

	it('shorten long messages', () => {
		const tests = [{ fullName: 'x', status: 'failed', failureMessages: ['y'.repeat(10_000)] }];
		expect(failuresIn({ testResults: [file(tests)] })[0]?.length).toBeLessThan(400);
	});

	it('include files that couldn’t be loaded', () => {
		expect(failuresIn({ testResults: [file([], 'Cannot find module')] })).toEqual([
			'test/unit/a.test.ts: Cannot find module',
		]);
	});
});
