import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../../sandbox';
import { isSettled, outputOf, type Execution, type ExecutionSummary } from '../n8n';
import { NODES } from './canvases';
import type { ComparisonTestbed } from './comparisonTestbed';
import {
	arrivalsIn,
	executionsOf,
	submitRecording,
	jobsOf,
	requestsOf,
	submitJob,
	submitterOf,
	waitFor,
	pollFor,
} from './jobs';
import type { Approach } from './approach';
import { createApproach, POLL_SECONDS } from './approaches';

/** The approaches that behave differently when something goes wrong. */
export const FAILING_APPROACHES = ['polling', 'trigger', 'wait'] as const;

type FailingApproach = (typeof FAILING_APPROACHES)[number];

/** The outcome of one kind of failure for each approach. */
export interface Failure {
	title: string;
	outcomes: Record<FailingApproach, string>;
}

/** Long enough for Initial Poll of Submit and Wait to end, and for its execution to be paused. */
const UNTIL_PAUSED_MS = 8_000;
/** How long to watch polling if it doesn't stop. */
const WATCHED_MS = 5 * POLL_SECONDS * 1000;
const LIMIT_MS = 2 * POLL_SECONDS * 1000;

/** Causes the failures one after the other, with one job per approach. */
export async function provokeFailures(testbed: ComparisonTestbed): Promise<Failure[]> {
	const failures: Failure[] = [];
	for (const [title, provoke] of CASES) {
		testbed.say(`${title} …`);
		const failure = { title, outcomes: await provoke(testbed) };
		testbed.say(JSON.stringify(failure.outcomes));
		failures.push(failure);
	}
	return failures;
}

type Provoke = (testbed: ComparisonTestbed) => Promise<Record<FailingApproach, string>>;

const CASES: ReadonlyArray<[title: string, provoke: Provoke]> = [
	['The job fails at the service', jobFails],
	['A request for the job fails once with 500', readRefused],
	['The submit fails once with 429', async (testbed) => await submitRefused(testbed, 429)],
	['The submit fails once with 500', async (testbed) => await submitRefused(testbed, 500)],
	['The callback arrives twice', callbackRepeated],
	['The callback is lost', callbackLost],
	['n8n is restarted during the job', restarted],
];

/** Runs `work` for all approaches concurrently. */
async function onEach(
	testbed: ComparisonTestbed,
	work: (approach: Approach) => Promise<string>,
): Promise<Record<FailingApproach, string>> {
	const outcomes = await Promise.all(
		FAILING_APPROACHES.map(async (name) => [name, await work(testbed.approaches[name])] as const),
	);
	return Object.fromEntries(outcomes) as Record<FailingApproach, string>;
}

/** Runs `work` for one approach at a time, so that a fault planned for the next job can't affect another approach. */
async function onEachInTurn(
	testbed: ComparisonTestbed,
	work: (approach: Approach) => Promise<string>,
): Promise<Record<FailingApproach, string>> {
	const outcomes: Partial<Record<FailingApproach, string>> = {};
	for (const name of FAILING_APPROACHES) outcomes[name] = await work(testbed.approaches[name]);
	return outcomes as Record<FailingApproach, string>;
}

async function jobFails(testbed: ComparisonTestbed): Promise<Record<FailingApproach, string>> {
	return await onEachInTurn(testbed, async (approach) => {
		testbed.sandbox.jobs.failNext('Transcoding failed.', 1);
		const job = await submitJob(testbed, approach);
		await sleep(UNTIL_PAUSED_MS);
		testbed.sandbox.jobs.finishIn(job.id, 1);
		await testbed.sandbox.jobs.finished(job.id);
		const before = requestsOf(testbed, approach);
		const outcome = await outcomeOf(testbed, approach, job, approach.name === 'polling' ? WATCHED_MS : LIMIT_MS);
		if (outcome !== undefined) return outcome;
		const asked = requestsOf(testbed, approach) - before;
		const execution = await latestOf(testbed, approach);
		await testbed.client.stopExecution(execution.id);
		return `continues polling: ${asked} more requests in ${WATCHED_MS / 1000} s, the execution was still *${execution.status}* and was stopped manually`;
	});
}

