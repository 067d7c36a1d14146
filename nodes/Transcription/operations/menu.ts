import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { compareNames } from '../core/compareNames';
import type { Provider } from '../providers/provider';
import type { Operation } from './operation';

const RESOURCES = [
	{ name: 'Transcript', value: 'transcript', description: 'What became of a recording' },
	{ name: 'Transcription', value: 'transcription', description: 'The work of making a transcript' },
];

/**
 * The Resource and Operation menus, and the fields of every operation shown where they belong. An operation that a provider
 * lacks is not in its menu; where it is chosen all the same, as after another provider was chosen, a notice stands in the
 * place of its fields.
 */
export function operationMenus(operations: readonly Operation[], providers: readonly Provider[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: RESOURCES,
			default: 'transcription',
		},
		...RESOURCES.flatMap((resource) =>
			menusOfResource(resource.value, operations.filter((operation) => operation.resource === resource.value), providers),
		),
		...operations.flatMap((operation) => {
			const lacking = providers.filter((provider) => operation.unsupportedReason?.(provider) !== undefined);
			return [
				...lacking.map((provider) => shownFor(noticeOf(operation, provider), operation)),
				...operation.fields.map((field) => shownFor(field, operation, lacking, operations)),
			];
		}),
	];
}

/**
 * A menu for each set of operations that providers have. The complete one comes first: of a resource, n8n's list of actions
 * takes the first menu that it finds.
 */
function menusOfResource(resource: string, own: readonly Operation[], providers: readonly Provider[]): INodeProperties[] {
	const groups = new Map<string, { offered: Operation[]; names: string[] }>([[namesOf(own), { offered: [...own], names: [] }]]);
	for (const provider of providers) {
		const offered = own.filter((operation) => operation.unsupportedReason?.(provider) === undefined);
		const group = groups.get(namesOf(offered)) ?? { offered, names: [] };
		group.names.push(provider.name);
		groups.set(namesOf(offered), group);
	}
	const [complete, ...others] = [...groups.values()].map(({ offered, names }) => operationMenu(resource, offered, names));
	return [...(complete ? [complete] : []), ...others.map(resetByEditor)];
}

/**
 * When a provider is chosen, the editor takes back an operation that its menu does not have. But it looks at which menus are
 * shown without the parameters that have their defaults: so the resource, which may have its own, is said with `hide`.
 * Source: n8n 2.41, `removeMismatchedOptionValues`.
 */
function resetByEditor(menu: INodeProperties): INodeProperties {
	const { resource, ...show } = menu.displayOptions?.show ?? {};
	const others = RESOURCES.map(({ value }) => value).filter((value) => !resource?.includes(value));
	return { ...menu, displayOptions: { show, hide: { resource: others } } };
}

/** Sorted by name, as everywhere in n8n; chosen at first is what people use first. */
function operationMenu(resource: string, offered: readonly Operation[], providers: string[]): INodeProperties {
	const first = offered[0]?.option.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource], provider: providers } },
		options: offered.map(({ option }) => option).sort((a, b) => compareNames(a.name, b.name)),
		default: first,
	};
}

function namesOf(operations: readonly Operation[]): string {
	return operations.map(({ option }) => option.value).join();
}

function noticeOf(operation: Operation, provider: Provider): INodeProperties {
	return {
		displayName: operation.unsupportedReason?.(provider) ?? '',
		name: 'unsupportedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { provider: [provider.name] } },
	};
}

/**
 * @param lacking providers for which there is nothing to fill in
 * @param all operations, of which only this one shows the field
 */
function shownFor(
	field: INodeProperties,
	operation: Operation,
	lacking: readonly Provider[] = [],
	all: readonly Operation[] = [],
): INodeProperties {
	const { resource, option, resetOnProviderChange } = operation;
	// As in `resetByEditor`: the operation may have its default.
	const isReset = resetOnProviderChange === true && field.displayOptions?.show?.provider !== undefined;
	const others = all.filter((other) => other.resource === resource && other !== operation).map((other) => other.option.value);
	const show: IDisplayOptions['show'] = {
		resource: [resource],
		...(!isReset && { operation: [option.value] }),
		...field.displayOptions?.show,
	};
	const hide: IDisplayOptions['hide'] = {
		...field.displayOptions?.hide,
		...(isReset && { operation: others }),
		...(lacking.length > 0 && { provider: lacking.map(({ name }) => name) }),
	};
	return { ...field, displayOptions: { ...field.displayOptions, show, ...(Object.keys(hide).length > 0 && { hide }) } };
}
