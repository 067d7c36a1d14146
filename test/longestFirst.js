const { default: TestSequencer } = require('@jest/test-sequencer');

/** Test files that wait for minutes. Without results of an earlier run, Jest would start the small ones of them last. */
const LONGEST = [
	'submitAndWait',
	'deadline',
	'templateRuns',
	'duplicates',
	'recoverCrashed',
	'waitByPolling',
	'batches',
];

/** Starts the longest end-to-end tests first, so that none is left running alone at the end. */
class LongestFirst extends TestSequencer {
	sort(tests) {
		const rank = ({ path }) => {
			const index = LONGEST.findIndex((name) => path.endsWith(`/test/e2e/${name}.test.ts`));
			return index === -1 ? LONGEST.length : index;
		};
		return super.sort(tests).sort((a, b) => rank(a) - rank(b));
	}
}

module.exports = LongestFirst;
