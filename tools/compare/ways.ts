import type { Connections, N8nClient, WorkflowNode } from '../n8n';
import type { Account } from '../../sandbox';

/** What the published template waits between two questions. */
export const POLL_SECONDS = 20;

export type WayName = 'polling' | 'trigger' | 'wait' | 'parkedAtOnce';

/** Names by which executions are read afterwards. */
export const NODES = { start: 'Start', submit: 'Submit', next: 'Next', failed: 'Failed', recovered: 'Next (recovered)' } as const;

/** One way to get from a recording to its transcript, as a published workflow. */
export interface Way {
	name: WayName;
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

const TITLES: Record<WayName, string> = {
	polling: 'HTTP Request, Wait, IF',
	trigger: 'Submit and the Trigger',
	wait: 'Submit and Wait',
	parkedAtOnce: 'Submit and Wait, First Look 0',
};

/** Each way uses an account of its own. */
export const ACCOUNTS: Record<WayName, Account> = {
	polling: account('polling'),
	trigger: account('trigger'),
	wait: account('wait'),
	parkedAtOnce: account('parkedAtOnce'),
};

function account(name: WayName): Account {
	return { name, apiKey: `compare-${name}-key`, balance: 'ok' };
}

/** A canvas, without what all ways have: Start → Download before it, Next behind it. */
interface Canvas {
	nodes: WorkflowNode[];
	chains: string[][];
	/** Further connections, by node. */
	connections?: Connections;
	names: string[];
	safetyNet?: string[];
	idIn: string;
	recoverPath?: string;
}

/**
 * Creates and publishes the workflow of a way.
 * @param baseUrl of the service's API
 * @param deadlineMinutes of Submit and Wait; its own default when left out
 */
export async function createWay(client: N8nClient, name: WayName, baseUrl: string, deadlineMinutes?: number): Promise<Way> {
	const canvas = await CANVASES[name](client, baseUrl, deadlineMinutes);
	const startPath = crypto.randomUUID();
	const connections: Connections = { ...canvas.connections };
	for (const chain of [[NODES.start, 'Download', canvas.chains[0]?.[0] ?? ''], ...canvas.chains]) {
		for (const [index, from] of chain.slice(0, -1).entries()) connections[from] ??= { main: [to(chain[index + 1] ?? '')] };
	}
	const { id } = await client.createWorkflow({
		name: TITLES[name],
		settings: { executionOrder: 'v1' },
		nodes: [
			node(NODES.start, 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: startPath, options: {} }),
			node('Download', 'n8n-nodes-base.httpRequest', 4.2, {
				url: '={{ $json.body.audioUrl }}',
				options: { response: { response: { responseFormat: 'file' } } },
			}),
			...canvas.nodes,
			node(NODES.next, 'n8n-nodes-base.noOp', 1, {}),
		],
		connections,
	});
	await client.publish(id);
	return {
		name,
		title: TITLES[name],
		account: ACCOUNTS[name],
		workflowId: id,
		startPath,
		recoverPath: canvas.recoverPath,
		nodes: canvas.names,
		safetyNet: canvas.safetyNet ?? [],
		idIn: canvas.idIn,
	};
}

