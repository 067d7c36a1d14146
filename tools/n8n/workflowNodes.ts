import type { Connections, Credential, JsonObject, WorkflowNode } from './client/types';

/** Node types that need a `webhookId`. */
const HAS_WEBHOOK = /webhook|wait|(?<!manual)trigger$/i;

let column = 0;

/** Creates a node for a workflow's JSON, positioned to the right of the previous one. */
export function node(name: string, type: string, typeVersion: number, parameters: JsonObject): WorkflowNode {
	return {
		id: crypto.randomUUID(),
		name,
		type,
		typeVersion,
		position: [(column++ % 8) * 220, 0],
		parameters,
		...(HAS_WEBHOOK.test(type) && { webhookId: crypto.randomUUID() }),
	};
}

/** Creates a node output that is connected to the node with this name. */
export const to = (name: string) => [{ node: name, type: 'main', index: 0 }];

/** Connects nodes in a row, each through its first output. */
export function connect(...chains: ReadonlyArray<readonly string[]>): Connections {
	const connections: Connections = {};
	for (const chain of chains) {
		for (const [index, name] of chain.slice(0, -1).entries())
			connections[name] = { main: [to(chain[index + 1] ?? '')] };
	}
	return connections;
}

/** Creates a node's reference to a credential. */
export const credentialsOf = ({ id, name, type }: Credential): NonNullable<WorkflowNode['credentials']> => ({
	[type]: { id, name },
});
