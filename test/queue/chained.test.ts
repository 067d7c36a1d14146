import { setTimeout as sleep } from 'node:timers/promises';
import { JobWatch, type SubmittedJob } from '../../tools/faults/chained/jobs';
import { type Observer, startObserver } from '../../tools/faults/chained/observer';
import type { Next, Trigger } from '../../tools/faults/chained/scenarios';
import { createChainedWorkflow, PLACES } from '../../tools/faults/chained/workflow';
import { inQueueMode, MINUTES, requestsTo, sample, useTestbed } from '../e2e/harness';

/** Slow enough that a repeated callback arrives when the execution is already waiting at the next node. */
const SLOW_FETCH_SECONDS = 1.5;
/** Each execution is a race, so a bug may not show up in every one. */
const EXECUTIONS = 3;

const testbed = useTestbed();
let observer: Observer;
beforeAll(async () => {
	observer = await startObserver();
});
afterAll(async () => await observer.close());

async function waitFor<T>(poll: () => T | undefined | Promise<T | undefined>, description: string): Promise<T> {
	const deadline = Date.now() + 2 * MINUTES;
	for (;;) {
		const found = await poll();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error(`Not within two minutes: ${description}`);
		await sleep(50);
	}
}

const pathOf = (job: SubmittedJob) => `/v2/transcript/${job.job.id}`;
const fetchesOf = (job: SubmittedJob) =>
	testbed.sandbox.requests.list().filter(({ method, path }) => method === 'GET' && path.endsWith(pathOf(job))).length;

/** Publishes a workflow. @returns functions that start and end executions one by one */
async function chain(trigger: Trigger, next: Next) {
	const { client, sandbox, credential, n8n } = testbed;
	sandbox.configure({ hold: 'processing' });
	const scenario = { trigger, first: 'submitAndWait', next } as const;
	const audioUrl = `${sandbox.origin}/samples/${sample(sandbox).file}`;
	const { workflow, startPath } = await createChainedWorkflow({
		client,
		scenario,
		credential,
		observerUrl: observer.url,
		audioUrl,
	});
	const watch = new JobWatch(sandbox);
	const jobsOf = (run: string, node: SubmittedJob['node']) =>
		watch.all.filter((job) => job.run === run && job.node === node);
	const submitted = async (run: string, node: SubmittedJob['node'], count: number) =>
		await waitFor(async () => {
			await watch.next();
			const jobs = jobsOf(run, node);
			return jobs.length >= count ? jobs : undefined;
		}, `${count} jobs of the ${node} node`);
	const visits = (run: string, place: string) =>
		observer.visits.filter((visit) => visit.run === run && visit.place === place).length;

	/** Starts an execution and waits until its first node is waiting and, by default, has probed its own execution. */
	const waiting = async (count: number, { isProbed = true } = {}) => {
		const run = crypto.randomUUID();
		await fetch(`${n8n.url}/webhook/${startPath}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ run }),
		});
		const jobs = await submitted(run, 'first', count);
		if (isProbed)
			await waitFor(
				() => (jobs.some((job) => fetchesOf(job) > 0) ? true : undefined),
				"the node's probe of its own execution",
			);
		return { run, jobs };
	};

	/** Lets pending callbacks for the first node arrive while the execution waits at the next node, then ends it. */
	const end = async (run: string, executions: number) => {
		await submitted(run, 'next', 1);
		await sandbox.callbacks.settled();
		await waitFor(
			() =>
				requestsTo(sandbox).length > 0 && sandbox.requests.list().every(({ status }) => status !== null)
					? true
					: undefined,
			'a response to all requests',
		);
		await watch.next();
		// This also ends jobs that were submitted again.
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

	it(
		'continue once if the callback arrives twice',
		async () => {
			const { waiting, end } = await chain('simultaneous', 'submitAndWait');
			const outcomes = [];
			for (let execution = 1; execution <= EXECUTIONS; execution++) {
				const { run, jobs } = await waiting(1);
				for (const job of jobs) {
					testbed.sandbox.httpFaults.add({
						kind: 'slow',
						seconds: SLOW_FETCH_SECONDS,
						skip: 1,
						match: { method: 'GET', path: pathOf(job) },
					});
					testbed.sandbox.callbacks.addFault({
						kind: 'doubled',
						copies: 2,
						gapSeconds: 0,
						match: { jobId: job.job.id },
					});
					testbed.sandbox.jobs.release(job.job.id);
				}
				outcomes.push(await end(run, execution));
			}
			expect(outcomes).toEqual(outcomes.map(() => ONCE));
		},
		4 * MINUTES,
	);

	it(
		'continue once if two jobs end at the same time',
		async () => {
			const { waiting, end } = await chain('batch', 'submitAndWait');
			const outcomes = [];
			for (let execution = 1; execution <= EXECUTIONS; execution++) {
				const { run, jobs } = await waiting(2);
				// One processor has fetched both jobs, and the other is waiting for its second fetch.
				const [slow] = jobs;
				if (slow)
					testbed.sandbox.httpFaults.add({
						kind: 'slow',
						seconds: SLOW_FETCH_SECONDS,
						skip: 1,
						match: { method: 'GET', path: pathOf(slow) },
					});
				for (const { job } of jobs) testbed.sandbox.jobs.release(job.id);
				outcomes.push(await end(run, execution));
			}
			expect(outcomes).toEqual(outcomes.map(() => ONCE));
		},
		4 * MINUTES,
	);

	it(
		'continue once if the only callback arrives while the node probes its own execution',
		async () => {
			const { waiting, end } = await chain('selfMessage', 'submitAndWait');
			const outcomes = [];
			for (let execution = 1; execution <= EXECUTIONS; execution++) {
				const { run, jobs } = await waiting(1, { isProbed: false });
				for (const job of jobs) {
					testbed.sandbox.httpFaults.add({
						kind: 'slow',
						seconds: SLOW_FETCH_SECONDS,
						match: { method: 'GET', path: pathOf(job) },
					});
					await waitFor(() => (fetchesOf(job) > 0 ? true : undefined), "the node's probe of its own execution");
					testbed.sandbox.jobs.release(job.job.id);
				}
				outcomes.push(await end(run, execution));
			}
			expect(outcomes).toEqual(outcomes.map(() => ONCE));
		},
		4 * MINUTES,
	);
});
