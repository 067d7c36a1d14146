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
	return await runAllPinned({ testbed: { client } }, workflow, triggerNodeName, { [nodeName]: items }, destinationNode);
}

/** Like `runPinned`, with the output of several nodes. */
export async function runAllPinned(
	{ testbed: { client } }: { testbed: Pick<TemplateTestbed['testbed'], 'client'> },
	workflow: Workflow,
	triggerNodeName: string,
	outputs: Record<string, readonly JsonObject[]>,
	destinationNode?: string,
): Promise<Execution> {
	const pinData = Object.fromEntries(
		Object.entries(outputs).map(([name, items]) => [name, items.map((json) => ({ json }))]),
	);
	await client.updateWorkflow(workflow.id, { pinData } as never);
	const { executionId = '' } = await client.runManually({ workflowId: workflow.id, triggerNodeName, destinationNode });
	return await client.waitForExecution(executionId, MINUTES);
}

/** Items of the trigger and Recover Missed for jobs of a service. */
export interface PinnedItems {
	/** A transcript, with Output set to Utterances. */
	transcript(id: string, metadata: JsonObject, text?: string): JsonObject;
	/** A failed job. */
	failure(id: string, metadata: JsonObject): JsonObject;
}

export function pinnedItems(provider: string): PinnedItems {
	return {
		transcript: (id, metadata, text) => transcript(id, metadata, text, provider),
		failure: (id, metadata) => failure(id, metadata, provider),
	};
}

/** A transcript as returned by the trigger and Recover Missed, with Output set to Utterances. */
export function transcript(
	id: string,
	metadata: JsonObject,
	text = `This was said in ${id}.`,
	provider = 'assemblyAi',
): JsonObject {
	return {
		eventId: `${provider}:${id}:completed`,
		provider,
		id,
		status: 'completed',
		text,
		durationSeconds: 61,
		utterances: text === '' ? [] : [{ speaker: 'A', start: 0, end: 60, text }],
		metadata,
	};
}

/** Creates a failed job as returned by the trigger and Recover Missed. */
export function failure(id: string, metadata: JsonObject, provider = 'assemblyAi'): JsonObject {
	return {
		eventId: `${provider}:${id}:failed`,
		provider,
		id,
		status: 'failed',
		errorMessage: 'No <audio>',
		metadata,
	};
}
