import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../../sandbox';
import { isSettled, outputOf, type Execution, type ExecutionSummary } from '../n8n';
import { NODES } from './canvases';
import type { House } from './house';
import { arrivalsIn, executionsOf, handIn, jobsOf, requestsOf, submitted, submitterOf, until, within } from './jobs';
import type { Way } from './way';
import { createWay, POLL_SECONDS } from './ways';

/** The ways that differ when something goes wrong. */
export const FAILING_WAYS = ['polling', 'trigger', 'wait'] as const;

type FailingWay = (typeof FAILING_WAYS)[number];

/** What happened on each way when something went wrong. */
export interface Failure {
	what: string;
	outcomes: Record<FailingWay, string>;
}

/** Long enough for the First Look of Submit and Wait to be over, and its execution parked. */
const UNTIL_PARKED_MS = 8_000;
/** How long the polling is watched when it does not end by itself. */
const WATCHED_MS = 5 * POLL_SECONDS * 1000;
const LIMIT_MS = 2 * POLL_SECONDS * 1000;

/** Lets things go wrong, one after the other, with a job on each way. */
export async function provokeFailures(house: House): Promise<Failure[]> {
	const failures: Failure[] = [];
	for (const [what, provoke] of CASES) {
		house.say(`${what} …`);
		const failure = { what, outcomes: await provoke(house) };
		house.say(JSON.stringify(failure.outcomes));
		failures.push(failure);
	}
	return failures;
}

type Provoke = (house: House) => Promise<Record<FailingWay, string>>;

const CASES: ReadonlyArray<[what: string, provoke: Provoke]> = [
	['The job fails at the service', jobFails],
	['The service answers 500, once, when it is asked for the job', readRefused],
	['The service answers 429, once, to the submit', async (house) => await submitRefused(house, 429)],
	['The service answers 500, once, to the submit', async (house) => await submitRefused(house, 500)],
	['The callback comes twice', callbackDoubled],
	['The callback is lost', callbackLost],
	['n8n is restarted while the job is under way', restarted],
];

/** Does the same on each way at the same time. */
async function onEach(house: House, work: (way: Way) => Promise<string>): Promise<Record<FailingWay, string>> {
	const outcomes = await Promise.all(FAILING_WAYS.map(async (name) => [name, await work(house.ways[name])] as const));
	return Object.fromEntries(outcomes) as Record<FailingWay, string>;
}

/** One after the other: what is planned for the next job must not hit another way's. */
async function onEachInTurn(house: House, work: (way: Way) => Promise<string>): Promise<Record<FailingWay, string>> {
	const outcomes: Partial<Record<FailingWay, string>> = {};
	for (const name of FAILING_WAYS) outcomes[name] = await work(house.ways[name]);
	return outcomes as Record<FailingWay, string>;
}

async function jobFails(house: House): Promise<Record<FailingWay, string>> {
	return await onEachInTurn(house, async (way) => {
		house.sandbox.jobs.failNext('Transcoding failed.', 1);
		const job = await submitted(house, way);
		await sleep(UNTIL_PARKED_MS);
		house.sandbox.jobs.finishIn(job.id, 1);
		await house.sandbox.jobs.finished(job.id);
		const before = requestsOf(house, way);
		const fate = await fateOf(house, way, job, way.name === 'polling' ? WATCHED_MS : LIMIT_MS);
		if (fate !== undefined) return fate;
		const asked = requestsOf(house, way) - before;
		const execution = await latestOf(house, way);
		await house.client.stopExecution(execution.id);
		return `asks on: ${asked} more requests in ${WATCHED_MS / 1000} s, the execution still *${execution.status}*; it was stopped by hand`;
	});
}

async function readRefused(house: House): Promise<Record<FailingWay, string>> {
	return await onEach(house, async (way) => {
		const job = await submitted(house, way);
		await sleep(UNTIL_PARKED_MS);
		house.sandbox.httpFaults.add({ kind: 'status', status: 500, next: 1, match: { method: 'GET', path: `/v2/transcript/${job.id}` } });
		house.sandbox.jobs.finishIn(job.id, 1);
		return (await fateOf(house, way, job, LIMIT_MS)) ?? 'nothing arrived';
	});
}

async function submitRefused(house: House, status: number): Promise<Record<FailingWay, string>> {
	return await onEachInTurn(house, async (way) => {
		const earlier = new Set((await house.client.listExecutions(way.workflowId)).map(({ id }) => id));
		const jobs = jobsOf(house, way).length;
		house.sandbox.httpFaults.add({ kind: 'status', status, next: 1, match: { method: 'POST', path: '/v2/transcript' } });
		await handIn(house, way);
		const found = await until(60_000, async () => {
			const job = jobsOf(house, way)[jobs];
			if (job) return job;
			const failed = (await house.client.listExecutions(way.workflowId)).find(({ id, status: state }) => !earlier.has(id) && state === 'error');
			return failed && (await house.client.getExecution(failed.id));
		});
		if (!('runs' in found)) {
			house.sandbox.jobs.finishIn(found.id, 1);
			const fate = await fateOf(house, way, found, LIMIT_MS);
			return `submits again after the pause the service asks for; ${fate ?? 'nothing arrived'}`;
		}
		return `execution failed at “${found.lastNodeExecuted}”, no job`;
	});
}

