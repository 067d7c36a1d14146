import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf, type Workflow } from '../../tools/n8n';
import { callbackExecutions, crash, createPipeline, MINUTES, sample, submitRequestsTo, useOwnTestbed } from './harness';

const testbed = useOwnTestbed();

const RECORDINGS = 100;
const CONCURRENCY = 10;
const SUBMIT = testbed.profile.requests.submit;

const submittedIds = () => testbed.sandbox.jobs.list().map(({ id }) => id);

async function until(condition: () => boolean, what: string): Promise<void> {
	const deadline = Date.now() + 2 * MINUTES;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error(`Not within two minutes: ${what}`);
		await sleep(20);
	}
}

/** Publishes a pipeline that submits all recordings. Each job's metadata contains the number of its recording. */
async function published(): Promise<Workflow> {
	const workflow = await createPipeline(testbed, {
		submit: {
			source: 'url',
			audioUrl: `${testbed.sandbox.origin}/samples/${sample(testbed.sandbox).file}`,
			metadata: { pair: [{ key: 'recording', value: '={{ $json.recording }}' }] },
			options: { concurrency: CONCURRENCY },
		},
	});
	const recordings = Array.from({ length: RECORDINGS }, (_, recording) => ({ json: { recording } }));
	await testbed.client.updateWorkflow(workflow.id, { pinData: { Start: recordings } });
	await testbed.client.publish(workflow.id);
	return workflow;
}

async function started(workflow: Workflow): Promise<string> {
	const { executionId = '' } = await testbed.client.runManually({ workflowId: workflow.id, triggerNodeName: 'Start' });
	return executionId;
}

/** Waits until every job has arrived at the trigger, and checks that each one arrived once. @returns their recordings */
async function arrivingRecordings(workflow: Workflow): Promise<number[]> {
	const ids = submittedIds().sort();
	const executions = await callbackExecutions(testbed, workflow, ids.length, 3 * MINUTES);
	expect(executions.flatMap(({ error }) => error ?? [])).toEqual([]);
	const items = executions.flatMap((execution) => outputOf(execution, 'Completed').map(({ json }) => json));
	expect(items.map(({ id }) => id).sort()).toEqual(ids);
	return items.map(({ metadata }) => Number((metadata as { recording: string }).recording));
}

const unique = <T>(values: readonly T[]) => [...new Set(values)];

describe('a batch of 100 recordings, ten at a time', () => {
	it(
		'names every submitted job if the 37th is refused, and submits none twice',
		async () => {
			const workflow = await published();
			testbed.sandbox.httpFaults.add({ kind: 'status', status: 400, skip: 36, next: 1, match: SUBMIT });

			const execution = await testbed.client.waitForExecution(await started(workflow), MINUTES);

			expect(execution.status).toBe('error');
			const ids = submittedIds();
			expect(ids.length).toBeGreaterThanOrEqual(36);
			expect(ids.length).toBeLessThan(RECORDINGS);
			for (const id of ids) expect(execution.error?.description).toContain(id);
			const recordings = await arrivingRecordings(workflow);
			expect(unique(recordings)).toHaveLength(ids.length);
		},
		6 * MINUTES,
	);

	it(
		'names every submitted job in the log if a user stops the execution, and then submits nothing more',
		async () => {
			const workflow = await published();
			testbed.sandbox.httpFaults.add({ kind: 'slow', seconds: 2, probability: 1, match: SUBMIT });
			const id = await started(workflow);
			await until(() => submittedIds().length >= 37, '37 jobs');

			await testbed.client.stopExecution(id);

			expect((await testbed.client.waitForExecution(id, MINUTES)).status).toBe('canceled');
			// The node ends later than the execution, when the submits in progress have ended.
			await until(() => testbed.n8n.logs().includes('stopped before this node finished'), 'the end of the node');
			const ids = submittedIds();
			expect(ids.length).toBeLessThan(RECORDINGS);
			for (const job of ids) expect(testbed.n8n.logs()).toContain(job);
			const recordings = await arrivingRecordings(workflow);
			expect(unique(recordings)).toHaveLength(ids.length);
			expect(submitRequestsTo(testbed)).toBe(ids.length);
		},
		6 * MINUTES,
	);

	it(
		'loses no job and submits none again if n8n is killed',
		async () => {
			const workflow = await published();
			testbed.sandbox.configure({ hold: 'processing' });
			testbed.sandbox.httpFaults.add({ kind: 'slow', seconds: 2, probability: 1, match: SUBMIT });
			const id = await started(workflow);
			await until(() => submittedIds().length >= 37, '37 jobs');

			await crash(testbed);

			const sent = submitRequestsTo(testbed);
			expect((await testbed.client.waitForExecution(id, 2 * MINUTES)).status).toBe('crashed');
			testbed.sandbox.configure({ hold: null });
			testbed.sandbox.jobs.release();
			const recordings = await arrivingRecordings(workflow);
			expect(unique(recordings)).toHaveLength(submittedIds().length);
			expect(submitRequestsTo(testbed)).toBe(sent);
		},
		6 * MINUTES,
	);
});
