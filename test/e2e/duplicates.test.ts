import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf, type Workflow } from '../../tools/n8n';
import {
	callbackExecutions,
	createPipeline,
	MINUTES,
	runsOf,
	runSubmit,
	sample,
	startedByCallback,
	useTestbed,
} from './harness';

const testbed = useTestbed();

async function publishedPipeline(submit: Record<string, unknown> = {}): Promise<Workflow> {
	const workflow = await createPipeline(testbed, { file: sample(testbed.sandbox).path, submit });
	await testbed.client.publish(workflow.id);
	return workflow;
}

async function submitOne(workflow: Workflow): Promise<string> {
	return outputOf(await runSubmit(testbed, workflow), 'Submit')[0]?.json.id as string;
}

async function runsAfter(workflow: Workflow, executions: number): Promise<number> {
	return runsOf(await callbackExecutions(testbed, workflow, executions, MINUTES), 'Completed');
}

describe('a genuine callback that arrives more than once', () => {
	it(
		'runs downstream nodes once if it arrives five times, ten seconds apart',
		async () => {
			const workflow = await publishedPipeline();
			const id = await submitOne(workflow);
			await callbackExecutions(testbed, workflow, 1);
			for (let copy = 2; copy <= 5; copy++) {
				await sleep(10_000);
				testbed.sandbox.callbacks.redeliver(id);
			}
			expect(await runsAfter(workflow, 5)).toBe(1);
		},
		3 * MINUTES,
	);

	it(
		'runs downstream nodes once if it arrives five times concurrently',
		async () => {
			const workflow = await publishedPipeline();
			testbed.sandbox.callbacks.addFault({ kind: 'doubled', copies: 5, gapSeconds: 0 });
			await submitOne(workflow);
			expect(await runsAfter(workflow, 5)).toBe(1);
		},
		2 * MINUTES,
	);

	it(
		'runs downstream nodes twenty times for twenty jobs that finish simultaneously and are redelivered a minute later',
		async () => {
			const workflow = await publishedPipeline();
			testbed.sandbox.configure({ hold: 'processing' });
			const ids: string[] = [];
			for (let job = 0; job < 20; job++) ids.push(await submitOne(workflow));
			testbed.sandbox.configure({ hold: null });
			expect(await runsAfter(workflow, 20)).toBe(20);

			await sleep(60_000);
			for (const id of ids) testbed.sandbox.callbacks.redeliver(id);

			const executions = await callbackExecutions(testbed, workflow, 40, MINUTES);
			const transcribed = executions.flatMap((execution) =>
				outputOf(execution, 'Completed').map(({ json }) => json.id),
			);
			expect(transcribed.sort()).toEqual(ids.sort());
		},
		5 * MINUTES,
	);
});

describe('a callback whose transcript can’t be fetched at first', () => {
	it(
		'still arrives if the service responds with 503 twice',
		async () => {
			const workflow = await publishedPipeline();
			testbed.sandbox.httpFaults.add({ kind: 'status', status: 503, next: 2, match: { method: 'GET' } });
			await submitOne(workflow);
			expect(await runsAfter(workflow, 1)).toBe(1);
		},
		MINUTES,
	);

	it(
		'isn’t treated as a duplicate if its failed execution is retried from the list',
		async () => {
			const workflow = await publishedPipeline();
			testbed.sandbox.httpFaults.add({ kind: 'status', status: 503, next: 5, match: { method: 'GET' } });
			const id = await submitOne(workflow);
			const [failed] = await callbackExecutions(testbed, workflow, 1, MINUTES);
			expect(failed!.status).toBe('error');
			expect(failed!.error?.message).toContain('AssemblyAI is temporarily unavailable');
			expect(JSON.stringify(failed!.error)).toContain(id);

			await testbed.client.retryExecution(failed!.id);

			const [retried] = await testbed.client.waitForExecutions(workflow.id, 1, MINUTES, ({ mode }) => mode === 'retry');
			const execution = await testbed.client.getExecution(retried!.id);
			expect(outputOf(execution, 'Completed').map(({ json }) => json.id)).toEqual([id]);
		},
		2 * MINUTES,
	);

	it(
		'isn’t treated as a duplicate if it was recorded before it failed',
		async () => {
			const workflow = await createPipeline(testbed, {
				file: sample(testbed.sandbox).path,
				trigger: { options: { failExecution: true } },
			});
			await testbed.client.publish(workflow.id);
			testbed.sandbox.jobs.failNext('Audio file is corrupted');
			await submitOne(workflow);
			const [failed] = await callbackExecutions(testbed, workflow, 1, MINUTES);
			expect(failed!.status).toBe('error');

			await testbed.client.retryExecution(failed!.id);

			const [retried] = await testbed.client.waitForExecutions(workflow.id, 1, MINUTES, ({ mode }) => mode === 'retry');
			const { error } = await testbed.client.getExecution(retried!.id);
			expect(error?.message).toBe('AssemblyAI couldn’t transcribe the recording');
			expect(String(error?.description)).toContain('Audio file is corrupted');
		},
		MINUTES,
	);

	it(
		'is dropped if the service delivers it again after the retry',
		async () => {
			const workflow = await publishedPipeline();
			testbed.sandbox.httpFaults.add({ kind: 'status', status: 503, next: 5, match: { method: 'GET' } });
			const id = await submitOne(workflow);
			const [failed] = await callbackExecutions(testbed, workflow, 1, MINUTES);
			await testbed.client.retryExecution(failed!.id);
			await testbed.client.waitForExecutions(workflow.id, 1, MINUTES, ({ mode }) => mode === 'retry');

			testbed.sandbox.callbacks.redeliver(id);

			const executions = await callbackExecutions(testbed, workflow, 2, MINUTES);
			expect(runsOf(executions, 'Completed')).toBe(0);
		},
		2 * MINUTES,
	);
});

it(
	'records nothing in manual executions, so the same transcript still arrives in production',
	async () => {
		const workflow = await publishedPipeline();
		testbed.sandbox.callbacks.addFault({ kind: 'lost' });
		const id = await submitOne(workflow);
		await testbed.sandbox.settled();
		const before = await testbed.client.listExecutions(workflow.id);
		await testbed.client.runManually({
			workflowId: workflow.id,
			triggerNodeName: 'Trigger',
			destinationNode: 'Completed',
		});
		await testbed.client.waitForExecutions(workflow.id, before.length + 1);
		expect((await testbed.client.listExecutions(workflow.id)).filter(startedByCallback)).toEqual([]);

		testbed.sandbox.callbacks.redeliver(id);

		expect(await runsAfter(workflow, 1)).toBe(1);
	},
	MINUTES,
);
