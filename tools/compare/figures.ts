import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution } from '../n8n';
import { allSettled, arrivalsIn, jobsOf, nodeRunsIn, requestsOf, submitJob } from './jobs';
import type { Testbed } from './testbed';
import type { Approach } from './approach';

const BETWEEN_RECORDINGS_MS = 400;
/** After the last submit, Initial Poll of Submit and Wait continues for five seconds. */
const UNTIL_PAUSED_MS = 7_500;
/** Allows for a slow n8n. */
const MARGIN_SECONDS = 30;

/** The measurements for one approach and one job length. */
export interface Figures {
	approach: Approach;
	/** Average length of the jobs. */
	jobSeconds: number;
	jobs: number;
	/** Requests to the service per job. The next three figures are also per job. */
	requests: number;
	/** Calls to n8n's webhooks. */
	calls: number;
	executions: number;
	nodeRuns: number;
	/** Executions with this status while all jobs are in progress. `waiting` is counted the same way. */
	running: number;
	waiting: number;
	/** Time from the end of a job at the service to the start of the next node, in ms, sorted. */
	delays: number[];
}

/** The jobs to measure. */
interface Jobs {
	/** Average length. */
	jobSeconds: number;
	/** Number of jobs for each approach. */
	count: number;
	/** Difference between the longest and the shortest job, in seconds. Usually equal to the pause between two polls. */
	spread: number;
	/** Seconds to add to the length of an approach's jobs. */
	shift?(approach: Approach): number;
	/** Whether to submit for one approach after the other, so that jobs don't end at the same moment and delay each other. */
	sequential?: boolean;
	/** Called when all jobs have been submitted. */
	onSubmitted?(): void;
}

/**
 * Job lengths, spread evenly over the pause between two polls, so that no approach benefits from a length that happens to
 * suit it. The longest one comes first, because jobs are submitted one after the other.
 */
export function lengthsAround(seconds: number, count: number, spread: number): number[] {
	return Array.from({ length: count }, (_, index) => seconds + spread * (0.5 - (index + 0.5) / count));
}

/** Runs jobs of about the given length for all approaches concurrently. */
export async function measure(
	testbed: Testbed,
	approaches: readonly Approach[],
	{ jobSeconds, count, spread, shift = () => 0, sequential = false, onSubmitted }: Jobs,
): Promise<Figures[]> {
	testbed.say(`${count} jobs of about ${jobSeconds} s for each approach …`);
	const before = await Promise.all(
		approaches.map(async (approach) => ({
			requests: requestsOf(testbed, approach),
			executions: new Set(await idsOf(testbed, approach)),
		})),
	);
	const begunAt = Date.now();
	for (const seconds of lengthsAround(jobSeconds, count, spread)) {
		const run = async (approach: Approach) =>
			testbed.sandbox.jobs.finishIn((await submitJob(testbed, approach)).id, seconds + shift(approach));
		if (sequential) {
			for (const approach of approaches) {
				await run(approach);
				await sleep(BETWEEN_RECORDINGS_MS);
			}
		} else {
			await Promise.all(approaches.map(run));
			await sleep(BETWEEN_RECORDINGS_MS);
		}
	}
	onSubmitted?.();
	await sleep(UNTIL_PAUSED_MS);
	const meanwhile = await Promise.all(
		approaches.map(async (approach) => await testbed.client.listExecutions(approach.workflowId)),
	);
	const figures: Figures[] = [];
	for (const [index, approach] of approaches.entries()) {
		const earlier = before[index]!;
		const jobs = jobsOf(testbed, approach).slice(-count);
		const executions = await settledSince(
			testbed,
			approach,
			earlier.executions,
			jobs.map(({ id }) => id),
			(jobSeconds + 4 * spread + MARGIN_SECONDS) * 1000,
		);
		const arrivals = arrivalsIn(executions, approach);
		figures.push({
			approach,
			jobSeconds,
			jobs: count,
			requests: (requestsOf(testbed, approach) - earlier.requests) / count,
			calls: callsTo(testbed, approach, executions, begunAt) / count,
			executions: executions.length / count,
			nodeRuns: nodeRunsIn(executions) / count,
			running: meanwhile[index]!.filter(({ status }) => status === 'running').length,
			waiting: meanwhile[index]!.filter(({ status }) => status === 'waiting').length,
			delays: jobs
				.map(({ id, finishedAt }) => (arrivals.get(id)?.[0] ?? NaN) - Number(finishedAt))
				.sort((a, b) => a - b),
		});
	}
	return figures;
}

/** A webhook's URL contains the workflow's ID (the trigger) or the execution's ID (Submit and Wait). */
function callsTo(
	{ webhookProxy }: Testbed,
	{ workflowId }: Approach,
	executions: readonly Execution[],
	since: number,
): number {
	const ids = new Set(executions.map(({ id }) => id));
	const isOurs = (path: string) =>
		path.includes(`/${workflowId}/`) || ids.has(/^\/webhook-waiting\/(\d+)/.exec(path)?.[1] ?? '');
	return webhookProxy.calls.filter(({ at, path }) => at >= since && isOurs(path)).length;
}

async function idsOf({ client }: Testbed, { workflowId }: Approach): Promise<string[]> {
	return (await client.listExecutions(workflowId)).map(({ id }) => id);
}

/** @throws Error if a transcript hasn't arrived in time */
async function settledSince(
	testbed: Testbed,
	approach: Approach,
	earlier: ReadonlySet<string>,
	jobs: readonly string[],
	timeoutMs: number,
) {
	const limit = Date.now() + timeoutMs;
	for (;;) {
		const summaries = await testbed.client.listExecutions(approach.workflowId);
		const mine = summaries.filter(({ id }) => !earlier.has(id));
		if (allSettledSummaries(mine)) {
			const executions = await Promise.all(mine.map(async ({ id }) => await testbed.client.getExecution(id)));
			const arrivals = arrivalsIn(executions, approach);
			if (allSettled(executions) && jobs.every((id) => arrivals.has(id))) return executions;
		}
		if (Date.now() > limit) throw new Error(`${approach.title}: not all of ${jobs.length} transcripts arrived`);
		await sleep(1_000);
	}
}

const allSettledSummaries = (all: ReadonlyArray<{ status: string }>) => all.every(({ status }) => status === 'success');
