import {
	connect,
	type Credential,
	credentialsOf,
	type N8nClient,
	node,
	to,
	type Workflow,
	type WorkflowNode,
} from '../../n8n';
import type { Scenario } from './scenarios';

/** Places on the canvas that report to the observer. */
export const PLACES = { beforeFirst: 'beforeFirst', afterFirst: 'afterFirst', afterNext: 'afterNext' } as const;

/** Number of items in a loop. */
const LOOP_ROUNDS = 3;

export interface ChainedWorkflow {
	workflow: Workflow;
	/** Starts an execution: `POST /webhook/<startPath>` with `{ run, deadline }`. */
	startPath: string;
}

interface Parts {
	client: N8nClient;
	scenario: Scenario;
	/** A credential for AssemblyAI. */
	credential: Credential;
	observerUrl: string;
	/** The recording to submit, without a query. */
	audioUrl: string;
	/** Number of items that are submitted together. Default: as the scenario requires. */
	items?: number;
	/** Initial Poll of the Submit and Wait nodes. Default: 0. */
	initialPollSeconds?: number;
	/** Deadline parameters of both Submit and Wait nodes. Default: as the scenario requires. */
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
			options: { initialPoll: parts.initialPollSeconds ?? 0 },
		}),
		credentials: credentialsOf(credential),
	});
	const wait = (name: string, parameters: Record<string, unknown>) =>
		node(name, 'n8n-nodes-base.wait', 1.1, parameters);
	const waitForCall = (name: string) =>
		wait(name, { resume: 'webhook', httpMethod: 'POST', responseMode: 'onReceived', options: {} });
	const ids = (from: string, filter: string) =>
		`{{ $('${from}').all().filter(({ json }) => ${filter}).map(({ json }) => json.id).join(',') }}`;
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
	const deadline =
		parts.deadline ??
		(scenario.trigger === 'deadline'
			? { deadline: 'atTime', deadlineAt: "={{ $('Start').first().json.body.deadline }}" }
			: {});
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
	const beforeFirst = scenario.first === 'wait' ? ['Before First'] : [];
	const chains = [
		['Start', 'Items', 'Split', ...(isLoop ? ['Loop'] : [...beforeFirst, 'First'])],
		['First', 'After First'],
	];
	if (isLoop) {
		nodes.push(node('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize: 1, options: {} }));
		chains.push(['After First', 'Loop']);
	} else {
		if (scenario.next === 'submitAndWait') nodes.push(submit('Next', 'next', parts.deadline));
		// For waits of up to 65 seconds, n8n keeps the execution in memory instead of storing it as waiting.
		if (scenario.next === 'waitInterval')
			nodes.push(wait('Next', { resume: 'timeInterval', amount: 70, unit: 'seconds' }));
		if (scenario.next === 'waitWebhook') nodes.push(waitForCall('Next'));
		if (scenario.first === 'wait') nodes.push(report('Before First', PLACES.beforeFirst));
		// After First has a single item.
		if (isKilled) nodes.push(items('Items Again'), split('Split Again'));
		chains.push(['After First', ...(isKilled ? ['Items Again', 'Split Again'] : []), 'Next', 'After Next']);
	}
	// Loop's first output is the end of the loop.
	const connections = { ...connect(...chains), ...(isLoop && { Loop: { main: [to('After Next'), to('First')] } }) };
	const workflow = await client.createWorkflow({
		name: `${scenario.trigger}, ${scenario.next}`,
		nodes,
		connections,
		settings: { executionOrder: 'v1' },
	});
	await client.publish(workflow.id);
	return { workflow, startPath };
}
