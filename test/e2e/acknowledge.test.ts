import { outputOf, type Workflow } from '../../tools/n8n';
import { callbackExecutions, credentialsOf, MINUTES, node, runSubmit, sample, useTestbed } from './harness';

const testbed = useTestbed();

/**
 * Start → Read → Submit; Trigger → Completed → Acknowledge → Never Recorded. The last node is n8n's own Remove Duplicates
 * node, which checks the same record.
 */
async function publishedPipeline(trigger: Record<string, unknown> = {}, retry: object = {}): Promise<Workflow> {
	const { provider } = testbed.profile;
	const credentials = credentialsOf(testbed.credential);
	const ours = (name: string, resource: string, operation: string, parameters = {}) =>
		node(name, 'n8n-nodes-transcription.transcription', 1, { provider, resource, operation, ...parameters });
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	const read = { operation: 'read', fileSelector: sample(testbed.sandbox).path, options: {} };
	const workflow = await testbed.client.createWorkflow({
		name: 'Pipeline',
		settings: { executionOrder: 'v1' },
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Read', 'n8n-nodes-base.readWriteFile', 1, read),
			{ ...ours('Submit', 'transcription', 'submit', { source: 'binary' }), credentials },
			{
				...node('Trigger', 'n8n-nodes-transcription.transcriptionTrigger', 1, { provider, ...trigger }),
				credentials,
				...retry,
			},
			node('Completed', 'n8n-nodes-base.noOp', 1, {}),
			ours('Acknowledge', 'transcript', 'acknowledge', { eventId: "={{ $('Trigger').item.json.eventId }}" }),
			node('Never Recorded', 'n8n-nodes-base.removeDuplicates', 2, {
				operation: 'removeItemsSeenInPreviousExecutions',
				logic: 'removeItemsWithAlreadySeenKeyValues',
				dedupeValue: '={{ $json.eventId }}!',
				options: { scope: 'workflow', historySize: 10000 },
			}),
		],
		connections: {
			Start: { main: [to('Read')] },
			Read: { main: [to('Submit')] },
			Trigger: { main: [to('Completed')] },
			Completed: { main: [to('Acknowledge')] },
			Acknowledge: { main: [to('Never Recorded')] },
		},
	});
	await testbed.client.publish(workflow.id);
	return workflow;
}

async function submitOne(workflow: Workflow): Promise<string> {
	return outputOf(await runSubmit(testbed, workflow), 'Submit')[0]?.json.id as string;
}

it(
	'Acknowledge at the end of a pipeline records the transcript without a credential and passes it on',
	async () => {
		const workflow = await publishedPipeline();
		const id = await submitOne(workflow);

		const [execution] = await callbackExecutions(testbed, workflow, 1, MINUTES);

		expect(execution!.error).toBeUndefined();
		expect(outputOf(execution!, 'Acknowledge')).toEqual([
			expect.objectContaining({ json: outputOf(execution!, 'Completed')[0]?.json }),
		]);
		expect(outputOf(execution!, 'Acknowledge')[0]?.json.id).toBe(id);
		expect(outputOf(execution!, 'Never Recorded')).toEqual([]);
	},
	2 * MINUTES,
);

describe('a trigger with Retry On Fail', () => {
	const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 };

	it(
		'fails the execution for a failed job even if the first try recorded the job',
		async () => {
			const workflow = await publishedPipeline({ options: { failExecution: true } }, retry);
			testbed.sandbox.jobs.failNext('Audio file is corrupted');
			await submitOne(workflow);

			const [execution] = await callbackExecutions(testbed, workflow, 1, MINUTES);

			expect(execution!.status).toBe('error');
			expect(String(execution!.error?.description)).toContain('Audio file is corrupted');
		},
		2 * MINUTES,
	);

	it(
		'returns the transcript if only the second try could fetch it',
		async () => {
			const workflow = await publishedPipeline({}, retry);
			testbed.sandbox.httpFaults.add({ kind: 'status', status: 403, next: 1, match: { method: 'GET' } });
			const id = await submitOne(workflow);

			const [execution] = await callbackExecutions(testbed, workflow, 1, MINUTES);

			expect(outputOf(execution!, 'Completed').map(({ json }) => json.id)).toEqual([id]);
		},
		2 * MINUTES,
	);
});
