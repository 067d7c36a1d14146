import type { INodeProperties } from 'n8n-workflow';

/**
 * The options that several providers share, under one name everywhere. A provider picks those it supports and adds what
 * is particular about it to the description.
 */

export function modelOption(description: string, placeholder: string): INodeProperties {
	return {
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchModels', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
		],
	};
}

export function languageOption(description: string): INodeProperties {
	return {
		displayName: 'Language',
		name: 'language',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchLanguages', searchable: true },
			},
			{ displayName: 'By Code', name: 'id', type: 'string', placeholder: 'e.g. en' },
		],
	};
}

export function diarizeOption(description: string): INodeProperties {
	return { displayName: 'Diarize', name: 'diarize', type: 'boolean', default: true, description };
}

export function speakerCountOption(description: string): INodeProperties {
	return {
		displayName: 'Speaker Count',
		name: 'speakerCount',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 2,
		description,
	};
}

export function keytermsOption(description: string): INodeProperties {
	return {
		displayName: 'Keyterms',
		name: 'keyterms',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ada Lovelace, analytical engine',
		description,
	};
}

/** Every provider has these, at the end of the collection. */
export const GENERAL_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Additional Fields (JSON)',
		name: 'additionalFields',
		type: 'json',
		default: '{}',
		description:
			'Request fields that this node does not offer, in the spelling of the API. They are sent as they are.',
	},
	{
		displayName: 'Callback Base URL',
		name: 'callbackBaseUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook',
		description:
			'Only where the trigger on this canvas cannot be found by itself: the part of its Production URL in front of the workflow ID, for example when the webhook endpoint of this n8n was renamed',
	},
	{
		displayName: 'Skip Trigger Check',
		name: 'skipTriggerCheck',
		type: 'boolean',
		default: true,
		description:
			'Whether to submit without asking the trigger first whether it listens. Only where this n8n sees another server at its own public address.',
	},
];
