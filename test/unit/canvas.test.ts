import { type INode, type INodeParameters, type INodeType, type INodeTypes, NodeHelpers, Workflow } from 'n8n-workflow';
import { OPERATIONS } from '../../nodes/Transcription/operations';
import { PROVIDERS } from '../../nodes/Transcription/providers';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { TranscriptionTrigger } from '../../nodes/Transcription/TranscriptionTrigger.node';

const TYPES: Record<string, INodeType> = { action: new Transcription(), trigger: new TranscriptionTrigger() };
const nodeTypes: INodeTypes = {
	getByName: (type) => TYPES[type] as INodeType,
	getByNameAndVersion: (type) => TYPES[type] as INodeType,
	getKnownTypes: () => ({}),
};

/** Creates a node in a workflow, as the canvas does: n8n adds the default values of all parameters. */
function onCanvas(type: 'action' | 'trigger', parameters: INodeParameters) {
	const node: INode = { id: '1', name: 'Node', type, typeVersion: 1, position: [0, 0], parameters };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return { workflow, node: workflow.getNode('Node') as INode, description: (TYPES[type] as INodeType).description };
}

function outputs(parameters: INodeParameters): unknown {
	const { workflow, node, description } = onCanvas('trigger', parameters);
	return NodeHelpers.getNodeOutputs(workflow, node, description);
}

function subtitle(type: 'action' | 'trigger', parameters: INodeParameters): unknown {
	const { workflow, node, description } = onCanvas(type, parameters);
	return workflow.expression.getSimpleParameterValue(node, description.subtitle ?? '', 'internal', {});
}

describe('outputs of the trigger', () => {
	const named = (...names: string[]) => names.map((displayName) => ({ type: 'main', displayName }));

	it.each<[string, INodeParameters, string[]]>([
		['both by default', {}, ['Completed', 'Failed']],
		['both events', { events: ['failed', 'completed'] }, ['Completed', 'Failed']],
		['only Completed', { events: ['completed'] }, ['Completed', 'Failed (Off)']],
		['only Failed', { events: ['failed'] }, ['Completed (Off)', 'Failed']],
		['only another event', { events: ['redactedAudioReady'] }, ['Completed', 'Failed (Off)']],
		['Failed and another event', { events: ['failed', 'redactedAudioReady'] }, ['Completed', 'Failed']],
		['no event', { events: [] }, ['Completed (Off)', 'Failed (Off)']],
		['Fail on Failed Jobs', { options: { failExecution: true } }, ['Completed', 'Failed (Off)']],
		['Fail on Failed Jobs, turned off', { options: { failExecution: false } }, ['Completed', 'Failed']],
		['another option', { options: { files: ['srt'] } }, ['Completed', 'Failed']],
		[
			'only Failed and Fail on Failed Jobs',
			{ events: ['failed'], options: { failExecution: true } },
			['Completed (Off)', 'Failed (Off)'],
		],
		['events from an expression', { events: "={{ ['completed'] }}" }, ['Completed', 'Failed (Off)']],
		['events from an expression that returns text', { events: '={{ "completed" }}' }, ['Completed', 'Failed']],
		['events that depend on data', { events: '={{ $json.events }}' }, ['Completed', 'Failed']],
		['events that depend on a missing node', { events: '={{ $("Gone").item.json.x }}' }, ['Completed', 'Failed']],
		['events from a damaged expression', { events: '={{ [ }}' }, ['Completed', 'Failed']],
		[
			'Fail on Failed Jobs from an expression',
			{ options: { failExecution: '={{ $vars.fail }}' } },
			['Completed', 'Failed'],
		],
	])('say which of them can start the workflow: %s', (_what, parameters, names) => {
		expect(outputs({ provider: 'assemblyAi', ...parameters })).toEqual(named(...names));
	});

	it.each(PROVIDERS.map(({ displayName, name }) => [displayName, name]))('are both on for %s', (_name, provider) => {
		expect(outputs({ provider })).toEqual(named('Completed', 'Failed'));
	});
});

describe('subtitle of the trigger', () => {
	it.each<[string, INodeParameters, string]>([
		['the defaults', {}, 'AssemblyAI: completed, failed'],
		['one event', { provider: 'soniox', events: ['failed'] }, 'Soniox: failed'],
		[
			'an event of the provider',
			{ events: ['completed', 'redactedAudioReady'] },
			'AssemblyAI: completed, redacted audio ready',
		],
		['no event', { events: [] }, 'AssemblyAI'],
		['events from an expression', { events: "={{ ['failed'] }}" }, 'AssemblyAI: failed'],
		['events that can’t be evaluated', { events: '={{ $("Gone").item.json.x }}' }, 'AssemblyAI'],
	])('shows the provider and the events: %s', (_what, parameters, expected) => {
		expect(subtitle('trigger', parameters)).toBe(expected);
	});

	it.each(PROVIDERS.flatMap(({ ui, ...provider }) => ui.extraEvents.map((event) => ({ event, provider }))))(
		'shows the name of the event $event.name of $provider.displayName',
		({ event, provider }) => {
			expect(subtitle('trigger', { provider: provider.name, events: [event.value as string] })).toBe(
				`${provider.displayName}: ${event.name.toLowerCase()}`,
			);
		},
	);
});

describe('subtitle of the action', () => {
	const CASES = PROVIDERS.flatMap((provider) =>
		OPERATIONS.map(({ resource, option }) => ({ provider, resource, option })),
	);

	it.each(CASES)('is the provider and the operation: $provider.displayName, $option.name', (one) => {
		const { provider, resource, option } = one;
		expect(subtitle('action', { provider: provider.name, resource, operation: option.value })).toBe(
			`${provider.displayName}: ${option.name.toLowerCase()}`,
		);
	});

	it('is “AssemblyAI: submit and wait” for Submit and Wait', () => {
		expect(subtitle('action', { operation: 'submitAndWait' })).toBe('AssemblyAI: submit and wait');
	});

	it('shows values that come from expressions', () => {
		expect(subtitle('action', { provider: '={{ "soniox" }}', operation: '={{ "get" + "Many" }}' })).toBe(
			'Soniox: get many',
		);
	});

	it('shows an unknown operation unchanged', () => {
		expect(subtitle('action', { operation: 'convert' })).toBe('AssemblyAI: convert');
	});

	it('identifies operations by their value alone', () => {
		const values = OPERATIONS.map(({ option }) => option.value);
		expect(new Set(values).size).toBe(values.length);
	});
});
