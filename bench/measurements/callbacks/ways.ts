import { SECRET_HEADER } from '../../../nodes/Transcription/core/redact';
import type { Account } from '../../../sandbox';
import type { Connections, Credential, N8nClient, WorkflowNode } from '../../../tools/n8n';
import { node } from '../../../tools/compare/canvases';

/** One way to receive callbacks, as a published workflow. */
export interface Way {
	title: string;
	workflowId: string;
	/** Where callbacks go, below n8n's address. */
	path: string;
	/** Proves them. */
	headers: Record<string, string>;
}

/** What the ways have in common. */
export interface Service {
	/** Of its API. */
	baseUrl: string;
	account: Account;
}

/** The node that gets what arrived. */
export const NEXT = 'Next';

const SECRET = 'a-secret-for-callbacks';
const PROVIDER = 'assemblyAi';
const CREDENTIAL_TYPE = 'assemblyAiTranscriptionApi';

/** Of a callback as AssemblyAI sends it. */
export const bodyFor = (id: string) => JSON.stringify({ transcript_id: id, status: 'completed' });

/** The trigger of this package. */
export async function createTrigger(client: N8nClient, { baseUrl, account }: Service, fetchTranscript: boolean): Promise<Way> {
	const credential = await client.createCredential('AssemblyAI', CREDENTIAL_TYPE, {
		apiKey: account.apiKey,
		region: 'custom',
		baseUrl,
		webhookSecret: SECRET,
	});
	const title = `Transcription Trigger, ${fetchTranscript ? 'with' : 'without'} Fetch Transcript`;
	const trigger = { ...node('Trigger', 'n8n-nodes-transcription.transcriptionTrigger', 1, { provider: PROVIDER, fetchTranscript }), ...using(credential) };
	const workflowId = await publish(client, title, [trigger, next], { Trigger: to(NEXT) });
	return { title, workflowId, path: `webhook/${workflowId}/${PROVIDER}`, headers: { [SECRET_HEADER]: SECRET } };
}

/** n8n's own nodes: a Webhook, and what fetches the transcript and drops duplicates where that is wanted. */
export async function createByHand(client: N8nClient, service: Service, fetchTranscript: boolean): Promise<Way> {
	const path = crypto.randomUUID();
	const proof = await client.createCredential('Secret of callbacks', 'httpHeaderAuth', { name: SECRET_HEADER, value: SECRET });
	const webhook = {
		...node('Webhook', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path, authentication: 'headerAuth', options: {} }),
		...using(proof),
	};
	const title = fetchTranscript ? 'Webhook, HTTP Request, Remove Duplicates' : 'Webhook with header authentication';
	const rest = fetchTranscript ? await fetchAndDrop(client, service) : [];
	const names = ['Webhook', ...rest.map(({ name }) => name), NEXT];
	const connections = Object.assign({}, ...names.slice(0, -1).map((name, index) => ({ [name]: to(names[index + 1] ?? '') }))) as Connections;
	const workflowId = await publish(client, title, [webhook, ...rest, next], connections);
	return { title, workflowId, path: `webhook/${path}`, headers: { [SECRET_HEADER]: SECRET } };
}

/** A webhook of another node than n8n's own that does nothing but compare a header with a credential. */
export async function createPlain(client: N8nClient): Promise<Way> {
	const proof = await client.createCredential('Secret of callbacks', 'httpHeaderAuth', { name: SECRET_HEADER, value: SECRET });
	const trigger = { ...node('Trigger', 'CUSTOM.plainTrigger', 1, {}), ...using(proof) };
	const title = 'the plainest trigger';
	const workflowId = await publish(client, title, [trigger, next], { Trigger: to(NEXT) });
	return { title, workflowId, path: `webhook/${trigger.webhookId}/plain`, headers: { [SECRET_HEADER]: SECRET } };
}

async function fetchAndDrop(client: N8nClient, { baseUrl, account }: Service): Promise<WorkflowNode[]> {
	const key = await client.createCredential('Key of the service', 'httpHeaderAuth', { name: 'Authorization', value: account.apiKey });
	return [
		{
			...node('Get', 'n8n-nodes-base.httpRequest', 4.2, {
				url: `=${baseUrl}/v2/transcript/{{ $json.body.transcript_id }}`,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpHeaderAuth',
				options: {},
			}),
			...using(key),
		},
		node('Remove Duplicates', 'n8n-nodes-base.removeDuplicates', 2, {
			operation: 'removeItemsSeenInPreviousExecutions',
			logic: 'removeItemsWithAlreadySeenKeyValues',
			dedupeValue: '={{ $json.id }}:{{ $json.status }}',
			options: {},
		}),
	];
}

async function publish(client: N8nClient, name: string, nodes: WorkflowNode[], connections: Connections): Promise<string> {
	const { id } = await client.createWorkflow({ name, settings: { executionOrder: 'v1' }, nodes, connections });
	await client.publish(id);
	return id;
}

const next: WorkflowNode = node(NEXT, 'n8n-nodes-base.noOp', 1, {});

const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });

const using = ({ id, name, type }: Credential) => ({ credentials: { [type]: { id, name } } });