async function readRefused(testbed: ComparisonTestbed): Promise<Record<FailingApproach, string>> {
	return await onEach(testbed, async (approach) => {
		const job = await submitJob(testbed, approach);
		await sleep(UNTIL_PAUSED_MS);
		testbed.sandbox.httpFaults.add({
			kind: 'status',
			status: 500,
			next: 1,
			match: { method: 'GET', path: `/v2/transcript/${job.id}` },
		});
		testbed.sandbox.jobs.finishIn(job.id, 1);
		return (await outcomeOf(testbed, approach, job, LIMIT_MS)) ?? 'nothing arrived';
	});
}

async function submitRefused(testbed: ComparisonTestbed, status: number): Promise<Record<FailingApproach, string>> {
	return await onEachInTurn(testbed, async (approach) => {
		const earlier = new Set((await testbed.client.listExecutions(approach.workflowId)).map(({ id }) => id));
		const jobs = jobsOf(testbed, approach).length;
		testbed.sandbox.httpFaults.add({
			kind: 'status',
			status,
			next: 1,
			match: { method: 'POST', path: '/v2/transcript' },
		});
		await submitRecording(testbed, approach);
		const found = await waitFor(60_000, async () => {
			const job = jobsOf(testbed, approach)[jobs];
			if (job) return job;
			const failed = (await testbed.client.listExecutions(approach.workflowId)).find(
				({ id, status: state }) => !earlier.has(id) && state === 'error',
			);
			return failed && (await testbed.client.getExecution(failed.id));
		});
		if (!('runs' in found)) {
			testbed.sandbox.jobs.finishIn(found.id, 1);
			const outcome = await outcomeOf(testbed, approach, found, LIMIT_MS);
			return `submits again after the pause that the service requests; ${outcome ?? 'nothing arrived'}`;
		}
		return `execution failed at “${found.lastNodeExecuted}”, no job was created`;
	});
}

async function callbackRepeated(testbed: ComparisonTestbed): Promise<Record<FailingApproach, string>> {
	return await onEach(testbed, async (approach) => {
		const job = await submitJob(testbed, approach);
		testbed.sandbox.callbacks.addFault({ kind: 'doubled', copies: 2, match: { jobId: job.id } });
		await sleep(UNTIL_PAUSED_MS);
		testbed.sandbox.jobs.finishIn(job.id, 1);
		const outcome = await outcomeOf(testbed, approach, job, LIMIT_MS);
		if (approach.name === 'polling') return 'uses no callback';
		// If the copy is processed at all, it is processed within this time.
		await sleep(5_000);
		const times = arrivalsIn(await executionsOf(testbed, approach), approach).get(job.id)?.length ?? 0;
		return outcome === undefined ? 'nothing arrived' : times === 1 ? 'arrived once' : `arrived ${times} times`;
	});
}

