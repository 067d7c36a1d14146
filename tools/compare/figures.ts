import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution } from '../n8n';
import { allSettled, arrivalsIn, jobsOf, nodeRunsIn, requestsOf, submitted } from './jobs';
import type { Site } from './site';
import type { Way } from './way';

const BETWEEN_RECORDINGS_MS = 400;
/** When all are submitted, Submit and Wait still looks for its First Look of five seconds. */
const UNTIL_PARKED_MS = 7_500;
/** For an n8n that is slow. */
const MARGIN_SECONDS = 30;

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

/** The jobs of one measurement. */
export interface Jobs {
	/** How long they take, on average. */
	jobSeconds: number;
	/** On each way. */
	count: number;
	/** Between the longest and the shortest, in seconds: one pause of the polling. */
	spread: number;
	/** By how many seconds the jobs of a way are longer. */
	shift?(way: Way): number;
	/** Hands them to one way after the other, so that they do not end at the same moment and wait for each other. */
	inTurn?: boolean;
	/** Called when all are handed in. */
	onHandedIn?(): void;
}

/**
 * Lengths of jobs, spread evenly over one pause of the polling, so that no way profits from a length that happens to suit
 * it. The longest first, since they are handed in one after the other.
 */
export function lengthsAround(seconds: number, count: number, spread: number): number[] {
	return Array.from({ length: count }, (_, index) => seconds + spread * (0.5 - (index + 0.5) / count));
}

/** Runs jobs of about that length, on all ways at the same time. */
export async function measure(site: Site, ways: readonly Way[], { jobSeconds, count, spread, shift = () => 0, inTurn = false, onHandedIn }: Jobs): Promise<Figures[]> {
	site.say(`${count} jobs of about ${jobSeconds} s on each way …`);
	const before = await Promise.all(ways.map(async (way) => ({ requests: requestsOf(site, way), executions: new Set(await idsOf(site, way)) })));
	const begunAt = Date.now();
	for (const seconds of lengthsAround(jobSeconds, count, spread)) {
		const run = async (way: Way) => site.sandbox.jobs.finishIn((await submitted(site, way)).id, seconds + shift(way));
		if (inTurn) {
			for (const way of ways) {
				await run(way);
				await sleep(BETWEEN_RECORDINGS_MS);
			}
		} else {
			await Promise.all(ways.map(run));
			await sleep(BETWEEN_RECORDINGS_MS);
		}
	}
	onHandedIn?.();
	await sleep(UNTIL_PARKED_MS);
	const meanwhile = await Promise.all(ways.map(async (way) => await site.client.listExecutions(way.workflowId)));
	const figures: Figures[] = [];
	for (const [index, way] of ways.entries()) {
		const earlier = before[index]!;
		const jobs = jobsOf(site, way).slice(-count);
		const executions = await settledSince(site, way, earlier.executions, jobs.map(({ id }) => id), (jobSeconds + 4 * spread + MARGIN_SECONDS) * 1000);
		const arrivals = arrivalsIn(executions, way);
		figures.push({
			way,
			jobSeconds,
			jobs: count,
			requests: (requestsOf(site, way) - earlier.requests) / count,
			calls: callsTo(site, way, executions, begunAt) / count,
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
function callsTo({ gate }: Site, { workflowId }: Way, executions: readonly Execution[], since: number): number {
	const ids = new Set(executions.map(({ id }) => id));
	const isOurs = (path: string) => path.includes(`/${workflowId}/`) || ids.has(/^\/webhook-waiting\/(\d+)/.exec(path)?.[1] ?? '');
	return gate.calls.filter(({ at, path }) => at >= since && isOurs(path)).length;
}

async function idsOf({ client }: Site, { workflowId }: Way): Promise<string[]> {
	return (await client.listExecutions(workflowId)).map(({ id }) => id);
}

/** @throws when a transcript has not arrived in time */
async function settledSince(site: Site, way: Way, earlier: ReadonlySet<string>, jobs: readonly string[], timeoutMs: number) {
	const limit = Date.now() + timeoutMs;
	for (;;) {
		const summaries = await site.client.listExecutions(way.workflowId);
		const mine = summaries.filter(({ id }) => !earlier.has(id));
		if (allSettledSummaries(mine)) {
			const executions = await Promise.all(mine.map(async ({ id }) => await site.client.getExecution(id)));
			const arrivals = arrivalsIn(executions, way);
			if (allSettled(executions) && jobs.every((id) => arrivals.has(id))) return executions;
		}
		if (Date.now() > limit) throw new Error(`${way.title}: not all of ${jobs.length} transcripts arrived`);
		await sleep(1_000);
	}
}

const allSettledSummaries = (all: ReadonlyArray<{ status: string }>) => all.every(({ status }) => status === 'success');

