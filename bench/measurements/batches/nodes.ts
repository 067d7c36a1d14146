import { connect, credentialsOf, type N8nClient, node, type WorkflowNode } from '../../../tools/n8n';

/** The node that processes the batch. */
export const BATCH = 'Batch';

export const WORK = ['submit', 'get'] as const;
export type Work = (typeof WORK)[number];

/** Our node with the default concurrency and with the highest, and n8n's own with everything in flight. */
export const SIDES = ['ours', 'most', 'httpRequest'] as const;
export type Side = (typeof SIDES)[number];

export const MOST = 50;

const PARAMETERS = {
	submit: {
		resource: 'transcription',
		operation: 'submit',
		source: 'url',
		audioUrl: '=https://example.com/{{ $json.n }}.mp3',
		callback: 'none',
	},
	get: { resource: 'transcript', operation: 'get', transcriptId: '=job-{{ $json.n }}' },
	upload: { resource: 'transcription', operation: 'submit', source: 'binary', callback: 'none' },
};

/** Creates our node for a service at this address. */
export async function ours(
	client: N8nClient,
	work: keyof typeof PARAMETERS,
	baseUrl: string,
	concurrency?: number,
): Promise<WorkflowNode> {
	const options = concurrency === undefined ? {} : { concurrency };
	const parameters = { provider: 'assemblyAi', ...PARAMETERS[work], options };
	return {
		...node(BATCH, 'n8n-nodes-transcription.transcription', 1, parameters),
		credentials: await credentialsFor(client, baseUrl),
	};
}

async function credentialsFor(client: N8nClient, baseUrl: string): Promise<WorkflowNode['credentials']> {
	const data = { apiKey: 'key', region: 'custom', baseUrl };
	return credentialsOf(await client.createCredential('AssemblyAI', 'assemblyAiTranscriptionApi', data));
}

/** Creates our trigger for a service at this address. */
export async function createTrigger(client: N8nClient, baseUrl: string): Promise<WorkflowNode> {
	return {
		...node('Trigger', 'n8n-nodes-transcription.transcriptionTrigger', 1, { provider: 'assemblyAi' }),
		webhookId: crypto.randomUUID(),
		credentials: await credentialsFor(client, baseUrl),
	};
}

/** Creates n8n's own node that sends the same requests with a credential, all at the same time. */
async function httpRequest(client: N8nClient, work: Work, baseUrl: string): Promise<WorkflowNode> {
	const data = { name: 'authorization', value: 'key' };
	const credential = await client.createCredential('Header', 'httpHeaderAuth', data);
	const authentication = { authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' };
	const request =
		work === 'get'
			? { method: 'GET', url: `=${baseUrl}/v2/transcript/job-{{ $json.n }}` }
			: {
					method: 'POST',
					url: `${baseUrl}/v2/transcript`,
					sendBody: true,
					bodyParameters: {
						parameters: [{ name: 'audio_url', value: '=https://example.com/{{ $json.n }}.mp3' }],
					},
				};
	return {
		...node(BATCH, 'n8n-nodes-base.httpRequest', 4.2, { ...authentication, ...request, options: {} }),
		credentials: credentialsOf(credential),
	};
}

export async function createNode(client: N8nClient, side: Side, work: Work, baseUrl: string): Promise<WorkflowNode> {
	if (side === 'httpRequest') return await httpRequest(client, work, baseUrl);
	return await ours(client, work, baseUrl, side === 'most' ? MOST : undefined);
}

/** Creates the workflow Start → Data → Items → Batch for a number of items. @returns its ID */
export async function createBatch(client: N8nClient, count: number, batch: WorkflowNode): Promise<string> {
	const items = Array.from({ length: count }, (_, n) => ({ n }));
	const { id } = await client.createWorkflow({
		name: `${count} items`,
		settings: { executionOrder: 'v1' },
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Data', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ items }), options: {} }),
			node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} }),
			batch,
		],
		connections: connect(['Start', 'Data', 'Items', BATCH]),
	});
	return id;
}

/** Creates the workflow Start → Read → Batch for the files that match a pattern. @returns its ID */
export async function createUploads(client: N8nClient, pattern: string, batch: WorkflowNode): Promise<string> {
	const { id } = await client.createWorkflow({
		name: 'Uploads',
		settings: { executionOrder: 'v1' },
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Read', 'n8n-nodes-base.readWriteFile', 1, { operation: 'read', fileSelector: pattern, options: {} }),
			batch,
		],
		connections: connect(['Start', 'Read', BATCH]),
	});
	return id;
}
