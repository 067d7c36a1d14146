import type { Execution, JsonObject, Workflow } from '../../../tools/n8n';
import { MINUTES } from '../harness';
import type { TemplateTestbed } from './testbed';

/**
 * Runs a template manually with pinned output, for responses the mock services can't produce.
 * @param triggerNodeName the trigger to start from
 * @param nodeName the node whose output is pinned to `items`: the trigger or a node after it
 */
export async function runPinned(
	{ testbed: { client } }: TemplateTestbed,
	workflow: Workflow,
	triggerNodeName: string,
	nodeName: string,
	items: readonly JsonObject[],
	destinationNode?: string,
): Promise<Execution> {
	await client.updateWorkflow(workflow.id, { pinData: { [nodeName]: items.map((json) => ({ json })) } } as never);
	const { executionId = '' } = await client.runManually({ workflowId: workflow.id, triggerNodeName, destinationNode });
	return await client.waitForExecution(executionId, MINUTES);
}

/** A transcript as returned by the trigger and Recover Missed, with Output set to Utterances. */
export function transcript(id: string, metadata: JsonObject, text = `This was said in ${id}.`): JsonObject {
	return {
		eventId: `assemblyAi:${id}:completed`,
		provider: 'assemblyAi',
		id,
		status: 'completed',
		text,
		durationSeconds: 61,
		utterances: text === '' ? [] : [{ speaker: 'A', start: 0, end: 60, text }],
		metadata,
	};
}

/** Creates a failed job as returned by the trigger and Recover Missed. */
export function failure(id: string, metadata: JsonObject): JsonObject {
	return {
		eventId: `assemblyAi:${id}:failed`,
		provider: 'assemblyAi',
		id,
		status: 'failed',
		errorMessage: 'No <audio>',
		metadata,
	};
}
