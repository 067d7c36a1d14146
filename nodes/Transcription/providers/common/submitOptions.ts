import type { INodeProperties } from 'n8n-workflow';

/**
 * The options that several providers share, under one name everywhere. A provider picks those it supports and adds what
 * is particular about it to the description.
 */

export function modelOption(description: string, placeholder: string): INodeProperties {
	const byHand = { displayName: 'By ID', placeholder };
	return { displayName: 'Model', name: 'model', description, ...fromListOrManual('searchModels', byHand) };
}

export function languageOption(description: string, placeholder = 'e.g. en'): INodeProperties {
	const byHand = { displayName: 'By Code', placeholder };
	return { displayName: 'Language', name: 'language', description, ...fromListOrManual('searchLanguages', byHand) };
}

/** A value from a list that the service may offer, or any other: lists are never complete. */
function fromListOrManual(searchListMethod: string, byHand: { displayName: string; placeholder: string }) {
	return {
		type: 'resourceLocator' as const,
		// The editor empties the field then: what was chosen is another service's.
		typeOptions: { loadOptionsDependsOn: ['provider'] },
		default: { mode: 'list', value: '' },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list' as const, typeOptions: { searchListMethod, searchable: true } },
			{ name: 'id', type: 'string' as const, ...byHand },
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
