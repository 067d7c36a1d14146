import type { Account } from '../../sandbox';
import type { Connections, N8nClient, WorkflowNode } from '../n8n';

/** Names by which executions are read afterwards. */
export const NODES = { start: 'Start', submit: 'Submit', next: 'Next', failed: 'Failed', recovered: 'Next (recovered)' } as const;

/** Between what takes the recording and `NODES.next`: one way to get its transcript. */
export interface Canvas {
	nodes: WorkflowNode[];
	/** The first begins with the node that gets the recording. */
	chains: string[][];
	/** Further connections, by node. */
	connections?: Connections;
	names: string[];
	safetyNet?: string[];
	idIn: string;
	recoverPath?: string;
}

/** Where a canvas is drawn. */
export interface Place {
	client: N8nClient;
	/** Of the service's API. */
	baseUrl: string;
	/** At the service. */
	account: Account;
	/** What stands in the item: the recording itself, or its address as `audioUrl`. */
	source: 'file' | 'url';
	/** Of n8n's webhooks, as the service sees it, with a slash at the end. */
	publicUrl: string;
}

export type Draw = (place: Place) => Promise<Canvas>;

/**
 * Asks again and again whether the job has ended.
 * @param extractText puts a Code node behind each question that takes the text out, as the published template does
 */
export const polling = (pauseSeconds: number, { extractText = false } = {}): Draw => async (place) => {
	const http = await httpFor(place);
	const { upload, submit } = submission(http, place, {});
	const code = node('Extract Text', 'n8n-nodes-base.code', 2, { jsCode: "return [{ json: { transcript: $json.text ?? '' } }];" });
	const isCompleted = {
		id: crypto.randomUUID(),
		leftValue: '={{ $node["Check Status"].json["status"] }}',
		rightValue: 'completed',
		operator: { type: 'string', operation: 'equals' },
	};
	const loop = [
		node('Wait', 'n8n-nodes-base.wait', 1.1, { amount: pauseSeconds }),
		http('Check Status', { url: `=${place.baseUrl}/v2/transcript/{{ $node["Submit"].json["id"] }}` }),
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
 * n8n's own nodes take the callback, however often it comes.
 * @param verified whether they look for a secret in a header; else anybody may send it
 */
export const bareCallback = ({ verified }: { verified: boolean }): Draw => async (place) => {
	const http = await httpFor(place);
	const path = crypto.randomUUID();
	const secret = { name: 'x-secret', value: crypto.randomUUID() };
	const callback = node('Callback', 'n8n-nodes-base.webhook', 2, {
		httpMethod: 'POST',
		path,
		options: {},
		...(verified && { authentication: 'headerAuth' }),
	});
	if (verified) {
		const { id, name } = await place.client.createCredential('Secret of callbacks', 'httpHeaderAuth', secret);
		callback.credentials = { httpHeaderAuth: { id, name } };
	}
	const { upload, submit } = submission(http, place, {
		webhook_url: `${place.publicUrl}webhook/${path}`,
		...(verified && { webhook_auth_header_name: secret.name, webhook_auth_header_value: secret.value }),
	});
	return {
		nodes: [
			...upload,
			submit,
			callback,
			http('Fetch', { url: `=${place.baseUrl}/v2/transcript/{{ $json.body.transcript_id }}` }),
		],
		chains: [[...upload, submit].map(({ name }) => name), ['Callback', 'Fetch', NODES.next]],
		names: [...upload.map(() => 'HTTP Request (upload)'), 'HTTP Request (submit)', 'Webhook', 'HTTP Request (fetch)'],
		idIn: 'Fetch',
	};
};

/** Submit, and a trigger for the callback. */
export const callbackToTrigger: Draw = async (place) => {
	const ours = await oursFor(place);
	const recoverPath = crypto.randomUUID();
	return {
		nodes: [
			ours(NODES.submit, 'transcription', { resource: 'transcription', operation: 'submit', ...sourceOf(place) }),
			ours('Trigger', 'transcriptionTrigger', {}),
			// In place of a Schedule Trigger, so that it can be told when to run.
			node('Recover', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: recoverPath, responseMode: 'lastNode', options: {} }),
			ours('Recover Missed', 'transcription', { resource: 'transcript', operation: 'recoverMissed', options: { includeUnacknowledged: false } }),
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

/** @param parameters of Submit and Wait, beside the recording */
export const submitAndWait = (parameters: Record<string, unknown> = {}): Draw => async (place) => {
	const ours = await oursFor(place);
	return {
		nodes: [ours(NODES.submit, 'transcription', { resource: 'transcription', operation: 'submitAndWait', ...sourceOf(place), ...parameters })],
		chains: [[NODES.submit, NODES.next]],
		names: ['Submit and Wait'],
		idIn: NODES.submit,
	};
};

/** A file is what our nodes take when they are told nothing. */
const sourceOf = ({ source }: Place) => (source === 'file' ? {} : { source, audioUrl: '={{ $json.body.audioUrl }}' });

type HttpNode = (name: string, parameters: Record<string, unknown>) => WorkflowNode;

/** HTTP Request nodes with the account's key. */
async function httpFor({ client, account }: Place): Promise<HttpNode> {
	const credential = await client.createCredential('Header of the service', 'httpHeaderAuth', { name: 'Authorization', value: account.apiKey });
	return (name, parameters) => ({
		...node(name, 'n8n-nodes-base.httpRequest', 4.2, {
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			options: {},
			...parameters,
		}),
		credentials: { httpHeaderAuth: { id: credential.id, name: credential.name } },
	});
}

/** By HTTP Request nodes. @param further fields of the request's body */
function submission(http: HttpNode, { baseUrl, source }: Place, further: Record<string, string>) {
	const audio = source === 'file' ? '$json.upload_url' : '$json.body.audioUrl';
	const upload = http('Upload', { method: 'POST', url: `${baseUrl}/v2/upload`, sendBody: true, contentType: 'binaryData', inputDataFieldName: 'data' });
	const fields = [`audio_url: ${audio}`, ...Object.entries(further).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)];
	const submit = http(NODES.submit, {
		method: 'POST',
		url: `${baseUrl}/v2/transcript`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={{ JSON.stringify({ ${fields.join(', ')} }) }}`,
	});
	return { upload: source === 'file' ? [upload] : [], submit };
}

async function oursFor({ client, baseUrl, account }: Place) {
	const type = 'assemblyAiTranscriptionApi';
	const credential = await client.createCredential(`AssemblyAI of ${account.name}`, type, { apiKey: account.apiKey, region: 'custom', baseUrl });
	return (nodeName: string, kind: string, parameters: Record<string, unknown>): WorkflowNode => ({
		...node(nodeName, `n8n-nodes-transcription.${kind}`, 1, { provider: 'assemblyAi', ...parameters }),
		credentials: { [type]: { id: credential.id, name: credential.name } },
	});
}

export const to = (name: string) => [{ node: name, type: 'main', index: 0 }];

export function node(name: string, type: string, typeVersion: number, parameters: Record<string, unknown>): WorkflowNode {
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
