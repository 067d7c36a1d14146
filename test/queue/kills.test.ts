import { setTimeout as sleep } from 'node:timers/promises';
import { type ExecutionSummary, outputOf, type QueueN8n, type Workflow } from '../../tools/n8n';
import { callbackExecutions, createPipeline, MINUTES, requestsTo, runSubmit, sample, startedByCallback, useStage } from '../e2e/harness';

const stage = useStage();

const cluster = () => stage.n8n as QueueN8n;

const FETCHED = 'GET /v2/transcript/:id';

/** A published pipeline with a job that is not done yet. */
async function withJobUnderWay(): Promise<{ workflow: Workflow; id: string }> {
	const workflow = await createPipeline(stage, { file: sample(stage.sandbox).path });
	await stage.client.publish(workflow.id);
	stage.sandbox.configure({ hold: 'processing' });
	const id = outputOf(await runSubmit(stage, workflow), 'Submit')[0]?.json.id as string;
	return { workflow, id };
}

const finishJobs = () => stage.sandbox.configure({ hold: null });

async function until(isTrue: () => boolean, what: string): Promise<void> {
	const deadline = Date.now() + MINUTES;
	while (!isTrue()) {
		if (Date.now() > deadline) throw new Error(`Waited a minute: ${what}`);
		await sleep(50);
	}
}

const isSuccess = (execution: ExecutionSummary) => startedByCallback(execution) && execution.status === 'success';

const fetches = () => requestsTo(stage.sandbox).filter((request) => request === FETCHED).length;

afterEach(async () => {
	const missing = new Set(cluster().members().filter(({ isRunning }) => !isRunning).map(({ name }) => name));
	if (missing.has('main')) await cluster().startMain();
	for (const index of [0, 1]) {
		if (missing.has(`worker ${index + 1}`)) await cluster().startWorker(index);
		if (missing.has(`webhook processor ${index + 1}`)) await cluster().startWebhookProcessor(index);
	}
}, 2 * MINUTES);

describe('n8n in queue mode', () => {
	it('brings a transcript to the trigger while its main process, a worker and a webhook processor are gone', async () => {
		const { workflow, id } = await withJobUnderWay();
		await Promise.all([cluster().killMain(), cluster().killWorker(0), cluster().killWebhookProcessor(0)]);

		finishJobs();
		await until(() => fetches() > 0, 'nobody fetched the transcript');
		await cluster().startMain();

		const executions = await callbackExecutions(stage, workflow, 1, MINUTES);
		expect(executions.flatMap((execution) => outputOf(execution, 'Completed').map(({ json }) => json.id))).toEqual([id]);
		expect(stage.sandbox.callbacks.deliveries(id).map(({ state }) => state)).toEqual(['delivered']);
	}, 4 * MINUTES);

	it('keeps callbacks that come while no worker runs, and handles each once when one is back', async () => {
		const { workflow, id } = await withJobUnderWay();
		await Promise.all([cluster().killWorker(0), cluster().killWorker(1)]);

		finishJobs();
		await stage.sandbox.settled();
		expect(fetches()).toBe(0);
		await cluster().startWorker(1);

		const executions = await callbackExecutions(stage, workflow, 1, MINUTES);
		expect(executions.flatMap((execution) => outputOf(execution, 'Completed').map(({ json }) => json.id))).toEqual([id]);
	}, 4 * MINUTES);

	it('does not take for a duplicate what a killed worker was fetching, when it is announced again', async () => {
		const { workflow, id } = await withJobUnderWay();
		stage.sandbox.httpFaults.add({ kind: 'slow', seconds: 60, next: 1, match: { method: 'GET' } });
		finishJobs();
		await until(() => fetches() > 0, 'nobody began to fetch the transcript');
		await Promise.all([cluster().killWorker(0), cluster().killWorker(1)]);
		await cluster().startWorker(0);

		stage.sandbox.callbacks.redeliver(id);

		// What became of the killed one is n8n's business: it is called crashed, sooner or later.
		const [arrived] = await stage.client.waitForExecutions(workflow.id, 1, MINUTES, isSuccess);
		expect(outputOf(await stage.client.getExecution(arrived!.id), 'Completed').map(({ json }) => json.id)).toEqual([id]);
	}, 4 * MINUTES);
});
