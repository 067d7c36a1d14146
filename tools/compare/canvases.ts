import type { Account } from '../../sandbox';
import { type Connections, credentialsOf, type N8nClient, node, to, type WorkflowNode } from '../n8n';

/** Names of the nodes whose output is read from executions. */
export const NODES = {
	start: 'Start',
	submit: 'Submit',
	next: 'Next',
	failed: 'Failed',
	recovered: 'Next (recovered)',
} as const;

/** The nodes between the one that receives the recording and `NODES.next`. */
export interface Canvas {
	nodes: WorkflowNode[];
	/** Names of nodes to connect in a row. The first chain begins with the node that receives the recording. */
	chains: string[][];
	/** Additional connections, by node. */
	connections?: Connections;
	/** Description of the nodes for the report. */
	names: string[];
	/** Nodes that recover lost transcripts. */
	safetyNet?: string[];
	/** The node whose output contains the job's ID. */
	idIn: string;
	/** Webhook path that runs Recover Missed. */
	recoverPath?: string;
}

/** Input for building a canvas. */
export interface CanvasContext {
	client: N8nClient;
	/** Base URL of the service's API. */
	baseUrl: string;
	/** The account at the service. */
	account: Account;
	/** Content of the item: the recording itself, or its URL as `audioUrl`. */
	source: 'file' | 'url';
	/** n8n's base URL as the service sees it, with a trailing slash. */
	publicUrl: string;
}

export type BuildCanvas = (context: CanvasContext) => Promise<Canvas>;

/**
 * Polls until the job has ended.
 * @param extractText whether a Code node after each poll extracts the text, as in the published template
 */
export const polling =
	(pauseSeconds: number, { extractText = false } = {}): BuildCanvas =>
	async (context) => {
		const http = await httpNodesFor(context);
		const { upload, submit } = submitNodes(http, context, {});
		const code = node('Extract Text', 'n8n-nodes-base.code', 2, {
			jsCode: "return [{ json: { transcript: $json.text ?? '' } }];",
		});
		const isCompleted = {
			id: crypto.randomUUID(),
			leftValue: '={{ $node["Check Status"].json["status"] }}',
			rightValue: 'completed',
			operator: { type: 'string', operation: 'equals' },
		};
		const loop = [
			node('Wait', 'n8n-nodes-base.wait', 1.1, { amount: pauseSeconds }),
			http('Check Status', { url: `=${context.baseUrl}/v2/transcript/{{ $node["Submit"].json["id"] }}` }),
			...(extractText ? [code] : []),
			node('Is It Done?', 'n8n-nodes-base.if', 2.2, {
				conditions: {
					options: { version: 2, leftValue: '', caseSensitive: true, typeValidation: 'strict' },
					combinator: 'and',
					conditions: [isCompleted],
				},
				options: {},
			}),
		];
		const nodes = [...upload, submit, ...loop];
		return {
			nodes,
			chains: [nodes.map(({ name }) => name)],
			connections: { 'Is It Done?': { main: [to(NODES.next), to('Wait')] } },
			names: [
				...upload.map(() => 'HTTP Request (upload)'),
				'HTTP Request (submit)',
				'Wait',
				'HTTP Request (status)',
				...(extractText ? ['Code'] : []),
				'IF',
			],
			idIn: NODES.submit,
		};
	};

/**
 * Receives the callback with n8n's own nodes and doesn't drop duplicates.
 * @param verified whether the webhook checks a secret in a header; if not, anyone can send a callback
 */
export const bareCallback =
	({ verified }: { verified: boolean }): BuildCanvas =>
	async (context) => {
		const http = await httpNodesFor(context);
		const path = crypto.randomUUID();
		const secret = { name: 'x-secret', value: crypto.randomUUID() };
		const callback = node('Callback', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path,
			options: {},
			...(verified && { authentication: 'headerAuth' }),
		});
		if (verified) {
			const { id, name } = await context.client.createCredential('Callback secret', 'httpHeaderAuth', secret);
			callback.credentials = { httpHeaderAuth: { id, name } };
		}
		const { upload, submit } = submitNodes(http, context, {
			webhook_url: `${context.publicUrl}webhook/${path}`,
			...(verified && { webhook_auth_header_name: secret.name, webhook_auth_header_value: secret.value }),
		});
		return {
			nodes: [
				...upload,
				submit,
				callback,
				http('Fetch', { url: `=${context.baseUrl}/v2/transcript/{{ $json.body.transcript_id }}` }),
			],
			chains: [[...upload, submit].map(({ name }) => name), ['Callback', 'Fetch', NODES.next]],
			names: [...upload.map(() => 'HTTP Request (upload)'), 'HTTP Request (submit)', 'Webhook', 'HTTP Request (fetch)'],
			idIn: 'Fetch',
		};
	};

