import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '../../../sandbox/core/random';
import type { ExecutionSummary } from '../../n8n';
import { NOT_STARTED } from '../driver';
import { JobWatch, type SubmittedJob } from './jobs';
import type { Visit } from './observer';
import { countOf } from './options';
import { deadlineOffset, type Scenario } from './scenarios';
import { countOpenExecutions, type Testbed } from './testbed';
import { type ChainedWorkflow, PLACES } from './workflow';

/** Time between the two callbacks of a batch, or of a job whose callback is repeated. */
const GAP_SECONDS = 0.3;
/** The next node's jobs take longer than it takes to deliver any callback for the first node. */
const NEXT_JOB_SECONDS = 4;
/** The node has probed its own execution by this time. */
const PARKED_MS = 3_000;
/** When the only callback arrives, in seconds after the submit: around the node's own probe, which is sent after one second. */
const AROUND_SELF_MESSAGE = { from: 0.75, to: 1.25 };
/** n8n checks deadlines once a minute. */
const DEADLINE_MS = 90_000;
const POLL_MS = 40;
const RUN_LIMIT_MS = 240_000;
const SETTLE_LIMIT_MS = 180_000;

/** Starts executions and ends their jobs so that callbacks arrive as the scenario requires. */
export class Driver {
	readonly jobs: JobWatch;

	/** Executions that n8n couldn't start. They don't count as failures of the node. */
	notStarted = 0;

	private readonly random: SeededRandom;

	private readonly over = new AbortController();

	/** The first node's jobs, by execution and round. */
	private readonly groups = new Map<string, SubmittedJob[]>();

	/** The time at which the callback of an execution with a deadline arrives, as Unix time in ms. */
	private readonly callbackTimes = new Map<string, number>();

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
		const { sandbox, say } = this.testbed;
		const { job, node, run, round } = submitted;
		if (node === 'next') {
			sandbox.jobs.finishIn(job.id, NEXT_JOB_SECONDS);
			return;
		}
		const isBatch = this.scenario.trigger === 'batch';
		const key = isBatch ? run : `${run} ${round}`;
		const jobs = [...(this.groups.get(key) ?? []), submitted];
		this.groups.set(key, jobs);
		const ending = isBatch ? (jobs.length === 2 ? jobs : []) : [submitted];
		void this.end(ending).catch((error: Error) => say(`${run}: ${error.message}`));
	}

	private async end(jobs: readonly SubmittedJob[]): Promise<void> {
		const { sandbox } = this.testbed;
		const { trigger } = this.scenario;
		if (trigger === 'selfMessage' || trigger === 'deadline') {
			for (const { job, run } of jobs) {
				const { from, to } = AROUND_SELF_MESSAGE;
				const at =
					this.callbackTimes.get(run) ?? job.createdAt.getTime() + 1000 * (from + this.random.next() * (to - from));
				sandbox.jobs.finishIn(job.id, Math.max(0, (at - Date.now()) / 1000));
			}
			return;
		}
		await sleep(PARKED_MS + this.random.next() * 500);
		const gapSeconds = trigger === 'simultaneous' ? 0 : GAP_SECONDS;
		for (const [index, { job }] of jobs.entries()) {
			if (trigger !== 'batch')
				sandbox.callbacks.addFault({ kind: 'doubled', copies: 2, gapSeconds, match: { jobId: job.id } });
			sandbox.jobs.finishIn(job.id, index * GAP_SECONDS);
		}
	}

	/** Starts one execution and waits until it has passed the next node, or until the time limit. */
	async run(run: string, index: number): Promise<void> {
		const { say } = this.testbed;
		const until = Date.now() + RUN_LIMIT_MS;
		if (!(await this.start(run, index, until))) return;
		if (this.scenario.first === 'wait') await this.callFirst(run, until);
		if (this.scenario.next === 'waitWebhook') await this.callNext(run, until);
		if (!(await this.visit(run, PLACES.afterNext, until))) say(`${run} hasn't ended after ${RUN_LIMIT_MS / 1000} s`);
	}

	/** Retries if n8n definitely didn't start the execution. @returns whether n8n confirmed the start */
	private async start(run: string, index: number, until: number): Promise<boolean> {
		const { n8nUrl, options } = this.testbed;
		for (;;) {
			const deadline = Date.now() + DEADLINE_MS;
			const offset = deadlineOffset(index, countOf(this.scenario, options));
			if (this.scenario.trigger === 'deadline') this.callbackTimes.set(run, deadline + 1000 * offset);
			const response = await post(`${n8nUrl}/webhook/${this.chained.startPath}`, {
				run,
				deadline: new Date(deadline).toISOString(),
			});
			const text = await response.text();
			if (response.ok) return true;
			if (!NOT_STARTED.test(text) || Date.now() > until) {
				this.testbed.say(`n8n responded to the start of an execution with ${response.status}: ${text}`);
				this.notStarted++;
				return false;
			}
			await sleep(500);
		}
	}

	/** Calls n8n's first Wait node twice. */
	private async callFirst(run: string, until: number): Promise<void> {
		const visit = await this.visit(run, PLACES.beforeFirst, until);
		if (!visit) return;
		await sleep(PARKED_MS);
		const url = visit.resumeUrl ?? '';
		const first = post(url, { call: 'first' });
		if (this.scenario.trigger !== 'simultaneous') await sleep(1000 * GAP_SECONDS);
		const responses = await Promise.all([first, post(url, { call: 'repeat' })]);
		for (const response of responses) await response.body?.cancel();
	}

	/** Calls n8n's second Wait node, long after all calls that are meant for the first node. */
	private async callNext(run: string, until: number): Promise<void> {
		const visit = await this.visit(run, PLACES.afterFirst, until);
		if (!visit) return;
		await sleep(1000 * NEXT_JOB_SECONDS);
		while (Date.now() < until && !this.found(run, PLACES.afterNext)) {
			const { status, body } = await post(visit.resumeUrl ?? '', { call: 'own' });
			await body?.cancel();
			if (status === 200) return;
			await sleep(1_000);
		}
	}

	private found(run: string, place: string): Visit | undefined {
		return this.testbed.observer.visits.find((visit) => visit.run === run && visit.place === place);
	}

	/** Waits until an execution passes a place on the canvas. @returns undefined if it hasn't by `until` */
	private async visit(run: string, place: string, until: number): Promise<Visit | undefined> {
		while (!this.found(run, place) && Date.now() < until) await sleep(POLL_MS);
		return this.found(run, place);
	}

	/** Waits until no execution and no callback is in progress, or until the time limit. @returns all executions that have ended */
	async settled(): Promise<ExecutionSummary[]> {
		const { client, sandbox, say } = this.testbed;
		const { id } = this.chained.workflow;
		const until = Date.now() + SETTLE_LIMIT_MS;
		for (let quiet = 0; quiet < 3 && Date.now() < until;) {
			await sleep(1_000);
			const open = await countOpenExecutions(client, id);
			const underWay = sandbox.callbacks.deliveries().some(({ state }) => state === 'sending' || state === 'waiting');
			quiet = open === 0 && !underWay ? quiet + 1 : 0;
		}
		const open = await countOpenExecutions(client, id);
		if (open > 0) say(`${open} executions are still running or waiting`);
		const ended: ExecutionSummary[] = [];
		for await (const execution of client.everyExecution(id)) ended.push(execution);
		return ended;
	}
}

async function post(url: string, body: object): Promise<Response> {
	return await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
}
