import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution } from '../n8n';
import type { House } from './house';
import { allSettled, arrivalsIn, jobsOf, nodeRunsIn, requestsOf, submitted } from './jobs';
import { POLL_SECONDS, type Way } from './ways';

const BETWEEN_RECORDINGS_MS = 400;
/** When all are submitted, Submit and Wait still looks for its First Look of five seconds. */
const UNTIL_PARKED_MS = 7_500;

/** What one way cost for jobs of one length. */
export interface Figures {
	way: Way;
	/** On average. */
	jobSeconds: number;
	jobs: number;
	/** All per job: */
	requests: number;
	calls: number;
	executions: number;
	nodeRuns: number;
	/** Executions while all jobs are under way. */
	running: number;
	waiting: number;
	/** From the end of the job at the service to the start of the next node, in ms, sorted. */
	delays: number[];
}

/**
 * Lengths of jobs, spread evenly over one pause of the polling, so that no way profits from a length that happens to suit
 * it. The longest first, since they are handed in one after the other.
 */
export function lengthsAround(seconds: number, count: number): number[] {
	return Array.from({ length: count }, (_, index) => seconds + POLL_SECONDS * (0.5 - (index + 0.5) / count));
}

/** Runs jobs of about that length, on all ways at the same time. */
export async function measure(house: House, ways: readonly Way[], jobSeconds: number, count: number): Promise<Figures[]> {
	house.say(`${count} jobs of about ${jobSeconds} s on each way …`);
	const before = await Promise.all(ways.map(async (way) => ({ requests: requestsOf(house, way), executions: new Set(await idsOf(house, way)) })));
	const begunAt = Date.now();
	for (const seconds of lengthsAround(jobSeconds, count)) {
		const jobs = await Promise.all(ways.map(async (way) => await submitted(house, way)));
		for (const job of jobs) house.sandbox.jobs.finishIn(job.id, seconds);
		await sleep(BETWEEN_RECORDINGS_MS);
	}
	await sleep(UNTIL_PARKED_MS);
	const meanwhile = await Promise.all(ways.map(async (way) => await house.client.listExecutions(way.workflowId)));
	const figures: Figures[] = [];
	for (const [index, way] of ways.entries()) {
		const earlier = before[index]!;
		const jobs = jobsOf(house, way).slice(-count);
		const executions = await settledSince(house, way, earlier.executions, jobs.map(({ id }) => id), (jobSeconds + 4 * POLL_SECONDS) * 1000);
		const arrivals = arrivalsIn(executions, way);
		figures.push({
			way,
			jobSeconds,
			jobs: count,
			requests: (requestsOf(house, way) - earlier.requests) / count,
			calls: callsTo(house, way, executions, begunAt) / count,
			executions: executions.length / count,
			nodeRuns: nodeRunsIn(executions) / count,
			running: meanwhile[index]!.filter(({ status }) => status === 'running').length,
			waiting: meanwhile[index]!.filter(({ status }) => status === 'waiting').length,
			delays: jobs.map(({ id, finishedAt }) => (arrivals.get(id)?.[0] ?? NaN) - Number(finishedAt)).sort((a, b) => a - b),
		});
	}
	return figures;
}

/** The calls of webhooks name the workflow (the trigger's) or the execution (those of Submit and Wait). */
function callsTo({ gate }: House, { workflowId }: Way, executions: readonly Execution[], since: number): number {
	const ids = new Set(executions.map(({ id }) => id));
	const isOurs = (path: string) => path.includes(`/${workflowId}/`) || ids.has(/^\/webhook-waiting\/(\d+)/.exec(path)?.[1] ?? '');
	return gate.calls.filter(({ at, path }) => at >= since && isOurs(path)).length;
}

async function idsOf({ client }: House, { workflowId }: Way): Promise<string[]> {
	return (await client.listExecutions(workflowId)).map(({ id }) => id);
}

/** @throws when a transcript has not arrived in time */
async function settledSince(house: House, way: Way, earlier: ReadonlySet<string>, jobs: readonly string[], timeoutMs: number) {
	const limit = Date.now() + timeoutMs;
	for (;;) {
		const summaries = await house.client.listExecutions(way.workflowId);
		const mine = summaries.filter(({ id }) => !earlier.has(id));
		if (allSettledSummaries(mine)) {
			const executions = await Promise.all(mine.map(async ({ id }) => await house.client.getExecution(id)));
			const arrivals = arrivalsIn(executions, way);
			if (allSettled(executions) && jobs.every((id) => arrivals.has(id))) return executions;
		}
		if (Date.now() > limit) throw new Error(`${way.title}: not all of ${jobs.length} transcripts arrived`);
		await sleep(1_000);
	}
}

const allSettledSummaries = (all: ReadonlyArray<{ status: string }>) => all.every(({ status }) => status === 'success');

