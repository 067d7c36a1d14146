import { setTimeout as sleep } from 'node:timers/promises';
import { connect, credentialsOf, node, type WorkflowNode } from '../../n8n';
import type { Testbed } from './testbed';

/** n8n's response if the last node had no items. */
const NOTHING_TO_RECOVER = /No item to return was found/;
const RUNS_WITHOUT_NEWS = 2;
const MOST_RUNS = 20;
const PAUSE_MS = 5_000;

/** Runs Recover Missed, including jobs of crashed executions, until it finds nothing new. @returns the IDs of the recovered jobs */
export async function recoverMissed({ client, credential, n8nUrl, say }: Testbed): Promise<Set<string>> {
	const path = crypto.randomUUID();
	const recover: WorkflowNode = {
		...node('Recover Missed', 'n8n-nodes-transcription.transcription', 1, {
			provider: 'assemblyAi',
			resource: 'transcript',
			operation: 'recoverMissed',
			from: 'list',
			since: '={{ $now.minus({ hours: 3 }).toISO() }}',
			options: { includeCrashedExecutions: true },
		}),
		credentials: credentialsOf(credential),
	};
	const start = node('Start', 'n8n-nodes-base.webhook', 2, {
		httpMethod: 'POST',
		path,
		responseMode: 'lastNode',
		responseData: 'allEntries',
		options: {},
	});
	const connections = connect(['Start', 'Recover Missed']);
	const workflow = await client.createWorkflow({
		name: 'Recover Missed',
		nodes: [start, recover],
		connections,
		settings: { executionOrder: 'v1' },
	});
	await client.publish(workflow.id);
	const recovered = new Set<string>();
	for (let quiet = 0, run = 0; quiet < RUNS_WITHOUT_NEWS && run < MOST_RUNS; run++) {
		const before = recovered.size;
		for (const id of await runOnce(`${n8nUrl}/webhook/${path}`)) recovered.add(id);
		quiet = recovered.size === before ? quiet + 1 : 0;
		say(`Recover Missed has recovered ${recovered.size} jobs`);
		await sleep(PAUSE_MS);
	}
	await client.unpublish(workflow.id);
	return recovered;
}

/** @throws Error if Recover Missed fails */
async function runOnce(url: string): Promise<string[]> {
	const response = await fetch(url, { method: 'POST' });
	const text = await response.text();
	if (NOTHING_TO_RECOVER.test(text)) return [];
	if (!response.ok) throw new Error(`Recover Missed failed with ${response.status}: ${text.slice(0, 300)}`);
	const items = JSON.parse(text) as Array<{ id?: string }>;
	return items.flatMap(({ id }) => (id === undefined ? [] : [id]));
}
