import type { Execution, JsonObject, Workflow } from '../../../tools/n8n';
import { MINUTES } from '../harness';
import type { TemplateStage } from './stage';

/**
 * Runs a template by hand from one of its triggers, with the output of a node as given: what no service in these tests
 * says, or several things at once.
 * @param triggerNodeName where the run begins
 * @param nodeName the node that puts out `items`; the trigger itself, or one behind it
 */
export async function runPinned(
	{ stage: { client } }: TemplateStage,
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

/** A transcript as the trigger and Recover Missed put it out, with Output Utterances. */
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

/** A job that failed, as the trigger and Recover Missed put it out. */
export function failure(id: string, metadata: JsonObject): JsonObject {
	return { eventId: `assemblyAi:${id}:failed`, provider: 'assemblyAi', id, status: 'failed', errorMessage: 'No <audio>', metadata };
}
