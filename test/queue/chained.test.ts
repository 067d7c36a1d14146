import { setTimeout as sleep } from 'node:timers/promises';
import { JobWatch, type SubmittedJob } from '../../tools/faults/chained/jobs';
import { type Observer, startObserver } from '../../tools/faults/chained/observer';
import type { Next, Trigger } from '../../tools/faults/chained/scenarios';
import { createChainedWorkflow, PLACES } from '../../tools/faults/chained/workflow';
import { inQueueMode, MINUTES, requestsTo, sample, useStage } from '../e2e/harness';

/** The repeated callback is about to continue the execution while this waits at the next node. */
const SLOW_FETCH_SECONDS = 1.5;
/** Each is a race, which is not lost every time. */
const EXECUTIONS = 3;

const stage = useStage();
let observer: Observer;
beforeAll(async () => {
	observer = await startObserver();
});
afterAll(async () => await observer.close());

async function until<T>(ask: () => T | undefined | Promise<T | undefined>, what: string): Promise<T> {
	const deadline = Date.now() + MINUTES;
	for (;;) {
		const found = await ask();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error(`${what}: not within a minute`);
		await sleep(50);
	}
}

const pathOf = (job: SubmittedJob) => `/v2/transcript/${job.job.id}`;
const fetchesOf = (job: SubmittedJob) => stage.sandbox.requests.list().filter(({ method, path }) => method === 'GET' && path.endsWith(pathOf(job))).length;

/** A published workflow and how to start executions of it one by one. */
async function chain(trigger: Trigger, next: Next) {
	const { client, sandbox, credential, n8n } = stage;
	sandbox.configure({ hold: 'processing' });
	const scenario = { trigger, first: 'submitAndWait', next } as const;
	const audioUrl = `${sandbox.origin}/samples/${sample(sandbox).file}`;
	const { workflow, startPath } = await createChainedWorkflow({ client, scenario, credential, observerUrl: observer.url, audioUrl });
	const watch = new JobWatch(sandbox);
	const jobsOf = (run: string, node: SubmittedJob['node']) => watch.all.filter((job) => job.run === run && job.node === node);
	const submitted = async (run: string, node: SubmittedJob['node'], count: number) =>
		await until(async () => {
			await watch.next();
			const jobs = jobsOf(run, node);
			return jobs.length >= count ? jobs : undefined;
		}, `${count} jobs of the ${node} node`);
	const visits = (run: string, place: string) => observer.visits.filter((visit) => visit.run === run && visit.place === place).length;

	/** Starts an execution whose first node waits. The node has sent the message to its own execution, unless it's wanted later. */
	const waiting = async (count: number, { isAsked = true } = {}) => {
		const run = crypto.randomUUID();
		await fetch(`${n8n.url}/webhook/${startPath}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ run }) });
		const jobs = await submitted(run, 'first', count);
		if (isAsked) await until(() => (jobs.some((job) => fetchesOf(job) > 0) ? true : undefined), "the node's message to its own execution");
		return { run, jobs };
	};

	/** Lets what the first node has left behind happen while the execution waits at the next node, then ends it. */
	const end = async (run: string, executions: number) => {
		await submitted(run, 'next', 1);
		await sandbox.callbacks.settled();
		await until(() => (requestsTo(sandbox).length > 0 && sandbox.requests.list().every(({ status }) => status !== null) ? true : undefined), 'all requests are answered');
		await watch.next();
		// Jobs that are submitted once more end too.
		sandbox.configure({ hold: null });
		const ended = await client.waitForExecutions(workflow.id, executions, MINUTES);
		sandbox.configure({ hold: 'processing' });
		await watch.next();
		return {
			status: ended.at(-1)?.status,
			continued: visits(run, PLACES.afterFirst),
			submitted: jobsOf(run, 'next').length,
			ended: visits(run, PLACES.afterNext),
		};
	};
	return { waiting, end };
}

const ONCE = { status: 'success', continued: 1, submitted: 1, ended: 1 };

describe('two Submit and Waits in a row, with two webhook processors', () => {
	it('runs in queue mode', () => expect(inQueueMode).toBe(true));

	it('continue once when the callback comes twice', async () => {
		const { waiting, end } = await chain('simultaneous', 'submitAndWait');
		const outcomes = [];
		for (let execution = 1; execution <= EXECUTIONS; execution++) {
			const { run, jobs } = await waiting(1);
			for (const job of jobs) {
				stage.sandbox.httpFaults.add({ kind: 'slow', seconds: SLOW_FETCH_SECONDS, skip: 1, match: { method: 'GET', path: pathOf(job) } });
				stage.sandbox.callbacks.addFault({ kind: 'doubled', copies: 2, gapSeconds: 0, match: { jobId: job.job.id } });
				stage.sandbox.jobs.release(job.job.id);
			}
			outcomes.push(await end(run, execution));
		}
		expect(outcomes).toEqual(outcomes.map(() => ONCE));
	}, 4 * MINUTES);

	it('continue once when two jobs end at the same time', async () => {
		const { waiting, end } = await chain('batch', 'submitAndWait');
		const outcomes = [];
		for (let execution = 1; execution <= EXECUTIONS; execution++) {
			const { run, jobs } = await waiting(2);
			// One processor is done with both jobs, the other one waits for its second fetch.
			const [slow] = jobs;
			if (slow) stage.sandbox.httpFaults.add({ kind: 'slow', seconds: SLOW_FETCH_SECONDS, skip: 1, match: { method: 'GET', path: pathOf(slow) } });
			for (const { job } of jobs) stage.sandbox.jobs.release(job.id);
			outcomes.push(await end(run, execution));
		}
		expect(outcomes).toEqual(outcomes.map(() => ONCE));
	}, 4 * MINUTES);

	it("continue once when the only callback comes during the node's message to its own execution", async () => {
		const { waiting, end } = await chain('selfMessage', 'submitAndWait');
		const outcomes = [];
		for (let execution = 1; execution <= EXECUTIONS; execution++) {
			const { run, jobs } = await waiting(1, { isAsked: false });
			for (const job of jobs) {
				stage.sandbox.httpFaults.add({ kind: 'slow', seconds: SLOW_FETCH_SECONDS, match: { method: 'GET', path: pathOf(job) } });
				await until(() => (fetchesOf(job) > 0 ? true : undefined), "the node's message to its own execution");
				stage.sandbox.jobs.release(job.job.id);
			}
			outcomes.push(await end(run, execution));
		}
		expect(outcomes).toEqual(outcomes.map(() => ONCE));
	}, 4 * MINUTES);
});