const CANVASES: Record<WayName, (client: N8nClient, baseUrl: string, deadlineMinutes?: number) => Promise<Canvas>> = {
	async polling(client, baseUrl) {
		const credential = await client.createCredential('Header of the service', 'httpHeaderAuth', {
			name: 'Authorization',
			value: ACCOUNTS.polling.apiKey,
		});
		const http = (name: string, parameters: Record<string, unknown>): WorkflowNode => ({
			...node(name, 'n8n-nodes-base.httpRequest', 4.2, {
				authentication: 'genericCredentialType',
				genericAuthType: 'httpHeaderAuth',
				options: {},
				...parameters,
			}),
			credentials: { httpHeaderAuth: { id: credential.id, name: credential.name } },
		});
		const isCompleted = {
			id: crypto.randomUUID(),
			leftValue: '={{ $node["Check Status"].json["status"] }}',
			rightValue: 'completed',
			operator: { type: 'string', operation: 'equals' },
		};
		return {
			nodes: [
				http('Upload', { method: 'POST', url: `${baseUrl}/v2/upload`, sendBody: true, contentType: 'binaryData', inputDataFieldName: 'data' }),
				http(NODES.submit, {
					method: 'POST',
					url: `${baseUrl}/v2/transcript`,
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ JSON.stringify({ audio_url: $json.upload_url }) }}',
				}),
				node('Wait', 'n8n-nodes-base.wait', 1.1, { amount: POLL_SECONDS }),
				http('Check Status', { url: `=${baseUrl}/v2/transcript/{{ $node["Submit"].json["id"] }}` }),
				node('Extract Text', 'n8n-nodes-base.code', 2, { jsCode: "return [{ json: { transcript: $json.text ?? '' } }];" }),
				node('Is It Done?', 'n8n-nodes-base.if', 2.2, {
					conditions: {
						options: { version: 2, leftValue: '', caseSensitive: true, typeValidation: 'strict' },
						combinator: 'and',
						conditions: [isCompleted],
					},
					options: {},
				}),
			],
			chains: [['Upload', NODES.submit, 'Wait', 'Check Status', 'Extract Text', 'Is It Done?']],
			connections: { 'Is It Done?': { main: [to(NODES.next), to('Wait')] } },
			names: ['HTTP Request (upload)', 'HTTP Request (submit)', 'Wait', 'HTTP Request (status)', 'Code', 'IF'],
			idIn: NODES.submit,
		};
	},

	async trigger(client, baseUrl) {
		const ours = await oursFor(client, baseUrl, 'trigger');
		const recoverPath = crypto.randomUUID();
		return {
			nodes: [
				ours(NODES.submit, 'transcription', { resource: 'transcription', operation: 'submit' }),
				ours('Trigger', 'transcriptionTrigger', {}),
				// In place of a Schedule Trigger, so that it can be told when to run.
				node('Recover', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: recoverPath, responseMode: 'lastNode', options: {} }),
				ours('Recover Missed', 'transcription', { resource: 'transcript', operation: 'recoverMissed', options: { unacknowledged: false } }),
				node(NODES.failed, 'n8n-nodes-base.noOp', 1, {}),
				node(NODES.recovered, 'n8n-nodes-base.noOp', 1, {}),
			],
			chains: [[NODES.submit], ['Recover', 'Recover Missed', NODES.recovered]],
			connections: { Trigger: { main: [to(NODES.next), to(NODES.failed)] } },
			names: ['Submit', 'Transcription Trigger'],
			safetyNet: ['Schedule Trigger', 'Recover Missed'],
			idIn: 'Trigger',
			recoverPath,
		};
	},

	wait: async (client, baseUrl, deadlineMinutes) => await waiting(client, baseUrl, 'wait', deadlineOf(deadlineMinutes)),
	parkedAtOnce: async (client, baseUrl) => await waiting(client, baseUrl, 'parkedAtOnce', { options: { firstLook: 0 } }),
};

const deadlineOf = (minutes: number | undefined) => (minutes === undefined ? {} : { deadlineAmount: minutes, deadlineUnit: 'minutes' });

async function waiting(client: N8nClient, baseUrl: string, name: WayName, parameters: Record<string, unknown>): Promise<Canvas> {
	const ours = await oursFor(client, baseUrl, name);
	return {
		nodes: [ours(NODES.submit, 'transcription', { resource: 'transcription', operation: 'submitAndWait', ...parameters })],
		chains: [[NODES.submit, NODES.next]],
		names: ['Submit and Wait'],
		idIn: NODES.submit,
	};
}

async function oursFor(client: N8nClient, baseUrl: string, name: WayName) {
	const type = 'assemblyAiTranscriptionApi';
	const credential = await client.createCredential(`AssemblyAI of ${name}`, type, { apiKey: ACCOUNTS[name].apiKey, region: 'custom', baseUrl });
	return (nodeName: string, kind: string, parameters: Record<string, unknown>): WorkflowNode => ({
		...node(nodeName, `n8n-nodes-transcription.${kind}`, 1, { provider: 'assemblyAi', ...parameters }),
		credentials: { [type]: { id: credential.id, name: credential.name } },
	});
}

const to = (name: string) => [{ node: name, type: 'main', index: 0 }];

function node(name: string, type: string, typeVersion: number, parameters: Record<string, unknown>): WorkflowNode {
	const isWebhook = /webhook|wait|Trigger$/i.test(type);
	return {
		id: crypto.randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		...(isWebhook && { webhookId: crypto.randomUUID() }),
	};
}
