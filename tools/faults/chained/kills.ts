import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '../../../sandbox/core/random';
import { attempt } from '../driver';
import type { KillableN8n, Victim } from '../n8nInstance';
import { startAgain } from '../kills';
import { loggedJobIds } from '../observations';
import { JobWatch, type SubmittedJob } from './jobs';
import { type KillResult, killResultOf, type Moment } from './killResult';
import { countOf } from './options';
import { recoverMissed } from './recovery';
import type { Scenario } from './scenarios';
import { countOpenExecutions, ENDLESS_SECONDS, type Testbed } from './testbed';
import { type ChainedWorkflow, createChainedWorkflow } from './workflow';

interface Settings {
	initialPollSeconds: number;
	/** Time between the starts of executions. With a shorter time, two cores couldn't keep up in queue mode, and batches would end at their deadline. */
	paceMs: number;
	/** When a job ends, in seconds after the submit. */
	jobSeconds: { from: number; to: number };
	/** When to kill, in ms after the last submit of an execution. */
	killMs: { from: number; to: number };
}

const MOMENTS: Record<Moment, Settings> = {
	initialPoll: {
		initialPollSeconds: 20,
		paceMs: 5_000,
		jobSeconds: { from: 12, to: 30 },
		killMs: { from: 1_000, to: 8_000 },
	},
	pausing: { initialPollSeconds: 0, paceMs: 6_000, jobSeconds: { from: 1, to: 6 }, killMs: { from: 0, to: 300 } },
};
const ITEMS = 3;
/** Time between a restart and the next kill. */
const PAUSE_MS = 15_000;
/** How long to wait for an execution to reach the moment of the kill. */
const MOMENT_LIMIT_MS = 120_000;
const POLL_MS = 20;
/** Callbacks that n8n refused while starting aren't repeated, so executions continue at the deadline. n8n detects crashed executions within minutes. */
const SETTLE_LIMIT_MS = 600_000;
/** Wait at Most, in minutes. */
const DEADLINE = { deadline: 'afterTime', deadlineAmount: 2, deadlineUnit: 'minutes' };

/** A kill that was carried out. */
interface KillRecord {
	victim: string;
	moment: Moment;
	/** The node whose submits had just been answered. */
	node: 'first' | 'next';
	/** False if no execution reached the moment within the time limit, and n8n was killed anyway. */
	isMet: boolean;
	/** Seconds since the start of the run. */
	after: number;
	/** Executions with unfinished jobs, at either node. */
	underWay: number;
}

export interface Killed {
	results: KillResult[];
	killRecords: KillRecord[];
}

/** Kills each victim `kills` times at each moment, recovers what crashed, and counts the outcomes. */
export async function runKills(
	scenario: Scenario,
	testbed: Testbed,
	n8nInstance: KillableN8n,
	kills: number,
): Promise<Killed> {
	const { sandbox, observer, client, credential, options, say } = testbed;
	const begunAt = Date.now();
	const random = new SeededRandom(options.seed);
	sandbox.reset();
	sandbox.configure({ queuedSeconds: 0, processingSeconds: ENDLESS_SECONDS });
	sandbox.callbacks.addFault({ kind: 'doubled', copies: 2, gapSeconds: 0.3, probability: 1 });
	const sample = sandbox.samples.list().find(({ file }) => file.endsWith('.wav'));
	const parts = {
		client,
		scenario,
		credential,
		observerUrl: observer.url,
		audioUrl: `${sandbox.origin}/samples/${sample?.file}`,
	};
	const watch = new JobWatch(sandbox);
	const killRecords: KillRecord[] = [];
	const workflows = new Map<Moment, ChainedWorkflow>();
	const over = new AbortController();
	const between = ({ from, to }: { from: number; to: number }) => from + random.next() * (to - from);
	const ending = (async () => {
		while (!over.signal.aborted) {
			for (const { job, run } of await watch.next())
				sandbox.jobs.finishIn(job.id, between(MOMENTS[momentOf(run)].jobSeconds));
			await sleep(POLL_MS);
		}
	})();
	const victims = Array.from({ length: kills }, () => victimsOf(n8nInstance)).flat();
	for (const moment of Object.keys(MOMENTS) as Moment[]) {
		const settings = MOMENTS[moment];
		const chained = await createChainedWorkflow({
			...parts,
			items: ITEMS,
			initialPollSeconds: settings.initialPollSeconds,
			deadline: DEADLINE,
		});
		workflows.set(moment, chained);
		const killing = new AbortController();
		const starting = startContinuously(moment, chained, testbed, killing.signal);
		try {
			for (const [index, victim] of victims.entries()) {
				await sleep(PAUSE_MS);
				const node = index % 2 === 0 ? 'first' : 'next';
				const isMet = await waitForSubmits(watch, moment, node);
				await sleep(between(settings.killMs));
				const underWay = new Set(watch.all.filter(({ job }) => job.finishedAt === null).map(({ run }) => run)).size;
				killRecords.push({ victim: victim.name, moment, node, isMet, after: (Date.now() - begunAt) / 1000, underWay });
				await victim.kill();
				say(`killed ${victim.name}: ${moment} of the ${node} node, ${underWay} executions with unfinished jobs`);
				await sleep(1_000);
				await startAgain(victim);
			}
		} finally {
			killing.abort();
			await starting;
		}
	}
	const ids = [...workflows.values()].map(({ workflow }) => workflow.id);
	await settled(testbed, ids);
	over.abort();
	await ending;
	const recovered = await recoverMissed(testbed);
	const logged = loggedJobIds(n8nInstance.n8n.userFolder);
	const results: KillResult[] = [];
	for (const [moment, { workflow }] of workflows) {
		const ours = ({ run }: { run: string }) => momentOf(run) === moment;
		const statuses: string[] = [];
		for await (const { status } of client.everyExecution(workflow.id)) statuses.push(status);
		statuses.push(...Array<string>(await countOpenExecutions(client, workflow.id)).fill('open'));
		results.push(
			killResultOf({
				moment,
				kills: killRecords.filter((record) => record.moment === moment).length,
				statuses,
				jobs: watch.all.filter(ours),
				visits: observer.visits.filter(ours),
				recovered,
				logged,
			}),
		);
		await client.unpublish(workflow.id);
	}
	return { results, killRecords };
}

