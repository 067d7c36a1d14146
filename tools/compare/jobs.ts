import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../../sandbox';
import { isSettled, outputOf, type Execution } from '../n8n';
import { NODES } from './canvases';
import type { Testbed } from './testbed';
import type { Approach } from './approach';

const POLL_INTERVAL_MS = 100;
const RECORDING = 'thank-you.wav';

/** Posts a recording to the workflow. */
export async function submitRecording(
	{ n8n, sandbox }: { n8n: Pick<Testbed['n8n'], 'url'>; sandbox: Testbed['sandbox'] },
	{ startPath }: Approach,
): Promise<void> {
	const response = await fetch(`${n8n.url}/webhook/${startPath}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ audioUrl: `${sandbox.origin}/samples/${RECORDING}` }),
	});
	if (!response.ok) throw new Error(`n8n didn't accept the recording: ${response.status} ${await response.text()}`);
}

/** Returns the approach's jobs at the service, oldest first. */
export const jobsOf = ({ sandbox }: Testbed, { account }: Approach): Job[] =>
	sandbox.jobs.list().filter((job) => job.account === account.name);

/** Posts a recording and waits for its job at the service. @throws Error if there is none after a minute */
export async function submitJob(testbed: Testbed, approach: Approach): Promise<Job> {
	const before = jobsOf(testbed, approach).length;
	await submitRecording(testbed, approach);
	return await waitFor(60_000, () => jobsOf(testbed, approach)[before]);
}

/** Polls until there is a result. @throws Error after `timeoutMs` */
export async function waitFor<T>(timeoutMs: number, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
	const found = await pollFor(timeoutMs, ask);
	if (found === undefined) throw new Error(`No result within ${timeoutMs / 1000} s`);
	return found;
}

/** Polls until there is a result. @returns undefined if there is none after `timeoutMs` */
export async function pollFor<T>(
	timeoutMs: number,
	ask: () => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> {
	const limit = Date.now() + timeoutMs;
	for (;;) {
		const found = await ask();
		if (found !== undefined || Date.now() > limit) return found;
		await sleep(POLL_INTERVAL_MS);
	}
}

/** Counts the requests that the approach has sent to the service, including uploads and submits. */
export function requestsOf({ sandbox }: Testbed, { account }: Approach): number {
	return sandbox.requests.list().filter((request) => request.account === account.name).length;
}

/** Returns all executions of the approach, including those that are running or waiting. */
export async function executionsOf({ client }: Testbed, { workflowId }: Approach): Promise<Execution[]> {
	const all = await client.listExecutions(workflowId);
	return await Promise.all(all.map(async ({ id }) => await client.getExecution(id)));
}

/** Returns, for each job, the start times of the node that receives the transcript, as Unix time in ms. There is one per arrival. */
export function arrivalsIn(
	executions: readonly Execution[],
	approach: Approach,
	node: string = NODES.next,
): Map<string, number[]> {
	const arrivals = new Map<string, number[]>();
	for (const execution of executions) {
		const run = execution.runs[node]?.at(-1);
		const id = run && idIn(execution, approach, node);
		if (run && id !== undefined) arrivals.set(id, [...(arrivals.get(id) ?? []), run.startTime]);
	}
	return arrivals;
}

function idIn(execution: Execution, { idIn: source }: Approach, node: string): string | undefined {
	// Items after our nodes still have the job's ID; items after the Code node don't.
	const [item] = outputOf(execution, node);
	const id = item?.json['id'] ?? outputOf(execution, source)[0]?.json['id'];
	return typeof id === 'string' ? id : undefined;
}

/** Returns the execution that submitted a job. */
export const submitterOf = (executions: readonly Execution[], id: string) =>
	executions.find((execution) => outputOf(execution, NODES.submit).some(({ json }) => json['id'] === id));

/** Counts the node runs in these executions. */
export const nodeRunsIn = (executions: readonly Execution[]): number =>
	executions.flatMap(({ runs }) => Object.values(runs)).reduce((sum, runs) => sum + runs.length, 0);

export const allSettled = (executions: readonly Execution[]): boolean => executions.every(isSettled);
