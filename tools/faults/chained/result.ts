import type { ExecutionSummary } from '../../n8n';
import type { SubmittedJob } from './jobs';
import type { Visit } from './observer';
import { deadlineOffset, type Scenario } from './scenarios';
import { PLACES } from './workflow';

/** The outcomes of the executions of one scenario. */
export interface Result {
	scenario: Scenario;
	/** Executions that were started. */
	started: number;
	/** Executions whose first node continued more than once (in a loop: more than once in the same round). */
	continuedTwice: number;
	/** Executions that submitted the same recording more than once. */
	submittedTwice: number;
	/** Jobs beyond the first for the same recording. */
	repeatedSubmits: number;
	/** Executions that passed the next node more than once. */
	passedNextTwice: number;
	/** Executions whose next node, n8n's Wait, was resumed by a request meant for the first. */
	nextResumedByStale: number;
	/** Executions that continued at the deadline. */
	byDeadline: number;
	/** For executions that continued twice: when the callback arrived, in seconds after the deadline. */
	doubleOffsets: readonly number[];
	/** Executions that didn't end successfully. */
	unfinished: number;
}

interface Sources {
	scenario: Scenario;
	/** Every execution that was started, by the driver's name for it. */
	runs: readonly string[];
	/** Number of executions that n8n couldn't start. */
	notStarted: number;
	visits: readonly Visit[];
	jobs: readonly SubmittedJob[];
	executions: readonly ExecutionSummary[];
}

export function resultOf({ scenario, runs, notStarted, visits, jobs, executions }: Sources): Result {
	const at = (place: string) => visits.filter((visit) => visit.place === place);
	const continued = repeated(at(PLACES.afterFirst).map(({ run, round }) => ({ run, key: round })));
	const passed = repeated(at(PLACES.afterNext).map(({ run }) => ({ run, key: '' })));
	const submitted = repeated(jobs.map(({ run, node, round }) => ({ run, key: `${node} ${round}` })));
	const stale = new Set(
		at(PLACES.afterNext)
			.filter(({ resumedBy }) => resumedBy !== undefined && resumedBy !== 'own')
			.map(({ run }) => run),
	);
	// An execution that ends while n8n's list is read may be on two pages.
	const succeeded = new Set(executions.filter(({ status }) => status === 'success').map(({ id }) => id));
	return {
		scenario,
		started: runs.length - notStarted,
		continuedTwice: continued.runs.size,
		submittedTwice: submitted.runs.size,
		repeatedSubmits: submitted.surplus,
		passedNextTwice: passed.runs.size,
		nextResumedByStale: stale.size,
		byDeadline: new Set(
			at(PLACES.afterFirst)
				.filter(({ status }) => status === 'processing')
				.map(({ run }) => run),
		).size,
		doubleOffsets:
			scenario.trigger === 'deadline'
				? [...runs.entries()]
						.filter(([, run]) => continued.runs.has(run))
						.map(([index]) => deadlineOffset(index, runs.length))
						.sort((a, b) => a - b)
				: [],
		unfinished: runs.length - notStarted - succeeded.size,
	};
}

/** Finds runs that have the same key more than once. `surplus` counts the repeats. */
function repeated(marks: ReadonlyArray<{ run: string; key: string }>): { runs: ReadonlySet<string>; surplus: number } {
	const seen = new Set<string>();
	const runs = new Set<string>();
	let surplus = 0;
	for (const { run, key } of marks) {
		const mark = `${run} ${key}`;
		if (seen.has(mark)) {
			runs.add(run);
			surplus++;
		}
		seen.add(mark);
	}
	return { runs, surplus };
}
