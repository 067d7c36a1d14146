import { type INodeProperties, type INodePropertyCollection, type INodeTypeDescription, NodeHelpers } from 'n8n-workflow';
import { OPERATIONS, findOperation } from '../../nodes/Transcription/operations';
import { PROVIDERS, findProvider } from '../../nodes/Transcription/providers';
import type { Provider } from '../../nodes/Transcription/providers/provider';
import { credentialSlots } from '../../nodes/Transcription/providers/providerField';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { TranscriptionTrigger } from '../../nodes/Transcription/TranscriptionTrigger.node';
import { OUTPUT_LEVELS } from '../../nodes/Transcription/transcript/output';

const action = new Transcription().description;
const trigger = new TranscriptionTrigger().description;

/** Names of the fields that the editor shows, as n8n itself decides it. */
function shown(description: INodeTypeDescription, parameters: Record<string, string | boolean>): string[] {
	const filled = NodeHelpers.getNodeParameters(
		description.properties, parameters, true, false, null, description,
	);
	return description.properties
		.filter((property) => NodeHelpers.displayParameter(filled ?? {}, property, null, description))
		.map(({ name }) => name);
}

/** The properties and everything inside their collections. */
function flattened(properties: ReadonlyArray<INodeProperties | INodePropertyCollection>): INodeProperties[] {
	return properties.flatMap((property) =>
		'values' in property
			? flattened(property.values)
			: [property, ...(['collection', 'fixedCollection'].includes(property.type) ? flattened(property.options as INodeProperties[]) : [])],
	);
}

