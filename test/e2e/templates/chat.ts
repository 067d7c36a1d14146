import type { Execution, Workflow } from '../../../tools/n8n';
import { MINUTES } from '../harness';
import type { TemplateTestbed } from './testbed';

/**
 * Sends a message in the editor's chat.
 * @param chatTrigger the name of the node that receives it
 */
export async function say(
	{ testbed: { client } }: TemplateTestbed,
	workflow: Workflow,
	chatTrigger: string,
	chatInput: string,
): Promise<Execution> {
	const json = { sessionId: 'user', action: 'sendMessage', chatInput };
	const { executionId = '' } = await client.session.rest<{ executionId?: string }>(
		'POST',
		`/workflows/${workflow.id}/run`,
		{
			workflowData: await client.getWorkflow(workflow.id),
			triggerToStartFrom: {
				name: chatTrigger,
				data: {
					startTime: Date.now(),
					executionTime: 0,
					executionIndex: 0,
					executionStatus: 'success',
					source: [],
					data: { main: [[{ json }]] },
				},
			},
		},
	);
	return await client.waitForExecution(executionId, MINUTES);
}
