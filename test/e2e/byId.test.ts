import { setTimeout as sleep } from 'node:timers/promises';
import { type Execution, outputOf, type Workflow, type WorkflowNode } from '../../tools/n8n';
import { credentialsOf, MINUTES, node, requestsTo, runSubmit, sample, useTestbed } from './harness';

const testbed = useTestbed();

function ours(
	name: string,
	resource: string,
	operation: string,
	parameters: Record<string, unknown>,
	more: Partial<WorkflowNode> = {},
): WorkflowNode {
	return {
		...node(name, 'n8n-nodes-transcription.transcription', 1, {
			provider: testbed.profile.provider,
			resource,
			operation,
			...parameters,
		}),
		credentials: credentialsOf(testbed.credential),
		...more,
	};
}

/** Start → Two → Submit → Get, and further nodes. No trigger is listening for callbacks. */
async function pipeline(get: Record<string, unknown>, ...following: WorkflowNode[]): Promise<Workflow> {
	const audioUrl = `${testbed.sandbox.origin}/samples/${sample(testbed.sandbox).file}`;
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Two', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			duplicateItem: true,
			duplicateCount: 1,
			jsonOutput: '{}',
			options: {},
		}),
		// One recording at a time, so that the jobs are in the order of the items.
		ours('Submit', 'transcription', 'submit', {
			source: 'url',
			audioUrl,
			callback: 'none',
			options: { concurrency: 1 },
		}),
		ours('Get', 'transcript', 'get', { transcriptId: '={{ $json.id }}', waitUntilDone: true, ...get }),
		...following,
	];
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, index) => [nodes[index]?.name ?? '', { main: [[{ node: name, type: 'main', index: 0 }]] }]),
	);
	return await testbed.client.createWorkflow({ name: 'By ID', settings: { executionOrder: 'v1' }, nodes, connections });
}

const idsOf = (execution: Execution, name: string) => outputOf(execution, name).map(({ json }) => json.id);
const looks = () => requestsTo(testbed.sandbox).filter((request) => request === 'GET /v2/transcript/:id').length;

it(
	'waits for transcripts, lists them by status and time, and deletes them, after which they aren’t found',
	async () => {
		testbed.sandbox.jobs.failNext('Not among the completed ones');
		const filters = { status: 'completed', createdAfter: '={{ $now.minus({ hours: 1 }) }}' };
		const workflow = await pipeline(
			{},
			ours('List', 'transcript', 'getMany', { returnAll: true, filters }, { executeOnce: true }),
			ours('Delete', 'transcript', 'delete', { transcriptId: '={{ $json.id }}' }),
			ours('Gone', 'transcript', 'get', { transcriptId: '={{ $json.id }}' }, {
				onError: 'continueRegularOutput',
			} as Partial<WorkflowNode>),
		);

		const execution = await runSubmit(testbed, workflow, 'Gone');

		const [failed, completed] = idsOf(execution, 'Submit');
		expect(outputOf(execution, 'Get').map(({ json }) => [json.id, json.status])).toEqual([
			[failed, 'failed'],
			[completed, 'completed'],
		]);
		expect(outputOf(execution, 'Get')[1]?.json.text).toBe(sample(testbed.sandbox).text);
		expect(outputOf(execution, 'List').map(({ json }) => [json.id, json.status])).toEqual([[completed, 'completed']]);
		expect(outputOf(execution, 'Delete').map(({ json }) => json)).toEqual([
			{ deleted: true, id: completed, provider: testbed.profile.provider },
		]);
		expect(outputOf(execution, 'Gone').map(({ json }) => json.error ?? json.text)).toEqual([
			expect.stringMatching(/delete/i),
		]);
	},
	3 * MINUTES,
);

it(
	'continues with the IDs if the jobs take longer than the maximum wait',
	async () => {
		testbed.sandbox.jobs.hold();

		const execution = await runSubmit(testbed, await pipeline({ maxWaitMinutes: 0.02 }), 'Get');

		expect(outputOf(execution, 'Get').map(({ json }) => [json.id, json.timedOut])).toEqual(
			idsOf(execution, 'Submit').map((id) => [id, true]),
		);
	},
	2 * MINUTES,
);

it(
	'stops polling when a user stops the waiting execution',
	async () => {
		testbed.sandbox.jobs.hold();
		const workflow = await pipeline({});
		const { executionId = '' } = await testbed.client.runManually({
			workflowId: workflow.id,
			triggerNodeName: 'Start',
		});
		while (looks() === 0) await sleep(100);

		await testbed.client.session.rest('POST', `/executions/${executionId}/stop`, {});

		expect((await testbed.client.waitForExecution(executionId, MINUTES)).status).toBe('canceled');
		// The execution may be marked as canceled during a poll.
		await sleep(2_000);
		const before = looks();
		// This is longer than the intervals between the node's first polls.
		await sleep(6_000);
		expect(looks()).toBe(before);
	},
	2 * MINUTES,
);
