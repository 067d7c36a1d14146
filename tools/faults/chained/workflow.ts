import type { Connections, Credential, N8nClient, Workflow, WorkflowNode } from '../../n8n';
import type { Scenario } from './scenarios';

/** Places on the canvas that report to the observer. */
export const PLACES = { beforeFirst: 'beforeFirst', afterFirst: 'afterFirst', afterNext: 'afterNext' } as const;

/** Items of a loop. */
export const LOOP_ROUNDS = 3;

export interface ChainedWorkflow {
	workflow: Workflow;
	/** Starts an execution: `POST /webhook/<startPath>` with `{ run, deadline }`. */
	startPath: string;
}

interface Parts {
	client: N8nClient;
	scenario: Scenario;
	/** Of AssemblyAI. */
	credential: Credential;
	observerUrl: string;
	/** The recording to submit, without a query. */
	audioUrl: string;
	/** Items that are submitted together. Default: what the scenario needs. */
	items?: number;
	/** Of the Submit and Wait nodes. Default: 0. */
	firstLookSeconds?: number;
	/** Parameters for the deadline of both Submit and Wait nodes. Default: what the scenario needs. */
	deadline?: Record<string, unknown>;
}

const RUN = "{{ $('Start').first().json.body.run }}";

/**
 * Publishes Start → Items → First → After First → Next → After Next. In a loop, First is also the next node:
 * Start → Items → Loop → First → After First → Loop; Loop → After Next.
 */
export async function createChainedWorkflow(parts: Parts): Promise<ChainedWorkflow> {
	const { client, scenario, credential, observerUrl } = parts;
	const startPath = crypto.randomUUID();
	const isLoop = scenario.next === 'loop';
	const isKilled = scenario.trigger === 'killed';
	const count = parts.items ?? (isLoop ? LOOP_ROUNDS : scenario.trigger === 'batch' ? 2 : 1);
	const submit = (name: string, role: 'first' | 'next', options: Record<string, unknown> = {}): WorkflowNode => ({
		...node(name, 'n8n-nodes-transcription.transcription', 1, {
			provider: 'assemblyAi',
			resource: 'transcription',
			operation: 'submitAndWait',
			source: 'url',
			audioUrl: `=${parts.audioUrl}?run=${RUN}&node=${role}&round={{ $json.round ?? 0 }}&execution={{ $execution.id }}`,
			metadata: { pair: [{ key: 'round', value: '={{ $json.round ?? 0 }}' }] },
			...options,
			options: { initialPoll: parts.firstLookSeconds ?? 0 },
		}),
		credentials: { [credential.type]: { id: credential.id, name: credential.name } },
	});
	const wait = (name: string, parameters: Record<string, unknown>) => node(name, 'n8n-nodes-base.wait', 1.1, parameters);
	const waitForCall = (name: string) => wait(name, { resume: 'webhook', httpMethod: 'POST', responseMode: 'onReceived', options: {} });
	const ids = (from: string, filter: string) => `{{ $('${from}').all().filter(({ json }) => ${filter}).map(({ json }) => json.id).join(',') }}`;
	const report = (name: string, place: string, from = ''): WorkflowNode => ({
		...node(name, 'n8n-nodes-base.httpRequest', 4.2, {
			url:
				`=${observerUrl}/${place}?run=${RUN}&execution={{ $execution.id }}` +
				`&round={{ ${isLoop ? '$json.metadata?.round' : '0'} ?? 0 }}&status={{ $json.status ?? '' }}&resumedBy={{ $json.body?.call ?? ($json.body ? 'callback' : '') }}` +
				'&resumeUrl={{ encodeURIComponent($execution.resumeUrl) }}' +
				(from === '' ? '' : `&ids=${ids(from, 'json.id')}&completed=${ids(from, "json.status === 'completed'")}`),
			options: {},
		}),
		executeOnce: true,
	});
	const deadline = parts.deadline ?? (scenario.trigger === 'deadline' ? { deadline: 'atTime', deadlineAt: "={{ $('Start').first().json.body.deadline }}" } : {});
	const items = (name: string) =>
		node(name, 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ items: Array.from({ length: count }, (_, round) => ({ round })) }),
			options: {},
		});
	const split = (name: string) => node(name, 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} });
	const nodes: WorkflowNode[] = [
		node('Start', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: startPath, options: {} }),
		items('Items'),
		split('Split'),
		scenario.first === 'wait' ? waitForCall('First') : submit('First', 'first', deadline),
		report('After First', PLACES.afterFirst, isKilled ? 'First' : ''),
		report('After Next', PLACES.afterNext, isKilled ? 'Next' : ''),
	];
	const connections: Connections = { Start: { main: [to('Items')] }, Items: { main: [to('Split')] }, First: { main: [to('After First')] } };
	if (isLoop) {
		nodes.push(node('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize: 1, options: {} }));
		connections['Split'] = { main: [to('Loop')] };
		connections['Loop'] = { main: [to('After Next'), to('First')] };
		connections['After First'] = { main: [to('Loop')] };
	} else {
		if (scenario.next === 'submitAndWait') nodes.push(submit('Next', 'next', parts.deadline));
		// Up to 65 seconds, n8n keeps the execution in memory instead of storing it as waiting.
		if (scenario.next === 'waitInterval') nodes.push(wait('Next', { resume: 'timeInterval', amount: 70, unit: 'seconds' }));
		if (scenario.next === 'waitWebhook') nodes.push(waitForCall('Next'));
		if (scenario.first === 'wait') nodes.push(report('Before First', PLACES.beforeFirst));
		connections['Split'] = { main: [to(scenario.first === 'wait' ? 'Before First' : 'First')] };
		if (scenario.first === 'wait') connections['Before First'] = { main: [to('First')] };
		connections['After First'] = { main: [to('Next')] };
		connections['Next'] = { main: [to('After Next')] };
		if (isKilled) {
			// After First has a single item.
			nodes.push(items('Items Again'), split('Split Again'));
			connections['After First'] = { main: [to('Items Again')] };
			connections['Items Again'] = { main: [to('Split Again')] };
			connections['Split Again'] = { main: [to('Next')] };
		}
	}
	const workflow = await client.createWorkflow({ name: `${scenario.trigger}, ${scenario.next}`, nodes, connections, settings: { executionOrder: 'v1' } });
	await client.publish(workflow.id);
	return { workflow, startPath };
}

export const to = (name: string) => [{ node: name, type: 'main', index: 0 }];

let column = 0;

export function node(name: string, type: string, typeVersion: number, parameters: Record<string, unknown>): WorkflowNode {
	const hasWebhook = /\.(webhook|wait)$/.test(type);
	return {
		id: crypto.randomUUID(),
		name,
		type,
		typeVersion,
		position: [(column++ % 8) * 220, 0],
		parameters,
		...(hasWebhook && { webhookId: crypto.randomUUID() }),
	};
}
