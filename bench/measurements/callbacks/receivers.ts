import type { Account } from '../../../sandbox';
import { connect, type Credential, credentialsOf, type N8nClient, node, type WorkflowNode } from '../../../tools/n8n';
import { SECRET_HEADER } from '../../../nodes/Transcription/core/redact';

/** A published workflow that receives callbacks. */
export interface Receiver {
	title: string;
	workflowId: string;
	/** Path of the webhook, relative to n8n's base URL. */
	path: string;
	/** Headers that authenticate a callback. */
	headers: Record<string, string>;
}

/** The service that all receivers use. */
export interface Service {
	/** Base URL of its API. */
	baseUrl: string;
	account: Account;
}

/** The node that receives the output. */
export const NEXT = 'Next';

const SECRET = 'a-secret-for-callbacks';
const PROVIDER = 'assemblyAi';
const CREDENTIAL_TYPE = 'assemblyAiTranscriptionApi';

/** Returns the body of a callback as AssemblyAI sends it. */
export const bodyFor = (id: string) => JSON.stringify({ transcript_id: id, status: 'completed' });

/** Transcription Trigger. */
export async function createTrigger(
	client: N8nClient,
	{ baseUrl, account }: Service,
	fetchTranscript: boolean,
): Promise<Receiver> {
	const credential = await client.createCredential('AssemblyAI', CREDENTIAL_TYPE, {
		apiKey: account.apiKey,
		region: 'custom',
		baseUrl,
		webhookSecret: SECRET,
	});
	const title = `Transcription Trigger, ${fetchTranscript ? 'with' : 'without'} Fetch Transcript`;
	const trigger = {
		...node('Trigger', 'n8n-nodes-transcription.transcriptionTrigger', 1, { provider: PROVIDER, fetchTranscript }),
		...using(credential),
	};
	const workflowId = await publish(client, title, [trigger, next], ['Trigger', NEXT]);
	return { title, workflowId, path: `webhook/${workflowId}/${PROVIDER}`, headers: { [SECRET_HEADER]: SECRET } };
}

/** n8n's own nodes: a Webhook and, if requested, nodes that fetch the transcript and drop duplicates. */
export async function createFromBuiltInNodes(
	client: N8nClient,
	service: Service,
	fetchTranscript: boolean,
): Promise<Receiver> {
	const path = crypto.randomUUID();
	const proof = await client.createCredential('Callback secret', 'httpHeaderAuth', {
		name: SECRET_HEADER,
		value: SECRET,
	});
	const webhook = {
		...node('Webhook', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path,
			authentication: 'headerAuth',
			options: {},
		}),
		...using(proof),
	};
	const title = fetchTranscript ? 'Webhook, HTTP Request, Remove Duplicates' : 'Webhook with header authentication';
	const rest = fetchTranscript ? await fetchAndDrop(client, service) : [];
	const workflowId = await publish(
		client,
		title,
		[webhook, ...rest, next],
		['Webhook', ...rest.map(({ name }) => name), NEXT],
	);
	return { title, workflowId, path: `webhook/${path}`, headers: { [SECRET_HEADER]: SECRET } };
}

/** Creates a custom trigger that only compares a header with a credential. */
export async function createPlain(client: N8nClient): Promise<Receiver> {
	const proof = await client.createCredential('Callback secret', 'httpHeaderAuth', {
		name: SECRET_HEADER,
		value: SECRET,
	});
	const trigger = { ...node('Trigger', 'CUSTOM.plainTrigger', 1, {}), ...using(proof) };
	const title = 'the plainest trigger';
	const workflowId = await publish(client, title, [trigger, next], ['Trigger', NEXT]);
	return { title, workflowId, path: `webhook/${trigger.webhookId}/plain`, headers: { [SECRET_HEADER]: SECRET } };
}

async function fetchAndDrop(client: N8nClient, { baseUrl, account }: Service): Promise<WorkflowNode[]> {
	const key = await client.createCredential('Service API key', 'httpHeaderAuth', {
		name: 'Authorization',
		value: account.apiKey,
	});
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

async function publish(
	client: N8nClient,
	name: string,
	nodes: WorkflowNode[],
	chain: readonly string[],
): Promise<string> {
	const { id } = await client.createWorkflow({
		name,
		settings: { executionOrder: 'v1' },
		nodes,
		connections: connect(chain),
	});
	await client.publish(id);
	return id;
}

const next: WorkflowNode = node(NEXT, 'n8n-nodes-base.noOp', 1, {});

const using = (credential: Credential) => ({ credentials: credentialsOf(credential) });
