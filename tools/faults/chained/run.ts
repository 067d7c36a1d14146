import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../../sandbox';
import type { Credential, N8nClient } from '../../n8n';
import { Driver } from './driver';
import type { Observer } from './observer';
import { type ChainedOptions, countOf } from './options';
import { type Result, resultOf } from './result';
import { nameOf, type Scenario } from './scenarios';
import { createChainedWorkflow } from './workflow';

/** Everything a scenario works with. */
export interface Testbed {
	options: Pick<ChainedOptions, 'count' | 'concurrency' | 'seed'>;
	sandbox: Sandbox;
	observer: Observer;
	client: N8nClient;
	n8nUrl: string;
	credential: Credential;
	say(line: string): void;
}

/** No job ends by itself: the driver decides. */
export const ENDLESS_SECONDS = 3600;
/** How long the service takes to answer a fetch, in seconds. Each is as likely as the others. */
const FETCH_SECONDS = [0.05, 0.1, 0.15, 0.2, 0.25];
/** The same around the deadline, where a slow fetch is what opens the window. */
const FETCH_SECONDS_AT_DEADLINE = [1.6];
/** Deadlines follow each other at this pace, in ms, so that each has n8n's only thread to itself. */
const DEADLINE_PACE_MS = 1400;

/** Runs one scenario as often as the options say and counts what happened. */
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

/** One in `n` for the first fault, one in `n - 1` of what is left for the second, and so on: each is as likely as the others. */
function planResponseTimes(sandbox: Sandbox, times: readonly number[]): void {
	for (const [index, seconds] of times.entries()) {
		const probability = 1 / (times.length - index);
		sandbox.httpFaults.add({ kind: 'slow', seconds, probability, match: { method: 'GET', path: '/v2/transcript/*' } });
	}
}
