import { connect, type N8nClient, type N8nInstance, node, type WorkflowNode } from '../../../tools/n8n';

/** Nodes that run one after the other when a request arrives at their own webhook. */
export interface Chain {
	webhook: WorkflowNode;
	nodes: WorkflowNode[];
}

/** Starts with a Webhook node that responds when the last node has ended. */
export function chain(name: string, ...nodes: WorkflowNode[]): Chain {
	const webhook = node(name, 'n8n-nodes-base.webhook', 2, {
		httpMethod: 'POST',
		path: crypto.randomUUID(),
		responseMode: 'lastNode',
		responseData: 'noData',
		options: {},
	});
	return { webhook, nodes };
}

/** Outputs one item for each object in the request's `items`. */
export const splitItems = (name: string): WorkflowNode =>
	node(name, 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.items', options: {} });

/** @returns the workflow's ID */
export async function publishChains(
	client: N8nClient,
	name: string,
	chains: readonly Chain[],
	others: readonly WorkflowNode[] = [],
): Promise<string> {
	const { id } = await client.createWorkflow({
		name,
		settings: { executionOrder: 'v1' },
		nodes: [...others, ...chains.flatMap(({ webhook, nodes }) => [webhook, ...nodes])],
		connections: connect(...chains.map(({ webhook, nodes }) => [webhook, ...nodes].map((one) => one.name))),
	});
	await client.publish(id);
	return id;
}

/**
 * Runs a chain once.
 * @returns the time from the request to the response, in ms
 * @throws Error if its execution failed
 */
export async function runChain(
	{ n8n }: N8nInstance,
	{ webhook }: Chain,
	items: readonly object[] = [],
): Promise<number> {
	const body = JSON.stringify({ items });
	const startedAt = performance.now();
	const response = await fetch(`${n8n.url}/webhook/${String(webhook.parameters.path)}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body,
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${webhook.name} responded with ${response.status}: ${text.slice(0, 300)}`);
	return performance.now() - startedAt;
}
