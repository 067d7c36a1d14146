import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../../sandbox';
import { SeededRandom } from '../../../sandbox/core/random';
import type { Credential, ExecutionSummary, N8nClient } from '../../n8n';
import { JobWatch, type SubmittedJob } from './jobs';
import type { Observer } from './observer';
import type { ChainedOptions } from './options';
import { nameOf, type Scenario } from './scenarios';
import { type Result, resultOf } from './result';
import { type ChainedWorkflow, createChainedWorkflow, PLACES } from './workflow';

/** Everything a scenario works with. */
export interface Testbed {
	options: ChainedOptions;
	sandbox: Sandbox;
	observer: Observer;
	client: N8nClient;
	n8nUrl: string;
	credential: Credential;
	say(line: string): void;
}

/** Seconds between the two callbacks of a batch, or of a job whose callback is repeated. */
const GAP_SECONDS = 0.3;
/** Seconds that the jobs of the next node take: longer than any callback of the first is on its way. */
const NEXT_JOB_SECONDS = 4;
/** No job ends by itself: the driver decides. */
const ENDLESS_SECONDS = 3600;
/** How long the service takes to answer a fetch, in seconds. Each is as likely as the others. */
const FETCH_SECONDS = [0.05, 0.1, 0.15, 0.2, 0.25];
/** After this time the first node has sent the message to its own execution, in ms. */
const AFTER_SELF_MESSAGE_MS = 1_500;
/** When the only callback comes, in seconds after the submit: around the message, which is sent one second after it. */
const AROUND_SELF_MESSAGE = { from: 0.75, to: 1.25 };
const POLL_MS = 40;
const RUN_LIMIT_MS = 180_000;
const SETTLE_LIMIT_MS = 120_000;

/** Runs one scenario `count` times and counts what happened. */
export async function runScenario(scenario: Scenario, testbed: Testbed): Promise<Result> {
	const { options, sandbox, observer, client, credential, say } = testbed;
	sandbox.reset();
	sandbox.configure({ queuedSeconds: 0, processingSeconds: ENDLESS_SECONDS });
	planResponseTimes(sandbox);
	const sample = sandbox.samples.list().find(({ file }) => file.endsWith('.wav'));
	const chained = await createChainedWorkflow({
		client,
		scenario,
		credential,
		observerUrl: observer.url,
		audioUrl: `${sandbox.origin}/samples/${sample?.file}`,
	});
	const driver = new Driver(scenario, testbed, chained);
	const watching = driver.watch();
	const prefix = `${nameOf(scenario).replaceAll(':', '-')}-${Date.now()}`;
	let started = 0;
	const lane = async () => {
		for (let index = started++; index < options.count; index = started++) {
			await driver.run(`${prefix}-${index}`);
			if ((index + 1) % 20 === 0) say(`${nameOf(scenario)}: ${index + 1} of ${options.count}`);
		}
	};
	await Promise.all(Array.from({ length: options.concurrency }, lane));
	const executions = await driver.settled();
	driver.stop();
	await watching;
	await client.unpublish(chained.workflow.id);
	const visits = observer.visits.filter(({ run }) => run.startsWith(`${prefix}-`));
	return resultOf({ scenario, count: options.count, visits, jobs: driver.jobs.all, executions });
}

/** One in `n` for the first fault, one in `n - 1` of what is left for the second, and so on: each is as likely as the others. */
function planResponseTimes(sandbox: Sandbox): void {
	for (const [index, seconds] of FETCH_SECONDS.entries()) {
		const probability = 1 / (FETCH_SECONDS.length - index);
		sandbox.httpFaults.add({ kind: 'slow', seconds, probability, match: { method: 'GET', path: '/v2/transcript/*' } });
	}
}

/** Starts executions and ends their jobs so that callbacks come as the scenario says. */
class Driver {
	readonly jobs: JobWatch;

	private readonly random: SeededRandom;

	private readonly over = new AbortController();

	/** Jobs of the first node that were not ended yet, by execution and round. */
	private readonly pending = new Map<string, SubmittedJob[]>();

