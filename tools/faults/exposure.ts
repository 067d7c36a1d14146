import { type Execution, type N8nClient, outputOf } from '../n8n';
import type { Crm } from './crm';
import { NODES, type Pipeline } from './workflow';

/**
 * Measures how long transcripts were in the CRM before n8n had recorded them, in ms, sorted. A kill within that time causes a
 * duplicate delivery.
 */
export async function exposuresOf({
	client,
	crm,
	pipelines,
}: {
	client: N8nClient;
	crm: Pick<Crm, 'rows'>;
	pipelines: readonly Pipeline[];
}): Promise<number[]> {
	const exposures: number[] = [];
	for (const { workflow } of pipelines) {
		for await (const { id, status } of client.everyExecution(workflow.id)) {
			if (status !== 'success') continue;
			const exposure = exposureIn(await client.getExecution(id), crm.rows);
			if (exposure !== undefined) exposures.push(exposure);
		}
	}
	return exposures.sort((a, b) => a - b);
}

/** Measures one execution, including the cleanup after recording. @returns undefined if the execution didn't send a transcript to the CRM after a callback */
export function exposureIn(execution: Pick<Execution, 'runs'>, rows: Crm['rows']): number | undefined {
	const acknowledged = execution.runs[NODES.acknowledge]?.[0];
	const [received] = outputOf(execution as Execution, NODES.trigger);
	const stored = rows.get(String(received?.json.eventId));
	if (!acknowledged || stored?.via !== 'callback') return undefined;
	return Math.max(0, acknowledged.startTime + acknowledged.executionTime - stored.at);
}
