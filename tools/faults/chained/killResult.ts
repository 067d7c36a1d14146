import type { SubmittedJob } from './jobs';
import type { Visit } from './observer';
import { PLACES } from './workflow';

/** The activity of an execution when n8n is killed. */
export type Moment = 'initialPoll' | 'pausing';

/** The outcomes of the executions that were started for kills at one moment. */
export interface KillResult {
	moment: Moment;
	kills: number;
	/** Executions that n8n started. */
	executions: number;
	crashed: number;
	/** Executions that ended in an error. For example, the node's self-check refuses to submit while n8n is starting. */
	failed: number;
	/** Executions that haven't ended. */
	unfinished: number;
	jobs: number;
	/** Jobs whose transcript was output by a node. */
	left: number;
	/** Jobs for which a node only output the ID, at its deadline. */
	timedOut: number;
	/** Jobs that Recover Missed recovered. */
	recovered: number;
	/** Jobs whose transcript was both output by a node and recovered. */
	twice: number;
	/** Jobs whose ID is only in n8n's log. */
	onlyLogged: number;
	/** Jobs whose ID wasn't output by a node, wasn't recovered, and isn't in n8n's log. */
	idsLost: number;
	/** Jobs beyond the first for the same execution, node, and item. */
	repeatedSubmits: number;
	/** Number of times a node continued after it had already continued in the same execution. */
	continuedTwice: number;
}

interface Sources {
	moment: Moment;
	kills: number;
	/** Status of each execution. */
	statuses: readonly string[];
	jobs: readonly SubmittedJob[];
	visits: readonly Visit[];
	/** IDs of the jobs that Recover Missed recovered. */
	recovered: ReadonlySet<string>;
	/** Job IDs in n8n's log. */
	logged: ReadonlySet<string>;
}

/** Counts outcomes of executions and jobs. A recording submitted by a new execution isn't a repeat. */
export function killResultOf({ moment, kills, statuses, jobs, visits, recovered, logged }: Sources): KillResult {
	const left = new Set(visits.flatMap(({ completed }) => completed));
	const carried = new Set(visits.flatMap(({ ids }) => ids));
	const count = (is: (id: string) => boolean) => jobs.filter(({ job }) => is(job.id)).length;
	const isFound = (id: string) => left.has(id) || carried.has(id) || recovered.has(id);
	const continued = visits.filter(({ place }) => place === PLACES.afterFirst || place === PLACES.afterNext);
	return {
		moment,
		kills,
		executions: statuses.length,
		crashed: statuses.filter((status) => status === 'crashed').length,
		failed: statuses.filter((status) => status === 'error' || status === 'canceled').length,
		unfinished: statuses.filter((status) => !['success', 'crashed', 'error', 'canceled'].includes(status)).length,
		jobs: jobs.length,
		left: count((id) => left.has(id)),
		timedOut: count((id) => carried.has(id) && !left.has(id)),
		recovered: count((id) => recovered.has(id)),
		twice: count((id) => left.has(id) && recovered.has(id)),
		onlyLogged: count((id) => !isFound(id) && logged.has(id)),
		idsLost: count((id) => !isFound(id) && !logged.has(id)),
		repeatedSubmits: surplus(jobs.map(({ execution, node, round }) => `${execution} ${node} ${round}`)),
		continuedTwice: surplus(continued.map(({ execution, place }) => `${execution} ${place}`)),
	};
}

const surplus = (keys: readonly string[]) => keys.length - new Set(keys).size;

/** Returns the reasons why a run failed. */
export function killResultProblems(results: readonly KillResult[]): string[] {
	return results.flatMap(({ moment, ...result }) => {
		const problems = [
			result.jobs === 0 && 'no job was submitted',
			result.repeatedSubmits > 0 && `${result.repeatedSubmits} submits were repeated`,
			result.continuedTwice > 0 && `nodes continued a second time in ${result.continuedTwice} cases`,
			result.idsLost > 0 && `${result.idsLost} job IDs were lost`,
			result.unfinished > 0 && `${result.unfinished} executions didn't finish`,
		].filter((problem) => problem !== false);
		return problems.map((problem) => `killed, ${moment}: ${problem}`);
	});
}
