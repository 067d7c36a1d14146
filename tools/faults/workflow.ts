import {
	connect,
	type Connections,
	type Credential,
	credentialsOf,
	type N8nClient,
	node,
	to,
	type Workflow,
	type WorkflowNode,
} from '../n8n';
import type { Service } from './services';

/** Names of the nodes whose output is read from executions. */
export const NODES = { trigger: 'Trigger', acknowledge: 'Acknowledge' } as const;

const PACKAGE = 'n8n-nodes-transcription';

/** The shortest possible time, in minutes, after which a transcript that was received but not acknowledged is delivered again. */
const GRACE_MINUTES = 5;

/** The grace period is rounded up to two-minute slots; the rest allows for the run itself. */
export const LONGEST_GRACE_MS = (GRACE_MINUTES + 2.5) * 60_000;

/** A published workflow and its webhooks. */
export interface Pipeline {
	service: Service;
	workflow: Workflow;
	/** Webhook path that accepts a recording: `{ recording, audioUrl }`. */
	startPath: string;
	/** Webhook path that runs the recovery once and responds when it has ended. */
	recoverPath: string;
}

interface Parts {
	client: N8nClient;
	service: Service;
	credential: Credential;
	crmUrl: string;
	/** The Data Table for job IDs, for services without a list. */
	tableId?: string;
}

/**
 * Creates the workflow that a template for this service has:
 *
 * - Start → (Download) → Submit → (Keep ID)
 * - Trigger → (Keep ID once more) and CRM → Acknowledge
 * - Recover → (Kept IDs) → Recover Missed → Each → CRM → Acknowledge → Each
 *
 * Each execution has one recording, so that a crash between Submit and the table loses at most one job ID. Recovered
 * transcripts are processed one by one, so that a crash repeats at most one.
 */
export async function createPipeline({ client, service, credential, crmUrl, tableId }: Parts): Promise<Pipeline> {
	const { provider, source, recoverFrom } = service;
	const credentials = credentialsOf(credential);
	const [startPath, recoverPath] = [crypto.randomUUID(), crypto.randomUUID()];
	const ours = (name: string, parameters: Record<string, unknown>) => ({
		...node(name, `${PACKAGE}.transcription`, 1, { provider, ...parameters }),
		credentials,
	});
	const crm = (name: string, via: string) => ({
		...node(name, 'n8n-nodes-base.httpRequest', 4.2, {
			method: 'POST',
			url: crmUrl,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `={{ JSON.stringify({ eventId: $json.eventId, recording: $json.metadata?.recording, text: $json.text, via: '${via}' }) }}`,
			options: { timeout: 30_000 },
		}),
		retryOnFail: true,
		maxTries: 5,
		waitBetweenTries: 2_000,
	});
	const acknowledge = (name: string, of: string) =>
		ours(name, { resource: 'transcript', operation: 'acknowledge', eventId: `={{ $('${of}').item.json.eventId }}` });
	const table = (name: string, operation: string, parameters: Record<string, unknown>) =>
		node(name, 'n8n-nodes-base.dataTable', 1, {
			resource: 'row',
			operation,
			dataTableId: { __rl: true, mode: 'id', value: tableId },
			...parameters,
		});

	const nodes: WorkflowNode[] = [
		node('Start', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: startPath, options: {} }),
		ours('Submit', {
			resource: 'transcription',
			operation: 'submit',
			...(source === 'url' ? { source: 'url', audioUrl: '={{ $json.body.audioUrl }}' } : { source: 'binary' }),
			metadata: { pair: [{ key: 'recording', value: `={{ $('Start').item.json.body.recording }}` }] },
		}),
		{ ...node(NODES.trigger, `${PACKAGE}.transcriptionTrigger`, 1, { provider }), credentials },
		crm('CRM', 'callback'),
		acknowledge(NODES.acknowledge, NODES.trigger),
		node('Recover', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path: recoverPath,
			responseMode: 'lastNode',
			options: {},
		}),
		ours('Recover Missed', {
			resource: 'transcript',
			operation: 'recoverMissed',
			from: recoverFrom,
			...(recoverFrom === 'list'
				? { since: '={{ $now.minus({ hours: 3 }).toISO() }}' }
				: { transcriptId: '={{ $json.jobId }}' }),
			options: {
				includeUnacknowledged: true,
				graceMinutes: GRACE_MINUTES,
				...(recoverFrom === 'ids' && { metadata: '={{ $json.metadata }}' }),
			},
		}),
		node('Each', 'n8n-nodes-base.splitInBatches', 3, { batchSize: 1, options: {} }),
		crm('CRM (recovered)', 'recovery'),
		acknowledge('Acknowledge (recovered)', 'Each'),
	];
	const chains = [
		[NODES.trigger, 'CRM', NODES.acknowledge],
		['Recover Missed', 'Each'],
	];
	if (source === 'file') {
		nodes.push(
			node('Download', 'n8n-nodes-base.httpRequest', 4.2, {
				url: '={{ $json.body.audioUrl }}',
				options: { response: { response: { responseFormat: 'file' } } },
			}),
		);
	}
	chains.push(source === 'file' ? ['Start', 'Download', 'Submit'] : ['Start', 'Submit']);
	if (recoverFrom === 'ids') {
		const value = { jobId: '={{ $json.id }}', metadata: '={{ JSON.stringify($json.metadata) }}' };
		const schema = Object.keys(value).map((id) => ({
			id,
			displayName: id,
			type: 'string',
			display: true,
			required: false,
			removed: false,
		}));
		const row = { columns: { mappingMode: 'defineBelow', value, schema }, options: {} };
		// Placed above the CRM, so that n8n runs it first. Keeps the ID of every job with a callback, even if Submit's execution crashed.
		const keepAgain: WorkflowNode = { ...table('Keep ID (received)', 'insert', row), position: [0, -300] };
		nodes.push(
			keepAgain,
			table('Keep ID', 'insert', row),
			// Older jobs are no longer in n8n's deduplication record.
			table('Kept IDs', 'get', {
				filters: {
					conditions: [{ keyName: 'createdAt', condition: 'gt', keyValue: '={{ $now.minus({ days: 7 }).toISO() }}' }],
				},
				returnAll: true,
			}),
		);
		chains.push(['Submit', 'Keep ID'], ['Recover', 'Kept IDs', 'Recover Missed']);
	} else {
		chains.push(['Recover', 'Recover Missed']);
	}
	const connections: Connections = connect(...chains);
	if (recoverFrom === 'ids') connections[NODES.trigger] = { main: [[...to('Keep ID (received)'), ...to('CRM')]] };
	// The loop is the second output.
	connections['Each'] = { main: [[], to('CRM (recovered)')] };
	connections['CRM (recovered)'] = { main: [to('Acknowledge (recovered)')] };
	connections['Acknowledge (recovered)'] = { main: [to('Each')] };

	const workflow = await client.createWorkflow({
		name: service.name,
		nodes,
		connections,
		settings: { executionOrder: 'v1' },
	});
	await client.publish(workflow.id);
	return { service, workflow, startPath, recoverPath };
}

/** Creates a Data Table for the IDs that Submit returns. @returns its ID */
export async function createTable({ session }: N8nClient, name: string): Promise<string> {
	const project = await session.rest<{ id: string }>('GET', '/projects/personal');
	const columns = ['jobId', 'metadata'].map((column) => ({ name: column, type: 'string' }));
	const { id } = await session.rest<{ id: string }>('POST', `/projects/${project.id}/data-tables`, { name, columns });
	return id;
}