async function callbackDoubled(house: House): Promise<Record<FailingWay, string>> {
	return await onEach(house, async (way) => {
		const job = await submitted(house, way);
		house.sandbox.callbacks.addFault({ kind: 'doubled', copies: 2, match: { jobId: job.id } });
		await sleep(UNTIL_PARKED_MS);
		house.sandbox.jobs.finishIn(job.id, 1);
		const fate = await fateOf(house, way, job, LIMIT_MS);
		if (way.name === 'polling') return 'has none';
		// The copy is handled within this time, if at all.
		await sleep(5_000);
		const times = arrivalsIn(await executionsOf(house, way), way).get(job.id)?.length ?? 0;
		return fate === undefined ? 'nothing arrived' : times === 1 ? 'arrived once' : `arrived ${times} times`;
	});
}

async function callbackLost(house: House): Promise<Record<FailingWay, string>> {
	// With the shortest deadline there is, so that it can be awaited.
	const short = await createWay(house, 'wait', 1);
	return await onEach(house, async (usual) => {
		const way = usual.name === 'wait' ? short : usual;
		const job = await submitted(house, way);
		house.sandbox.callbacks.addFault({ kind: 'lost', match: { jobId: job.id } });
		await sleep(UNTIL_PARKED_MS);
		house.sandbox.jobs.finishIn(job.id, 1);
		await house.sandbox.jobs.finished(job.id);
		if (way.name === 'polling') return `has none, ${(await fateOf(house, way, job, LIMIT_MS)) ?? 'nothing arrived'}`;
		if (way.name === 'wait') {
			const arrived = await fateOf(house, way, job, 4 * 60_000);
			const [item] = outputOf(submitterOf(await executionsOf(house, way), job.id)!, NODES.next);
			return `goes on at its deadline (1 minute here), with the ID and ${item?.json['timedOut'] === true ? '`timedOut`' : 'the text'}${arrived === undefined ? ': not within four minutes' : ''}`;
		}
		await sleep(5_000);
		const early = arrivalsIn(await executionsOf(house, way), way).has(job.id);
		const before = requestsOf(house, way);
		await fetch(`${house.n8n.url}/webhook/${way.recoverPath}`, { method: 'POST' });
		const cost = requestsOf(house, way) - before;
		const recovered = arrivalsIn(await executionsOf(house, way), way, NODES.recovered).get(job.id)?.length ?? 0;
		return `${early ? 'arrived all the same' : 'nothing arrived'}; ${recovered === 1 ? 'the next run of Recover Missed brought it' : `Recover Missed brought it ${recovered} times`} (${cost} requests)`;
	});
}

async function restarted(house: House): Promise<Record<FailingWay, string>> {
	const jobs = new Map<string, Job>();
	for (const name of FAILING_WAYS) jobs.set(name, await submitted(house, house.ways[name]));
	await sleep(UNTIL_PARKED_MS);
	await house.n8n.restart();
	await house.client.signIn();
	for (const job of jobs.values()) house.sandbox.jobs.finishIn(job.id, 2);
	return await onEach(house, async (way) => {
		const job = jobs.get(way.name)!;
		const fate = await fateOf(house, way, job, LIMIT_MS);
		return fate ?? `nothing arrived within ${LIMIT_MS / 1000} s; the execution is *${(await latestOf(house, way)).status}*`;
	});
}

/**
 * Waits until it is decided what becomes of a job.
 * @returns undefined where nothing is after `timeoutMs`
 */
async function fateOf(house: House, way: Way, job: Job, timeoutMs: number): Promise<string | undefined> {
	return await within(timeoutMs, async () => {
		const executions = await executionsOf(house, way);
		if (arrivalsIn(executions, way).has(job.id)) return arrivedIn(executions, job.id);
		const failed = executions.flatMap((execution) => outputOf(execution, NODES.failed)).find(({ json }) => json['id'] === job.id);
		if (failed) return `left by the output Failed, with the reason: “${String(failed.json['errorMessage'])}”`;
		const submitter = submitterOf(executions, job.id);
		const stopped = [submitter, ...executions].find((execution) => execution && isSettled(execution) && execution.status !== 'success' && mentions(execution, job.id));
		return stopped && `execution ended as *${stopped.status}*${stopped.lastNodeExecuted ? ` at “${stopped.lastNodeExecuted}”` : ''}; nothing arrived`;
	});
}

function arrivedIn(executions: readonly Execution[], id: string): string {
	const failed = executions.flatMap((execution) => outputOf(execution, NODES.next)).find(({ json }) => json['id'] === id && json['status'] === 'failed');
	return failed ? `left as an item with status \`failed\` and the reason: “${String(failed.json['errorMessage'])}”` : 'arrived';
}

/** n8n keeps no data of an execution that runs: which job it is about, cannot be told from it. */
async function latestOf({ client }: House, { workflowId }: Way): Promise<ExecutionSummary> {
	const latest = (await client.listExecutions(workflowId)).at(-1);
	if (!latest) throw new Error(`The workflow ${workflowId} has no executions`);
	return latest;
}

const mentions = (execution: object, id: string): boolean => JSON.stringify(execution).includes(id);