async function callbackLost(testbed: ComparisonTestbed): Promise<Record<FailingApproach, string>> {
	// Uses the shortest possible deadline.
	const short = await createApproach(testbed, 'wait', 1);
	return await onEach(testbed, async (usual) => {
		const approach = usual.name === 'wait' ? short : usual;
		const job = await submitJob(testbed, approach);
		testbed.sandbox.callbacks.addFault({ kind: 'lost', match: { jobId: job.id } });
		await sleep(UNTIL_PAUSED_MS);
		testbed.sandbox.jobs.finishIn(job.id, 1);
		await testbed.sandbox.jobs.finished(job.id);
		if (approach.name === 'polling')
			return `uses no callback, ${(await outcomeOf(testbed, approach, job, LIMIT_MS)) ?? 'nothing arrived'}`;
		if (approach.name === 'wait') {
			const arrived = await outcomeOf(testbed, approach, job, 4 * 60_000);
			const [item] = outputOf(submitterOf(await executionsOf(testbed, approach), job.id)!, NODES.next);
			return `continues at its deadline (1 minute here), with the ID and ${item?.json['timedOut'] === true ? '`timedOut`' : 'the text'}${arrived === undefined ? ', but not within four minutes' : ''}`;
		}
		await sleep(5_000);
		const early = arrivalsIn(await executionsOf(testbed, approach), approach).has(job.id);
		const before = requestsOf(testbed, approach);
		await fetch(`${testbed.n8n.url}/webhook/${approach.recoverPath}`, { method: 'POST' });
		const cost = requestsOf(testbed, approach) - before;
		const recovered =
			arrivalsIn(await executionsOf(testbed, approach), approach, NODES.recovered).get(job.id)?.length ?? 0;
		return `${early ? 'arrived anyway' : 'nothing arrived'}; ${recovered === 1 ? 'the next run of Recover Missed recovered it' : `Recover Missed recovered it ${recovered} times`} (${cost} requests)`;
	});
}

async function restarted(testbed: ComparisonTestbed): Promise<Record<FailingApproach, string>> {
	const jobs = new Map<string, Job>();
	for (const name of FAILING_APPROACHES) jobs.set(name, await submitJob(testbed, testbed.approaches[name]));
	await sleep(UNTIL_PAUSED_MS);
	await testbed.n8n.restart();
	await testbed.client.signIn();
	for (const job of jobs.values()) testbed.sandbox.jobs.finishIn(job.id, 2);
	return await onEach(testbed, async (approach) => {
		const job = jobs.get(approach.name)!;
		const outcome = await outcomeOf(testbed, approach, job, LIMIT_MS);
		return (
			outcome ??
			`nothing arrived within ${LIMIT_MS / 1000} s; the execution is *${(await latestOf(testbed, approach)).status}*`
		);
	});
}

/**
 * Waits for the outcome of a job.
 * @returns undefined if there is none after `timeoutMs`
 */
async function outcomeOf(
	testbed: ComparisonTestbed,
	approach: Approach,
	job: Job,
	timeoutMs: number,
): Promise<string | undefined> {
	return await pollFor(timeoutMs, async () => {
		const executions = await executionsOf(testbed, approach);
		if (arrivalsIn(executions, approach).has(job.id)) return arrivedIn(executions, job.id);
		const failed = executions
			.flatMap((execution) => outputOf(execution, NODES.failed))
			.find(({ json }) => json['id'] === job.id);
		if (failed) return `arrived at the Failed output with the reason “${String(failed.json['errorMessage'])}”`;
		const submitter = submitterOf(executions, job.id);
		const stopped = [submitter, ...executions].find(
			(execution) => execution && isSettled(execution) && execution.status !== 'success' && mentions(execution, job.id),
		);
		return (
			stopped &&
			`execution ended as *${stopped.status}*${stopped.lastNodeExecuted ? ` at “${stopped.lastNodeExecuted}”` : ''}; nothing arrived`
		);
	});
}

function arrivedIn(executions: readonly Execution[], id: string): string {
	const failed = executions
		.flatMap((execution) => outputOf(execution, NODES.next))
		.find(({ json }) => json['id'] === id && json['status'] === 'failed');
	return failed
		? `arrived as an item with status \`failed\` and the reason “${String(failed.json['errorMessage'])}”`
		: 'arrived';
}

/** n8n stores no data for a running execution, so its job can't be determined. This returns the latest execution instead. */
async function latestOf({ client }: ComparisonTestbed, { workflowId }: Approach): Promise<ExecutionSummary> {
	const latest = (await client.listExecutions(workflowId)).at(-1);
	if (!latest) throw new Error(`The workflow ${workflowId} has no executions`);
	return latest;
}

const mentions = (execution: object, id: string): boolean => JSON.stringify(execution).includes(id);
