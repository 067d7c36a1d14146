import { setTimeout as sleep } from 'node:timers/promises';
import { type ExecutionSummary, outputOf, type QueueN8n, type Workflow } from '../../tools/n8n';
import {
	callbackExecutions,
	createPipeline,
	MINUTES,
	requestsTo,
	runSubmit,
	sample,
	startedByCallback,
	useTestbed,
} from '../e2e/harness';

const testbed = useTestbed();

const cluster = () => testbed.n8n as QueueN8n;

const FETCHED = 'GET /v2/transcript/:id';

/** Publishes a pipeline and submits a job that stays in progress. */
async function startJob(): Promise<{ workflow: Workflow; id: string }> {
	const workflow = await createPipeline(testbed, { file: sample(testbed.sandbox).path });
	await testbed.client.publish(workflow.id);
	testbed.sandbox.configure({ hold: 'processing' });
	const id = outputOf(await runSubmit(testbed, workflow), 'Submit')[0]?.json.id as string;
	return { workflow, id };
}

const finishJobs = () => testbed.sandbox.configure({ hold: null });

async function waitFor(condition: () => boolean, description: string): Promise<void> {
	const deadline = Date.now() + 2 * MINUTES;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error(`Not within two minutes: ${description}`);
		await sleep(50);
	}
}

const isSuccess = (execution: ExecutionSummary) => startedByCallback(execution) && execution.status === 'success';

const fetches = () => requestsTo(testbed.sandbox).filter((request) => request === FETCHED).length;

afterEach(async () => {
	const missing = new Set(
		cluster()
			.members()
			.filter(({ isRunning }) => !isRunning)
			.map(({ name }) => name),
	);
	if (missing.has('main')) await cluster().startMain();
	for (const index of [0, 1]) {
		if (missing.has(`worker ${index + 1}`)) await cluster().startWorker(index);
		if (missing.has(`webhook processor ${index + 1}`)) await cluster().startWebhookProcessor(index);
	}
}, 2 * MINUTES);

describe('n8n in queue mode', () => {
	it(
		'delivers a transcript while the main process, a worker and a webhook processor are killed',
		async () => {
			const { workflow, id } = await startJob();
			await Promise.all([cluster().killMain(), cluster().killWorker(0), cluster().killWebhookProcessor(0)]);

			finishJobs();
			await waitFor(() => fetches() > 0, 'a fetch of the transcript');
			await cluster().startMain();

			const executions = await callbackExecutions(testbed, workflow, 1, MINUTES);
			expect(executions.flatMap((execution) => outputOf(execution, 'Completed').map(({ json }) => json.id))).toEqual([
				id,
			]);
			expect(testbed.sandbox.callbacks.deliveries(id).map(({ state }) => state)).toEqual(['delivered']);
		},
		4 * MINUTES,
	);

	it(
		'keeps callbacks that arrive while no worker runs, and processes each once when a worker is back',
		async () => {
			const { workflow, id } = await startJob();
			await Promise.all([cluster().killWorker(0), cluster().killWorker(1)]);

			finishJobs();
			await testbed.sandbox.settled();
			expect(fetches()).toBe(0);
			await cluster().startWorker(1);

			const executions = await callbackExecutions(testbed, workflow, 1, MINUTES);
			expect(executions.flatMap((execution) => outputOf(execution, 'Completed').map(({ json }) => json.id))).toEqual([
				id,
			]);
		},
		4 * MINUTES,
	);

	it(
		"doesn't treat a repeated callback as a duplicate if the worker was killed during the fetch",
		async () => {
			const { workflow, id } = await startJob();
			testbed.sandbox.httpFaults.add({ kind: 'slow', seconds: 60, next: 1, match: { method: 'GET' } });
			finishJobs();
			await waitFor(() => fetches() > 0, 'the start of a fetch');
			await Promise.all([cluster().killWorker(0), cluster().killWorker(1)]);
			await cluster().startWorker(0);

			testbed.sandbox.callbacks.redeliver(id);

			// n8n eventually marks the killed execution as crashed.
			const [arrived] = await testbed.client.waitForExecutions(workflow.id, 1, MINUTES, isSuccess);
			expect(outputOf(await testbed.client.getExecution(arrived!.id), 'Completed').map(({ json }) => json.id)).toEqual([
				id,
			]);
		},
		4 * MINUTES,
	);
});
