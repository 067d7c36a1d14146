import type { INodeProperties } from 'n8n-workflow';

/**
 * Options that several providers share. They have the same name everywhere; each provider picks the ones it supports and
 * supplies the description.
 */

export function modelOption(description: string, placeholder: string): INodeProperties {
	const manualMode = { displayName: 'By ID', placeholder };
	return { displayName: 'Model', name: 'model', description, ...fromListOrManual('searchModels', manualMode) };
}

export function languageOption(description: string, placeholder = 'e.g. en'): INodeProperties {
	const manualMode = { displayName: 'By Code', placeholder };
	return { displayName: 'Language', name: 'language', description, ...fromListOrManual('searchLanguages', manualMode) };
}

/** Lets the user select a value from a list or enter any other value, because lists are never complete. */
function fromListOrManual(searchListMethod: string, manualMode: { displayName: string; placeholder: string }) {
	return {
		type: 'resourceLocator' as const,
		// Makes the editor clear the field when the provider changes, because the value belongs to the previous one.
		typeOptions: { loadOptionsDependsOn: ['provider'] },
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list' as const,
				typeOptions: { searchListMethod, searchable: true },
			},
			{ name: 'id', type: 'string' as const, ...manualMode },
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

/** Options that every provider has. They come last in the collection. */
export const GENERAL_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Additional Fields (JSON)',
		name: 'additionalFields',
		type: 'json',
		default: '{}',
		description: 'Request fields that this node has no option for, named as in the API. They are sent unchanged.',
	},
	{
		displayName: 'Callback Base URL',
		name: 'callbackBaseUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook',
		description:
			'The part of the trigger’s Production URL before the workflow ID. Only needed if the trigger on this canvas can’t be found automatically, for example because the webhook endpoint of this n8n instance was renamed.',
	},
	{
		displayName: 'Skip Trigger Check',
		name: 'skipTriggerCheck',
		type: 'boolean',
		default: true,
		description:
			'Whether to submit without first checking that the trigger is listening. Only needed if this n8n instance reaches a different server at its own public address.',
	},
];
