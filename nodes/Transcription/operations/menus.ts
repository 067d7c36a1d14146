import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { Operation } from './operation';

const RESOURCES = [
	{ name: 'Transcript', value: 'transcript', description: 'What became of a recording' },
	{ name: 'Transcription', value: 'transcription', description: 'The work of making a transcript' },
];

/** The Resource and Operation menus, and the fields of every operation shown where they belong. */
export function menus(operations: readonly Operation[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: RESOURCES,
			default: 'transcription',
		},
		...RESOURCES.map((resource) => operationMenu(resource.value, operations)),
		...operations.flatMap((operation) =>
			operation.fields.map((field) => shownFor(field, operation)),
		),
	];
}

function operationMenu(resource: string, operations: readonly Operation[]): INodeProperties {
	const own = operations.filter((operation) => operation.resource === resource);
	const first = own[0]?.option.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: own.map((operation) => operation.option),
		default: first,
	};
}

function shownFor(field: INodeProperties, { resource, option }: Operation): INodeProperties {
	const show: IDisplayOptions['show'] = {
		resource: [resource],
		operation: [option.value],
		...field.displayOptions?.show,
	};
	return { ...field, displayOptions: { ...field.displayOptions, show } };
}
