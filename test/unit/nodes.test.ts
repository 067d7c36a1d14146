import {
	type INodeProperties,
	type INodePropertyCollection,
	type INodeTypeDescription,
	NodeHelpers,
} from 'n8n-workflow';
import { OPERATIONS, findOperation } from '../../nodes/Transcription/operations';
import { PROVIDERS, findProvider } from '../../nodes/Transcription/providers';
import type { Provider } from '../../nodes/Transcription/providers/provider';
import { credentialSlots } from '../../nodes/Transcription/providers/providerField';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { TranscriptionTrigger } from '../../nodes/Transcription/TranscriptionTrigger.node';
import { OUTPUT_LEVELS } from '../../nodes/Transcription/transcript/output';

const action = new Transcription().description;
const trigger = new TranscriptionTrigger().description;

/** Names of the fields that the editor shows, evaluated with n8n's own functions. */
function shown(description: INodeTypeDescription, parameters: Record<string, string | boolean>): string[] {
	const filled = NodeHelpers.getNodeParameters(description.properties, parameters, true, false, null, description);
	return description.properties
		.filter((property) => NodeHelpers.displayParameter(filled ?? {}, property, null, description))
		.map(({ name }) => name);
}

/** Returns the properties, including those inside collections. */
function flattened(properties: ReadonlyArray<INodeProperties | INodePropertyCollection>): INodeProperties[] {
	return properties.flatMap((property) =>
		'values' in property
			? flattened(property.values)
			: [
					property,
					...(['collection', 'fixedCollection'].includes(property.type)
						? flattened(property.options as INodeProperties[])
						: []),
				],
	);
}

