import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { compareNames } from '../core/compareNames';
import type { Provider } from '../providers/provider';
import type { Operation } from './operation';

const RESOURCES = [
	// In n8n's list of actions, resources have this order.
	{ name: 'Recording', value: 'transcription', description: 'An audio or video recording to transcribe' },
	{ name: 'Transcript', value: 'transcript', description: 'The result of a transcription job' },
];

const DEFAULT_RESOURCE = 'transcription';

/**
 * Returns the Resource and Operation menus, and the fields of every operation with their display conditions. An
 * operation that a provider doesn't support isn't in its menu. If it is selected anyway, as can happen when the user
 * switches providers, a notice is shown instead of its fields.
 */
export function operationMenus(operations: readonly Operation[], providers: readonly Provider[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: RESOURCES,
			default: DEFAULT_RESOURCE,
		},
		...RESOURCES.flatMap((resource) =>
			menusOfResource(
				resource.value,
				operations.filter((operation) => operation.resource === resource.value),
				providers,
			),
		),
		...operations.flatMap((operation) => {
			const unsupported = providers.filter((provider) => operation.unsupportedReason?.(provider) !== undefined);
			return [
				...unsupported.map((provider) => showFor(unsupportedNotice(operation, provider), operation)),
				...operation.fields.map((field) => showFor(field, operation, unsupported, operations)),
			];
		}),
	];
}

/**
 * Returns one menu for each distinct set of supported operations. The complete menu is first, because n8n's list of
 * actions uses the first menu of a resource.
 */
function menusOfResource(
	resource: string,
	operations: readonly Operation[],
	providers: readonly Provider[],
): INodeProperties[] {
	const groups = new Map<string, { offered: Operation[]; names: string[] }>([
		[namesOf(operations), { offered: [...operations], names: [] }],
	]);
	for (const provider of providers) {
		const offered = operations.filter((operation) => operation.unsupportedReason?.(provider) === undefined);
		const group = groups.get(namesOf(offered)) ?? { offered, names: [] };
		group.names.push(provider.name);
		groups.set(namesOf(offered), group);
	}
	const [complete, ...others] = [...groups.values()].map(({ offered, names }) =>
		operationMenu(resource, offered, names),
	);
	return [...(complete ? [complete] : []), ...others.map(resetByEditor)];
}

/**
 * When the user selects a provider, the editor resets an operation that isn't in that provider's menu. To find the visible
 * menus, it evaluates display conditions without the parameters that have default values. For the default resource, the
 * condition is therefore expressed with `hide`. For the others, that would also match the default resource and reset its
 * operation. Source: n8n 2.41, `removeMismatchedOptionValues`.
 */
function resetByEditor(menu: INodeProperties): INodeProperties {
	const { resource, ...show } = menu.displayOptions?.show ?? {};
	if (!resource?.includes(DEFAULT_RESOURCE)) return menu;
	const others = RESOURCES.map(({ value }) => value).filter((value) => !resource.includes(value));
	return { ...menu, displayOptions: { show, hide: { resource: others } } };
}

/** Sorts the menu by name, like all of n8n's menus. The default is the operation users need first. */
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

function unsupportedNotice(operation: Operation, provider: Provider): INodeProperties {
	return {
		displayName: operation.unsupportedReason?.(provider) ?? '',
		name: 'unsupportedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { provider: [provider.name] } },
	};
}

/**
 * Adds the display conditions of an operation to one of its fields.
 * @param unsupported providers for which the field is hidden
 * @param all all operations of the node
 */
function showFor(
	field: INodeProperties,
	operation: Operation,
	unsupported: readonly Provider[] = [],
	all: readonly Operation[] = [],
): INodeProperties {
	const { resource, option, resetOnProviderChange } = operation;
	// As in `resetByEditor`: the operation may have its default value.
	const isReset = resetOnProviderChange === true && field.displayOptions?.show?.provider !== undefined;
	const others = all
		.filter((other) => other.resource === resource && other !== operation)
		.map((other) => other.option.value);
	const show: IDisplayOptions['show'] = {
		resource: [resource],
		...(!isReset && { operation: [option.value] }),
		...field.displayOptions?.show,
	};
	const hide: IDisplayOptions['hide'] = {
		...field.displayOptions?.hide,
		...(isReset && { operation: others }),
		...(unsupported.length > 0 && { provider: unsupported.map(({ name }) => name) }),
	};
	return { ...field, displayOptions: { ...field.displayOptions, show, ...(Object.keys(hide).length > 0 && { hide }) } };
}
