import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../../sandbox';
import { isSettled, outputOf, type Execution } from '../n8n';
import { NODES } from './canvases';
import type { Site } from './site';
import type { Way } from './way';

const LOOK_MS = 100;
const RECORDING = 'thank-you.wav';

/** Hands a recording to a way. */
export async function handIn({ n8n, sandbox }: Pick<Site, 'n8n' | 'sandbox'>, { startPath }: Way): Promise<void> {
	const answer = await fetch(`${n8n.url}/webhook/${startPath}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ audioUrl: `${sandbox.origin}/samples/${RECORDING}` }),
	});
	if (!answer.ok) throw new Error(`n8n did not take the recording: ${answer.status} ${await answer.text()}`);
}

/** The jobs of a way at the service, oldest first. */
export const jobsOf = ({ sandbox }: Site, { account }: Way): Job[] => sandbox.jobs.list().filter((job) => job.account === account.name);

/** Hands a recording in and waits until the service has the job. @throws when it has none after a minute */
export async function submitted(site: Site, way: Way): Promise<Job> {
	const before = jobsOf(site, way).length;
	await handIn(site, way);
	return await until(60_000, () => jobsOf(site, way)[before]);
}

/** Asks until there is an answer. @throws after `timeoutMs` */
export async function until<T>(timeoutMs: number, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
	const found = await within(timeoutMs, ask);
	if (found === undefined) throw new Error(`Nothing came within ${timeoutMs / 1000} s`);
	return found;
}

/** Asks until there is an answer. @returns undefined where there is none after `timeoutMs` */
export async function within<T>(timeoutMs: number, ask: () => T | undefined | Promise<T | undefined>): Promise<T | undefined> {
	const limit = Date.now() + timeoutMs;
	for (;;) {
		const found = await ask();
		if (found !== undefined || Date.now() > limit) return found;
		await sleep(LOOK_MS);
	}
}

/** How many requests the service got from a way, uploads and submits included. */
export function requestsOf({ sandbox }: Site, { account }: Way): number {
	return sandbox.requests.list().filter((request) => request.account === account.name).length;
}

/** All executions of a way, those that run or wait included. */
export async function executionsOf({ client }: Site, { workflowId }: Way): Promise<Execution[]> {
	const all = await client.listExecutions(workflowId);
	return await Promise.all(all.map(async ({ id }) => await client.getExecution(id)));
}

/** When the nodes that get the transcript began, by job, in ms of Unix time; several times where it came several times. */
export function arrivalsIn(executions: readonly Execution[], way: Way, node: string = NODES.next): Map<string, number[]> {
	const arrivals = new Map<string, number[]>();
	for (const execution of executions) {
		const run = execution.runs[node]?.at(-1);
		const id = run && idIn(execution, way, node);
		if (run && id !== undefined) arrivals.set(id, [...(arrivals.get(id) ?? []), run.startTime]);
	}
	return arrivals;
}

function idIn(execution: Execution, { idIn: source }: Way, node: string): string | undefined {
	// What comes behind our nodes still names the job; what comes behind the Code node does not.
	const [item] = outputOf(execution, node);
	const id = item?.json['id'] ?? outputOf(execution, source)[0]?.json['id'];
	return typeof id === 'string' ? id : undefined;
}

/** The execution that submitted a job. */
export const submitterOf = (executions: readonly Execution[], id: string) =>
	executions.find((execution) => outputOf(execution, NODES.submit).some(({ json }) => json['id'] === id));

/** How many runs of nodes there were. */
export const nodeRunsIn = (executions: readonly Execution[]): number =>
	executions.flatMap(({ runs }) => Object.values(runs)).reduce((sum, runs) => sum + runs.length, 0);

export const allSettled = (executions: readonly Execution[]): boolean => executions.every(isSettled);
