import type { INodeProperties } from 'n8n-workflow';
import { fetchOptions, outputField } from '../shared/fields';
import { PROVIDERS } from '../providers';
import { eventChoices } from './events';

/** The trigger's fields, except Provider. */
export const triggerFields: INodeProperties[] = [
	...PROVIDERS.map((provider): INodeProperties => ({
		displayName: provider.ui.triggerNotice,
		name: 'notice',
		type: 'notice',
		default: '',
		displayOptions: { show: { provider: [provider.name] } },
	})),
	...PROVIDERS.map((provider): INodeProperties => ({
		// n8n's node search lists one trigger per option of a field named Events, and each sets the field to that option
		// alone, so failed jobs would start nothing.
		displayName: 'Start On',
		name: 'events',
		type: 'multiOptions',
		displayOptions: { show: { provider: [provider.name] } },
		options: eventChoices(provider),
		default: ['completed', 'failed'],
		required: true,
		description:
			'The events that start the workflow. Failed jobs are returned on the second output, all other events on the first.',
	})),
	{
		displayName: 'Fetch Transcript',
		name: 'fetchTranscript',
		type: 'boolean',
		default: true,
		description:
			'Whether to fetch the transcript when a callback arrives. Turn this off to only be notified that it is ready.',
	},
	{ ...outputField, displayOptions: { show: { fetchTranscript: [true] } } },
	...fetchOptions(
		PROVIDERS,
		[
			{
				displayName: 'Fail on Failed Jobs',
				name: 'failExecution',
				type: 'boolean',
				default: true,
				description:
					'Whether to fail the execution when a job fails, so that the error workflow runs, instead of using the second output',
			},
		],
		{ show: { '/fetchTranscript': [true] } },
	),
];