describe('Transcription', () => {
	const MENUS = ['provider', 'credential', 'resource', 'operation'];

	it.each([
		['a binary file', {}, ['source', 'binaryPropertyName', 'callback', 'metadata', 'options']],
		['a URL', { source: 'url' }, ['source', 'audioUrl', 'callback', 'metadata', 'options']],
		[
			'a callback URL',
			{ callback: 'url' },
			['source', 'binaryPropertyName', 'callback', 'callbackUrl', 'metadata', 'options'],
		],
		['no callback', { callback: 'none' }, ['source', 'binaryPropertyName', 'callback', 'options']],
	])('shows only the fields that Submit with %s needs', (_what, parameters, fields) => {
		expect(shown(action, { resource: 'transcription', operation: 'submit', ...parameters })).toEqual([
			...MENUS,
			...fields,
		]);
	});

	it('shows only the fields that Get needs', () => {
		expect(shown(action, { resource: 'transcript', operation: 'get' })).toEqual([
			...MENUS,
			'transcriptId',
			'waitUntilDone',
			'output',
			'options',
		]);
		expect(shown(action, { resource: 'transcript', operation: 'get', waitUntilDone: true })).toContain(
			'maxWaitMinutes',
		);
	});

	it.each([
		['Get Many', 'getMany', ['returnAll', 'limit', 'filters', 'output']],
		['Delete', 'delete', ['transcriptId', 'deleteScope', 'options']],
	])('shows only the fields that %s needs', (_name, operation, fields) => {
		expect(shown(action, { resource: 'transcript', operation })).toEqual([...MENUS, ...fields]);
	});

	const UNSUPPORTED = OPERATIONS.flatMap((operation) =>
		PROVIDERS.flatMap((provider) => {
			const reason = operation.unsupportedReason?.(provider);
			return reason === undefined
				? []
				: [[provider.displayName, operation.option.name, provider, operation, reason] as const];
		}),
	);
	it('knows which operations a provider does not support', () => {
		expect(UNSUPPORTED.map(([provider, operation]) => `${provider}: ${operation}`)).toEqual(
			expect.arrayContaining(['ElevenLabs: Get Many', 'InstantTranscriber: Get Many', 'InstantTranscriber: Delete']),
		);
	});

	it.each(UNSUPPORTED)(
		'for %s, shows a notice instead of the fields of %s',
		(_provider, _operation, { name }, { resource, option }, reason) => {
			const parameters = { provider: name, resource, operation: option.value };
			expect(shown(action, parameters)).toEqual([...MENUS, 'unsupportedNotice']);
			const notice = action.properties.find(
				(property) =>
					property.name === 'unsupportedNotice' && NodeHelpers.displayParameter(parameters, property, null, action),
			);
			expect(notice?.displayName).toBe(reason);
		},
	);

	it.each(PROVIDERS.flatMap(({ name }) => ['transcription', 'transcript'].map((resource) => [name, resource])))(
		'for %s and %s, has one sorted menu of the supported operations, with the most common one as default',
		(provider, resource) => {
			const menus = action.properties.filter(
				(property) =>
					property.name === 'operation' && NodeHelpers.displayParameter({ provider, resource }, property, null, action),
			);
			const supported = OPERATIONS.filter(
				(operation) =>
					operation.resource === resource && operation.unsupportedReason?.(findProvider(provider)) === undefined,
			);
			const names = supported.map(({ option }) => option.name).sort();
			expect(menus.map(({ options }) => options?.map(({ name }) => name))).toEqual([names]);
			expect(menus[0]?.default).toBe(resource === 'transcript' ? 'get' : 'submit');
		},
	);

	it.each([
		['the job list', 'assemblyAi', {}, ['from', 'since']],
		['IDs of a provider with a job list', 'assemblyAi', { from: 'ids' }, ['from', 'transcriptId']],
		['IDs of a provider without a job list', 'elevenLabs', {}, ['from', 'transcriptId']],
	])('shows only the fields that Recover Missed from %s needs', (_what, provider, parameters, fields) => {
		const fieldNames = shown(action, { provider, resource: 'transcript', operation: 'recoverMissed', ...parameters });
		expect(fieldNames).toEqual([...MENUS, ...fields, 'output', 'options']);
	});

	it.each([
		['an item to files', {}, ['from', 'exportAs', 'files', 'options']],
		['a fetched transcript to files', { from: 'id' }, ['from', 'transcriptId', 'exportAs', 'files', 'options']],
		['a JSON file to files', { from: 'binary' }, ['from', 'binaryPropertyName', 'exportAs', 'files', 'options']],
		['an item to items', { exportAs: 'items' }, ['from', 'exportAs', 'itemPer', 'options']],
		['statistics', { exportAs: 'statistics' }, ['from', 'exportAs', 'options']],
		['word search results', { exportAs: 'search' }, ['from', 'exportAs', 'terms', 'options']],
	])('shows only the fields that Export of %s needs', (_what, parameters, fields) => {
		expect(shown(action, { resource: 'transcript', operation: 'export', ...parameters })).toEqual([
			...MENUS,
			...fields,
		]);
	});

	it('shows only Event ID for Acknowledge, without a credential', () => {
		const parameters = { provider: 'soniox', resource: 'transcript', operation: 'acknowledge' };
		expect(shown(action, parameters)).toEqual([...MENUS, 'eventId']);
		expect(
			(action.credentials ?? []).filter((slot) => NodeHelpers.displayParameter(parameters, slot, null, action)),
		).toEqual([]);
	});

	it.each([
		['item', false],
		['binary', false],
		['id', true],
	])('requires a credential to export from %s: %s', (from, expected) => {
		const parameters = { provider: 'assemblyAi', resource: 'transcript', operation: 'export', from };
		const slots = (action.credentials ?? []).filter((slot) =>
			NodeHelpers.displayParameter(parameters, slot, null, action),
		);
		expect(slots.length > 0).toBe(expected);
	});

	it('requires a credential for other operations, even if From is still set', () => {
		const stale = { provider: 'assemblyAi', resource: 'transcript', operation: 'get', from: 'item' };
		const parameters = NodeHelpers.getNodeParameters(action.properties, stale, true, false, null, action) ?? {};
		expect(NodeHelpers.displayParameter(parameters, (action.credentials ?? [])[0] as never, null, action)).toBe(true);
	});

	it.each(['transcription', 'transcript'])('offers exactly the operations of the resource %s', (resource) => {
		const menu = action.properties.find(
			({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource),
		);
		const values = OPERATIONS.filter((operation) => operation.resource === resource).map(({ option }) => option.value);
		expect(new Set(menu?.options?.map((option) => 'value' in option && option.value))).toEqual(new Set(values));
		expect(values).toContain(menu?.default);
	});

	it('has no hints on fields with expressions, where the editor shows the expression’s value instead', () => {
		const hidden = action.properties.filter(
			({ hint, default: preset }) => hint !== undefined && String(preset).startsWith('='),
		);
		expect(hidden.map(({ displayName }) => displayName)).toEqual([]);
	});

	it('has no operation named sendAndWait, which n8n treats as a human approval', () => {
		expect(OPERATIONS.map(({ option }) => option.value)).not.toContain('sendAndWait');
	});

	it('finds every operation by its menu values', () => {
		for (const operation of OPERATIONS)
			expect(findOperation(operation.resource, operation.option.value)).toBe(operation);
	});

	it.each([
		['unknown operation', () => findOperation('transcript', 'gone'), '“gone”'],
		[
			'operation of another resource',
			() => findOperation('transcript', 'submit'),
			'“submit” operation for “transcript”',
		],
		['unknown provider', () => findProvider('gone'), '“gone”'],
	])('includes an %s in the error', (_what, find, name) => {
		expect(find).toThrow(name);
	});
});

describe('Transcription Trigger', () => {
	const keptOptions = (fetchTranscript: boolean | string) => {
		const options = { deleteAfterFetching: 'transcript', serviceFiles: ['srt'], failExecution: true };
		return NodeHelpers.getNodeParameters(trigger.properties, { fetchTranscript, options }, true, false, null, trigger)
			?.options;
	};

	it('offers options that need the transcript only if Fetch Transcript is on', () => {
		expect(keptOptions(false)).toEqual({ failExecution: true });
		expect(keptOptions(true)).toEqual({
			deleteAfterFetching: 'transcript',
			serviceFiles: ['srt'],
			failExecution: true,
		});
	});

	it('offers them if Fetch Transcript is an expression', () => {
		expect(keptOptions('={{ $vars.fetch }}')).toHaveProperty('deleteAfterFetching');
	});

	it('shows Output only if Fetch Transcript is on', () => {
		expect(shown(trigger, {})).toContain('output');
		expect(shown(trigger, { fetchTranscript: false })).not.toContain('output');
	});

	it('shows one notice and one Start On field per provider', () => {
		for (const { name } of PROVIDERS) {
			const names = shown(trigger, { provider: name });
			expect(names.filter((field) => field === 'notice' || field === 'events')).toEqual(['notice', 'events']);
		}
	});

	it('listens at the path to which Submit sends callbacks: <workflow ID>/<provider>', () => {
		expect(trigger.webhooks).toEqual([
			expect.objectContaining({
				httpMethod: 'POST',
				isFullPath: true,
				path: '={{ $workflow.id }}/{{ $parameter.provider }}',
			}),
		]);
	});
});

describe.each([action, trigger])('$displayName', (description) => {
	const all = flattened(description.properties);

	it.each(all.filter(({ type }) => type === 'options').map((field) => [field.displayName, field]))(
		'“%s” has one of its options as default',
		(_name, field) => {
			expect(field.options?.map((option) => 'value' in option && option.value)).toContain(field.default);
		},
	);

	it.each(all.filter(({ type }) => type === 'multiOptions').map((field) => [field.displayName, field]))(
		'“%s” has some of its options as default',
		(_name, field) => {
			expect(field.options?.map((option) => 'value' in option && option.value)).toEqual(
				expect.arrayContaining(field.default as string[]),
			);
		},
	);

	const inCollections = all
		.filter(({ type }) => type === 'collection')
		.flatMap(({ options }) => options as INodeProperties[]);
	it.each(inCollections.map((field) => [field.displayName, field]))(
		'the “%s” option has a description',
		(_name, field) => {
			expect(field.description).toEqual(expect.stringMatching(/\w/));
		},
	);

	it.each(inCollections.filter(({ type }) => type === 'boolean').map((field) => [field.displayName, field]))(
		'the boolean option “%s” is on when it is added',
		(_name, field) => {
			expect(field.default).toBe(true);
		},
	);

	it('offers every output level in Output', () => {
		const output = all.find(({ name }) => name === 'output');
		expect(output?.options?.map((option) => 'value' in option && option.value).sort()).toEqual(
			[...OUTPUT_LEVELS].sort(),
		);
	});
});

it('requires a provider’s credential only if that provider is selected', () => {
	const [first] = PROVIDERS;
	const two = [first, { ...first, name: 'other', credentialType: 'otherApi' }] as Provider[];
	const slots = credentialSlots(two);
	const shownFor = (provider: string) =>
		slots.filter((slot) => NodeHelpers.displayParameter({ provider }, slot, null, action)).map(({ name }) => name);
	expect([shownFor(first?.name ?? ''), shownFor('other')]).toEqual([[first?.credentialType], ['otherApi']]);
	expect(slots.every(({ required }) => required)).toBe(true);
});

it('only uses list search methods that the node defines', () => {
	const methods = flattened(action.properties)
		.flatMap(({ modes }) => modes ?? [])
		.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []);
	expect(new Set(methods)).toEqual(new Set(Object.keys(new Transcription().methods.listSearch)));
});

/** n8n generates the variant for AI agents itself. Its search hides other nodes in the AI category that aren't root nodes. */
it.each([action, trigger])('$displayName can be found in the node search', ({ displayName }) => {
	const file = `../../nodes/Transcription/${displayName.replace(/ /g, '')}.node.json`;
	const { categories, alias } = jest.requireActual<{ categories: string[]; alias: string[] }>(file);
	expect(categories).not.toContain('AI');
	// The build adds the names of the providers.
	expect(alias).not.toEqual(
		expect.arrayContaining([
			expect.stringMatching(new RegExp(PROVIDERS.map((provider) => provider.displayName).join('|'), 'i')),
		]),
	);
});
