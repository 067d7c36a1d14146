import { startObserver } from '../../tools/faults/chained/observer';
import { runScenario } from '../../tools/faults/chained/runScenario';
import { MINUTES, useTestbed } from './harness';

const testbed = useTestbed();

/** One callback about every 300 ms, from five seconds before the deadline to two seconds after it. */
const EXECUTIONS = 24;

describe('two Submit and Wait nodes in a row, with the first callback close to the deadline', () => {
	it(
		'resume once, regardless of the service’s response time',
		async () => {
			const observer = await startObserver();
			try {
				const { sandbox, client, credential, n8n } = testbed;
				const options = { count: EXECUTIONS, concurrency: EXECUTIONS, seed: 1 };
				const scenario = { trigger: 'deadline', first: 'submitAndWait', next: 'submitAndWait' } as const;
				const result = await runScenario(scenario, {
					options,
					sandbox,
					observer,
					client,
					credential,
					n8nUrl: n8n.url,
					say: () => {},
				});
				expect(result).toMatchObject({
					started: EXECUTIONS,
					continuedTwice: 0,
					repeatedSubmits: 0,
					passedNextTwice: 0,
					unfinished: 0,
				});
				// If all executions had resumed the same way, no callback would have coincided with the deadline.
				expect(result.byDeadline).toBeGreaterThan(0);
				expect(result.byDeadline).toBeLessThan(EXECUTIONS);
			} finally {
				await observer.close();
			}
		},
		8 * MINUTES,
	);
});