/** Uses Submit, and Transcription Trigger for the callback. */
export const callbackToTrigger: BuildCanvas = async (context) => {
	const ours = await packageNodesFor(context);
	const recoverPath = crypto.randomUUID();
	return {
		nodes: [
			ours(NODES.submit, 'transcription', { resource: 'transcription', operation: 'submit', ...sourceOf(context) }),
			ours('Trigger', 'transcriptionTrigger', {}),
			// Replaces the Schedule Trigger, so that the comparison can start the recovery.
			node('Recover', 'n8n-nodes-base.webhook', 2, {
				httpMethod: 'POST',
				path: recoverPath,
				responseMode: 'lastNode',
				options: {},
			}),
			ours('Recover Missed', 'transcription', {
				resource: 'transcript',
				operation: 'recoverMissed',
				options: { includeUnacknowledged: false },
			}),
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
};

/** @param parameters for Submit and Wait, in addition to the recording */
export const submitAndWait =
	(parameters: Record<string, unknown> = {}): BuildCanvas =>
	async (context) => {
		const ours = await packageNodesFor(context);
		return {
			nodes: [
				ours(NODES.submit, 'transcription', {
					resource: 'transcription',
					operation: 'submitAndWait',
					...sourceOf(context),
					...parameters,
				}),
			],
			chains: [[NODES.submit, NODES.next]],
			names: ['Submit and Wait'],
			idIn: NODES.submit,
		};
	};

/** Returns the source of the recording, which is a file by default. */
const sourceOf = ({ source }: CanvasContext) =>
	source === 'file' ? {} : { source, audioUrl: '={{ $json.body.audioUrl }}' };

type HttpNode = (name: string, parameters: Record<string, unknown>) => WorkflowNode;

/** @returns a function that creates HTTP Request nodes with the account's API key */
async function httpNodesFor({ client, account }: CanvasContext): Promise<HttpNode> {
	const credential = await client.createCredential('Service API key', 'httpHeaderAuth', {
		name: 'Authorization',
		value: account.apiKey,
	});
	return (name, parameters) => ({
		...node(name, 'n8n-nodes-base.httpRequest', 4.2, {
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			options: {},
			...parameters,
		}),
		credentials: credentialsOf(credential),
	});
}

/** Submits with HTTP Request nodes. @param further additional request body fields */
function submitNodes(http: HttpNode, { baseUrl, source }: CanvasContext, further: Record<string, string>) {
	const audio = source === 'file' ? '$json.upload_url' : '$json.body.audioUrl';
	const upload = http('Upload', {
		method: 'POST',
		url: `${baseUrl}/v2/upload`,
		sendBody: true,
		contentType: 'binaryData',
		inputDataFieldName: 'data',
	});
	const fields = [
		`audio_url: ${audio}`,
		...Object.entries(further).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
	];
	const submit = http(NODES.submit, {
		method: 'POST',
		url: `${baseUrl}/v2/transcript`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={{ JSON.stringify({ ${fields.join(', ')} }) }}`,
	});
	return { upload: source === 'file' ? [upload] : [], submit };
}

/** @returns a function that creates nodes of this package with the account's API key */
async function packageNodesFor({ client, baseUrl, account }: CanvasContext) {
	const type = 'assemblyAiTranscriptionApi';
	const credential = await client.createCredential(`AssemblyAI ${account.name}`, type, {
		apiKey: account.apiKey,
		region: 'custom',
		baseUrl,
	});
	return (nodeName: string, kind: string, parameters: Record<string, unknown>): WorkflowNode => ({
		...node(nodeName, `n8n-nodes-transcription.${kind}`, 1, { provider: 'assemblyAi', ...parameters }),
		credentials: credentialsOf(credential),
	});
}