describe('the action node', () => {
	const MENUS = ['provider', 'resource', 'operation'];

	it.each([
		['a binary file', {}, ['source', 'binaryPropertyName', 'callback', 'metadata', 'options']],
		['a URL', { source: 'url' }, ['source', 'audioUrl', 'callback', 'metadata', 'options']],
		['a callback URL', { callback: 'url' }, ['source', 'binaryPropertyName', 'callback', 'callbackUrl', 'metadata', 'options']],
		['no callback', { callback: 'none' }, ['source', 'binaryPropertyName', 'callback', 'options']],
	])('asks for what Submit with %s needs, and nothing else', (_what, parameters, fields) => {
		expect(shown(action, { resource: 'transcription', operation: 'submit', ...parameters })).toEqual([...MENUS, ...fields]);
	});

	it('asks for what Get needs, and nothing else', () => {
		expect(shown(action, { resource: 'transcript', operation: 'get' })).toEqual([...MENUS, 'transcriptId', 'waitUntilDone', 'output', 'options']);
		expect(shown(action, { resource: 'transcript', operation: 'get', waitUntilDone: true })).toContain('maxWaitMinutes');
	});

	it.each([
		['Get Many', 'getMany', ['returnAll', 'limit', 'filters', 'output']],
		['Delete', 'delete', ['transcriptId', 'deleteScope']],
	])('asks for what %s needs, and nothing else', (_name, operation, fields) => {
		expect(shown(action, { resource: 'transcript', operation })).toEqual([...MENUS, ...fields]);
	});

	const LACKS = OPERATIONS.flatMap((operation) =>
		PROVIDERS.flatMap((provider) => {
			const why = operation.unsupportedReason?.(provider);
			return why === undefined ? [] : [[provider.displayName, operation.option.name, provider, operation, why] as const];
		}),
	);
	it('knows providers that lack an operation', () => {
		expect(LACKS.map(([provider, operation]) => `${provider}: ${operation}`)).toEqual(
			expect.arrayContaining(['ElevenLabs: Get Many', 'InstantTranscriber: Get Many', 'InstantTranscriber: Delete']),
		);
	});

	it.each(LACKS)('for %s shows a notice in place of the fields of %s', (_provider, _operation, { name }, { resource, option }, why) => {
		const parameters = { provider: name, resource, operation: option.value };
		expect(shown(action, parameters)).toEqual([...MENUS, 'unsupportedNotice']);
		const notice = action.properties.find((property) => property.name === 'unsupportedNotice' && NodeHelpers.displayParameter(parameters, property, null, action));
		expect(notice?.displayName).toBe(why);
	});

	it.each(PROVIDERS.flatMap(({ name }) => ['transcription', 'transcript'].map((resource) => [name, resource])))(
		'for %s and %s has one menu, with what it can do, sorted by name, and begins with what people use first',
		(provider, resource) => {
			const menus = action.properties.filter(
				(property) => property.name === 'operation' && NodeHelpers.displayParameter({ provider, resource }, property, null, action),
			);
			const able = OPERATIONS.filter((one) => one.resource === resource && one.unsupportedReason?.(findProvider(provider)) === undefined);
			const names = able.map(({ option }) => option.name).sort();
			expect(menus.map(({ options }) => options?.map(({ name }) => name))).toEqual([names]);
			expect(menus[0]?.default).toBe(resource === 'transcript' ? 'get' : 'submit');
		},
	);

	it.each([
		['the list of a service', 'assemblyAi', {}, ['from', 'since']],
		['IDs, though the service has a list', 'assemblyAi', { from: 'ids' }, ['from', 'transcriptId']],
		['IDs of a service without a list', 'elevenLabs', {}, ['from', 'transcriptId']],
	])('asks for what Recover Missed from %s needs, and nothing else', (_what, provider, parameters, fields) => {
		const asked = shown(action, { provider, resource: 'transcript', operation: 'recoverMissed', ...parameters });
		expect(asked).toEqual([...MENUS, ...fields, 'output', 'options']);
	});

	it.each([
		['files of an item', {}, ['from', 'exportAs', 'files', 'options']],
		['files of a fetched transcript', { from: 'id' }, ['from', 'transcriptId', 'exportAs', 'files', 'options']],
		['files of a JSON file', { from: 'binary' }, ['from', 'binaryPropertyName', 'exportAs', 'files', 'options']],
		['items', { exportAs: 'items' }, ['from', 'exportAs', 'itemPer', 'options']],
		['places of words', { exportAs: 'search' }, ['from', 'exportAs', 'terms', 'options']],
	])('asks for what Export of %s needs, and nothing else', (_what, parameters, fields) => {
		expect(shown(action, { resource: 'transcript', operation: 'export', ...parameters })).toEqual([...MENUS, ...fields]);
	});

	it('asks for what Acknowledge needs, and for no credential', () => {
		const parameters = { provider: 'soniox', resource: 'transcript', operation: 'acknowledge' };
		expect(shown(action, parameters)).toEqual([...MENUS, 'eventId']);
		expect((action.credentials ?? []).filter((slot) => NodeHelpers.displayParameter(parameters, slot, null, action))).toEqual([]);
	});

	it.each([
		['item', false],
		['binary', false],
		['id', true],
	])('asks for a credential to export from %s: %s', (from, expected) => {
		const parameters = { provider: 'assemblyAi', resource: 'transcript', operation: 'export', from };
		const slots = (action.credentials ?? []).filter((slot) => NodeHelpers.displayParameter(parameters, slot, null, action));
		expect(slots.length > 0).toBe(expected);
	});

	it('asks for a credential for every other operation, also where From was set before', () => {
		const left = { provider: 'assemblyAi', resource: 'transcript', operation: 'get', from: 'item' };
		const parameters = NodeHelpers.getNodeParameters(action.properties, left, true, false, null, action) ?? {};
		expect(NodeHelpers.displayParameter(parameters, (action.credentials ?? [])[0] as never, null, action)).toBe(true);
	});

	it.each(['transcription', 'transcript'])('offers for %s exactly the operations that it has', (resource) => {
		const menu = action.properties.find(
			({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource),
		);
		const own = OPERATIONS.filter((operation) => operation.resource === resource).map(({ option }) => option.value);
		expect(new Set(menu?.options?.map((option) => 'value' in option && option.value))).toEqual(new Set(own));
		expect(own).toContain(menu?.default);
	});

	it('hides no hint behind the value of an expression, which the editor shows in its place', () => {
		const hidden = action.properties.filter(({ hint, default: preset }) => hint !== undefined && String(preset).startsWith('='));
		expect(hidden.map(({ displayName }) => displayName)).toEqual([]);
	});

	it('never names an operation sendAndWait, which n8n would take for a human approval', () => {
		expect(OPERATIONS.map(({ option }) => option.value)).not.toContain('sendAndWait');
	});

	it('finds every operation by what its menus say', () => {
		for (const operation of OPERATIONS) expect(findOperation(operation.resource, operation.option.value)).toBe(operation);
	});

	it.each([
		['an operation', () => findOperation('transcript', 'gone'), '“gone”'],
		['the operation of another resource', () => findOperation('transcript', 'submit'), '“submit” for “transcript”'],
		['a provider', () => findProvider('gone'), '“gone”'],
	])('names %s that this version does not know', (_what, find, name) => {
		expect(find).toThrow(name);
	});
});

describe('the trigger', () => {
	const keptOptions = (fetchTranscript: boolean | string) => {
		const options = { deleteAfterFetching: 'transcript', serviceFiles: ['srt'], failExecution: true };
		return NodeHelpers.getNodeParameters(trigger.properties, { fetchTranscript, options }, true, false, null, trigger)?.options;
	};

	it('offers what needs the transcript only where it is fetched', () => {
		expect(keptOptions(false)).toEqual({ failExecution: true });
		expect(keptOptions(true)).toEqual({ deleteAfterFetching: 'transcript', serviceFiles: ['srt'], failExecution: true });
	});

	it('offers it where an expression decides', () => {
		expect(keptOptions('={{ $vars.fetch }}')).toHaveProperty('deleteAfterFetching');
	});

	it('asks for the output only where it fetches the transcript', () => {
		expect(shown(trigger, {})).toContain('output');
		expect(shown(trigger, { fetchTranscript: false })).not.toContain('output');
	});

	it('shows one notice and one list of events for each provider', () => {
		for (const { name } of PROVIDERS) {
			const names = shown(trigger, { provider: name });
			expect(names.filter((field) => field === 'notice' || field === 'events')).toEqual(['notice', 'events']);
		}
	});

	it('listens where Submit sends callbacks: <workflow ID>/<provider> below the base', () => {
		expect(trigger.webhooks).toEqual([
			expect.objectContaining({ httpMethod: 'POST', isFullPath: true, path: '={{ $workflow.id }}/{{ $parameter.provider }}' }),
		]);
	});
});

describe.each([action, trigger])('$displayName', (description) => {
	const all = flattened(description.properties);

	it.each(all.filter(({ type }) => type === 'options').map((field) => [field.displayName, field]))(
		'“%s” begins with a value that it offers',
		(_name, field) => {
			expect(field.options?.map((option) => 'value' in option && option.value)).toContain(field.default);
		},
	);

	it.each(all.filter(({ type }) => type === 'multiOptions').map((field) => [field.displayName, field]))(
		'“%s” begins with values that it offers',
		(_name, field) => {
			expect(field.options?.map((option) => 'value' in option && option.value)).toEqual(
				expect.arrayContaining(field.default as string[]),
			);
		},
	);

	const inCollections = all.filter(({ type }) => type === 'collection').flatMap(({ options }) => options as INodeProperties[]);
	it.each(inCollections.map((field) => [field.displayName, field]))('the option “%s” says what it does', (_name, field) => {
		expect(field.description).toEqual(expect.stringMatching(/\w/));
	});

	it.each(inCollections.filter(({ type }) => type === 'boolean').map((field) => [field.displayName, field]))(
		'the switch “%s” changes something when it is added',
		(_name, field) => {
			expect(field.default).toBe(true);
		},
	);

	it('offers every output level in Output', () => {
		const output = all.find(({ name }) => name === 'output');
		expect(output?.options?.map((option) => 'value' in option && option.value).sort()).toEqual([...OUTPUT_LEVELS].sort());
	});
});

it('every provider has a credential of its own, asked for only when that provider is chosen', () => {
	const [first] = PROVIDERS;
	const two = [first, { ...first, name: 'other', credentialType: 'otherApi' }] as Provider[];
	const slots = credentialSlots(two);
	const shownFor = (provider: string) =>
		slots.filter((slot) => NodeHelpers.displayParameter({ provider }, slot, null, action)).map(({ name }) => name);
	expect([shownFor(first?.name ?? ''), shownFor('other')]).toEqual([[first?.credentialType], ['otherApi']]);
	expect(slots.every(({ required }) => required)).toBe(true);
});

it('the action node looks up models and languages with methods that it has', () => {
	const methods = flattened(action.properties)
		.flatMap(({ modes }) => modes ?? [])
		.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []);
	expect(new Set(methods)).toEqual(new Set(Object.keys(new Transcription().methods.listSearch)));
});

/** n8n makes the variant for AI agents itself. Whatever else is of the category AI, and no root of agents, its search leaves out. */
it.each([action, trigger])('$displayName is found in the search for nodes', ({ displayName }) => {
	const file = `../../nodes/Transcription/${displayName.replace(/ /g, '')}.node.json`;
	const { categories, alias } = jest.requireActual<{ categories: string[]; alias: string[] }>(file);
	expect(categories).not.toContain('AI');
	// The build adds the names of the providers.
	expect(alias).not.toEqual(expect.arrayContaining([expect.stringMatching(new RegExp(PROVIDERS.map((provider) => provider.displayName).join('|'), 'i'))]));
});
