import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../../sandbox';
import { Driver } from './driver';
import { countOf } from './options';
import { type Result, resultOf } from './result';
import { nameOf, type Scenario } from './scenarios';
import { ENDLESS_SECONDS, type Testbed } from './testbed';
import { createChainedWorkflow } from './workflow';

/** Response times of the service, in seconds. All are equally likely. */
const FETCH_SECONDS = [0.05, 0.1, 0.15, 0.2, 0.25];
/** Response times around the deadline. Only a slow fetch makes the race possible. */
const FETCH_SECONDS_AT_DEADLINE = [1.6];
/** Time between two deadlines, long enough that n8n's main thread handles them one by one. */
const DEADLINE_PACE_MS = 1400;

/** Runs one scenario as often as the options require and counts the outcomes. */
export async function runScenario(scenario: Scenario, testbed: Testbed): Promise<Result> {
	const { options, sandbox, observer, client, credential, say } = testbed;
	const isDeadline = scenario.trigger === 'deadline';
	sandbox.reset();
	sandbox.configure({ queuedSeconds: 0, processingSeconds: ENDLESS_SECONDS });
	planResponseTimes(sandbox, isDeadline ? FETCH_SECONDS_AT_DEADLINE : FETCH_SECONDS);
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
	const runs = Array.from({ length: countOf(scenario, options) }, (_, index) => `${prefix}-${index}`);
	let done = 0;
	const one = async (run: string, index: number) => {
		await driver.run(run, index);
		if (++done % 20 === 0) say(`${nameOf(scenario)}: ${done} of ${runs.length}`);
	};
	if (isDeadline) {
		const running = runs.map(async (run, index) => {
			await sleep(index * DEADLINE_PACE_MS);
			await one(run, index);
		});
		await Promise.all(running);
	} else {
		const queue = [...runs.entries()];
		const lane = async () => {
			for (let next = queue.shift(); next; next = queue.shift()) await one(next[1], next[0]);
		};
		await Promise.all(Array.from({ length: options.concurrency }, lane));
	}
	const executions = await driver.settled();
	driver.stop();
	await watching;
	await client.unpublish(chained.workflow.id);
	const visits = observer.visits.filter(({ run }) => run.startsWith(`${prefix}-`));
	return resultOf({ scenario, runs, notStarted: driver.notStarted, visits, jobs: driver.jobs.all, executions });
}

/** Plans the response times as faults. The first fault has the probability 1/n, the second 1/(n - 1) of the rest, and so on, so that all are equally likely. */
function planResponseTimes(sandbox: Sandbox, times: readonly number[]): void {
	for (const [index, seconds] of times.entries()) {
		const probability = 1 / (times.length - index);
		sandbox.httpFaults.add({ kind: 'slow', seconds, probability, match: { method: 'GET', path: '/v2/transcript/*' } });
	}
}