	constructor(
		private readonly scenario: Scenario,
		private readonly testbed: Testbed,
		private readonly chained: ChainedWorkflow,
	) {
		this.jobs = new JobWatch(testbed.sandbox);
		this.random = new SeededRandom(testbed.options.seed);
	}

	/** Ends jobs until `stop`. */
	async watch(): Promise<void> {
		while (!this.over.signal.aborted) {
			for (const submitted of await this.jobs.next()) this.plan(submitted);
			await sleep(POLL_MS);
		}
	}

	stop(): void {
		this.over.abort();
	}

	private plan(submitted: SubmittedJob): void {
		const { sandbox } = this.testbed;
		const { job, node, run, round } = submitted;
		if (node === 'next') {
			sandbox.jobs.finishIn(job.id, NEXT_JOB_SECONDS);
			return;
		}
		const key = `${run} ${this.scenario.trigger === 'batch' ? '' : round}`;
		const jobs = [...(this.pending.get(key) ?? []), submitted];
		this.pending.set(key, jobs);
		if (this.scenario.trigger !== 'batch' || jobs.length === 2) {
			void this.end(jobs).catch((error: Error) => this.testbed.say(`${run}: ${error.message}`));
		}
	}

	private async end(jobs: readonly SubmittedJob[]): Promise<void> {
		const { sandbox } = this.testbed;
		if (this.scenario.trigger === 'selfMessage') {
			const { from, to } = AROUND_SELF_MESSAGE;
			for (const { job } of jobs) {
				const elapsed = (Date.now() - job.createdAt.getTime()) / 1000;
				sandbox.jobs.finishIn(job.id, Math.max(0, from + this.random.next() * (to - from) - elapsed));
			}
			return;
		}
		await sleep(2 * AFTER_SELF_MESSAGE_MS + this.random.next() * 500);
		const gapSeconds = this.scenario.trigger === 'simultaneous' ? 0 : GAP_SECONDS;
		for (const [index, { job }] of jobs.entries()) {
			if (this.scenario.trigger !== 'batch') sandbox.callbacks.addFault({ kind: 'doubled', copies: 2, gapSeconds, match: { jobId: job.id } });
			sandbox.jobs.finishIn(job.id, index * GAP_SECONDS);
		}
	}

	/** Starts one execution and waits until it has reached its end, or the limit. */
	async run(run: string): Promise<void> {
		const { n8nUrl, say } = this.testbed;
		const answer = await fetch(`${n8nUrl}/webhook/${this.chained.startPath}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ run }),
		});
		if (!answer.ok) throw new Error(`n8n answered the start of an execution with ${answer.status}: ${await answer.text()}`);
		const until = Date.now() + RUN_LIMIT_MS;
		const isOver = () => Date.now() > until;
		while (!this.hasVisited(run, PLACES.afterNext) && !isOver()) {
			await sleep(POLL_MS);
		}
		if (isOver()) say(`${run} hasn't ended after ${RUN_LIMIT_MS / 1000} s`);
	}

	private hasVisited(run: string, place: string): boolean {
		return this.testbed.observer.visits.some((visit) => visit.run === run && visit.place === place);
	}

	/** Waits until no execution and no callback is under way, or the limit. @returns all executions */
	async settled(): Promise<ExecutionSummary[]> {
		const { client, sandbox, say } = this.testbed;
		const { id } = this.chained.workflow;
		const until = Date.now() + SETTLE_LIMIT_MS;
		for (let quiet = 0; quiet < 3 && Date.now() < until; ) {
			await sleep(1_000);
			const open = await openExecutions(client, id);
			const sending = sandbox.callbacks.deliveries().filter(({ state }) => state === 'sending').length;
			quiet = open === 0 && sending === 0 ? quiet + 1 : 0;
		}
		const open = await openExecutions(client, id);
		if (open > 0) say(`${open} executions are still running or waiting`);
		const ended: ExecutionSummary[] = [];
		for await (const execution of client.everyExecution(id)) ended.push(execution);
		return ended;
	}
}

async function openExecutions({ session }: N8nClient, workflowId: string): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['running', 'waiting', 'new'] }));
	const { results } = await session.rest<{ results: unknown[] }>('GET', `/executions?limit=100&filter=${filter}`);
	return results.length;
}
