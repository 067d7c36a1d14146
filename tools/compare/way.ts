import type { Account } from '../../sandbox';
import type { Connections } from '../n8n';
import { type Canvas, type Draw, node, NODES, type Place, to } from './canvases';

/** One way to get from a recording to its transcript, as a published workflow. */
export interface Way {
	name: string;
	title: string;
	/** At the service: its name stands at each request, so that ways can be told apart. */
	account: Account;
	workflowId: string;
	/** Takes a recording: `{ audioUrl }`. */
	startPath: string;
	/** Runs Recover Missed once; only where there is one. */
	recoverPath?: string;
	/** The nodes that stand between the recording and what is done with the transcript, as a person would name them. */
	nodes: string[];
	/** Those that bring back what was lost. */
	safetyNet: string[];
	/** Whose item names the job, in the execution in which the transcript arrives. */
	idIn: string;
}

/** What a workflow shall be. */
export interface Plan {
	name: string;
	title: string;
	draw: Draw;
}

/** Creates and publishes the workflow of a way. */
export async function publishWay({ name, title, draw }: Plan, place: Place): Promise<Way> {
	const canvas = await draw(place);
	const startPath = crypto.randomUUID();
	const download = node('Download', 'n8n-nodes-base.httpRequest', 4.2, {
		url: '={{ $json.body.audioUrl }}',
		options: { response: { response: { responseFormat: 'file' } } },
	});
	const start = [
		node(NODES.start, 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: startPath, options: {} }),
		...(place.source === 'file' ? [download] : []),
	];
	const { id } = await place.client.createWorkflow({
		name: title,
		settings: { executionOrder: 'v1' },
		nodes: [...start, ...canvas.nodes, node(NODES.next, 'n8n-nodes-base.noOp', 1, {})],
		connections: connectionsOf(start.map((one) => one.name), canvas),
	});
	await place.client.publish(id);
	return {
		name,
		title,
		account: place.account,
		workflowId: id,
		startPath,
		recoverPath: canvas.recoverPath,
		nodes: canvas.names,
		safetyNet: canvas.safetyNet ?? [],
		idIn: canvas.idIn,
	};
}

function connectionsOf(start: readonly string[], { chains, connections }: Canvas): Connections {
	const all: Connections = { ...connections };
	for (const chain of [[...start, chains[0]?.[0] ?? ''], ...chains]) {
		for (const [index, from] of chain.slice(0, -1).entries()) all[from] ??= { main: [to(chain[index + 1] ?? '')] };
	}
	return all;
}
