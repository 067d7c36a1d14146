import type { Account } from '../../sandbox';
import { connect, type Connections, node } from '../n8n';
import { type BuildCanvas, type Canvas, type CanvasContext, NODES } from './canvases';

/** A published workflow that transcribes a recording in one particular way. */
export interface Approach {
	name: string;
	title: string;
	/** The account at the service. Each request is logged with its account, so requests can be counted per approach. */
	account: Account;
	workflowId: string;
	/** Webhook path that accepts a recording: `{ audioUrl }`. */
	startPath: string;
	/** Webhook path that runs Recover Missed once, if the workflow has it. */
	recoverPath?: string;
	/** Description of the nodes between the recording and its transcript. */
	nodes: string[];
	/** Nodes that recover lost transcripts. */
	safetyNet: string[];
	/** The node whose output contains the job's ID in the execution that receives the transcript. */
	idIn: string;
}

/** Instructions for building an approach. */
export interface Plan {
	name: string;
	title: string;
	build: BuildCanvas;
}

/** Creates and publishes the workflow. */
export async function publishApproach({ name, title, build }: Plan, context: CanvasContext): Promise<Approach> {
	const canvas = await build(context);
	const startPath = crypto.randomUUID();
	const download = node('Download', 'n8n-nodes-base.httpRequest', 4.2, {
		url: '={{ $json.body.audioUrl }}',
		options: { response: { response: { responseFormat: 'file' } } },
	});
	const start = [
		node(NODES.start, 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: startPath, options: {} }),
		...(context.source === 'file' ? [download] : []),
	];
	const { id } = await context.client.createWorkflow({
		name: title,
		settings: { executionOrder: 'v1' },
		nodes: [...start, ...canvas.nodes, node(NODES.next, 'n8n-nodes-base.noOp', 1, {})],
		connections: connectionsOf(
			start.map((one) => one.name),
			canvas,
		),
	});
	await context.client.publish(id);
	return {
		name,
		title,
		account: context.account,
		workflowId: id,
		startPath,
		recoverPath: canvas.recoverPath,
		nodes: canvas.names,
		safetyNet: canvas.safetyNet ?? [],
		idIn: canvas.idIn,
	};
}

function connectionsOf(start: readonly string[], { chains, connections }: Canvas): Connections {
	return { ...connect([...start, chains[0]?.[0] ?? ''], ...chains), ...connections };
}