const momentOf = (run: string) => run.split('-')[0] as Moment;

/** In queue mode: a worker, both workers, and a webhook processor. */
function victimsOf({ victims, workers }: KillableN8n): Victim[] {
	const named = (name: string) => victims.filter((victim) => victim.name === name);
	return victims.length === 1 ? [...victims] : [...named('worker 1'), workers, ...named('webhook processor 1')];
}

/** Starts at least as many executions as the options require, and continues until `enough`. A refused start isn't repeated. */
async function startContinuously(
	moment: Moment,
	{ startPath }: ChainedWorkflow,
	{ n8nUrl, options }: Testbed,
	enough: AbortSignal,
): Promise<void> {
	const least = countOf({ trigger: 'killed', first: 'submitAndWait', next: 'submitAndWait' }, options);
	const starts: Array<Promise<unknown>> = [];
	for (let index = 0; index < least || !enough.aborted; index++) {
		starts.push(attempt(`${n8nUrl}/webhook/${startPath}`, { run: `${moment}-${index}` }));
		await sleep(MOMENTS[moment].paceMs);
	}
	await Promise.all(starts);
}

/** Waits until a node of one more execution has submitted all its jobs. @returns false at the time limit */
async function waitForSubmits(watch: JobWatch, moment: Moment, node: SubmittedJob['node']): Promise<boolean> {
	const complete = () => {
		const counts = new Map<string, number>();
		for (const one of watch.all)
			if (one.node === node && momentOf(one.run) === moment) counts.set(one.run, (counts.get(one.run) ?? 0) + 1);
		return [...counts.values()].filter((count) => count >= ITEMS).length;
	};
	const before = complete();
	const until = Date.now() + MOMENT_LIMIT_MS;
	while (complete() === before && Date.now() < until) await sleep(POLL_MS);
	return complete() > before;
}

async function settled({ client, sandbox, say }: Testbed, workflowIds: readonly string[]): Promise<void> {
	const until = Date.now() + SETTLE_LIMIT_MS;
	const open = async () =>
		(await Promise.all(workflowIds.map(async (id) => await countOpenExecutions(client, id)))).reduce(
			(sum, one) => sum + one,
			0,
		);
	for (let left = await open(), rounds = 0; left > 0 && Date.now() < until; left = await open()) {
		if (rounds++ % 10 === 0) say(`${left} executions are still running or waiting`);
		await sleep(3_000);
	}
	const stopped = AbortSignal.timeout(60_000);
	while (!stopped.aborted && sandbox.callbacks.deliveries().some(({ state }) => state === 'sending')) await sleep(500);
}
