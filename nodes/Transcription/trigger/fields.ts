import type { INodeProperties } from 'n8n-workflow';
import { fetchOptions, outputField } from '../shared/fields';
import { PROVIDERS } from '../providers';

/** What the trigger asks for, after the provider. */
export const triggerFields: INodeProperties[] = [
	...PROVIDERS.map(
		(provider): INodeProperties => ({
			displayName: provider.ui.triggerNotice,
			name: 'notice',
			type: 'notice',
			default: '',
			displayOptions: { show: { provider: [provider.name] } },
		}),
	),
	...PROVIDERS.map(
		(provider): INodeProperties => ({
			displayName: 'Events',
			name: 'events',
			type: 'multiOptions',
			displayOptions: { show: { provider: [provider.name] } },
			options: [
				{ name: 'Completed', value: 'completed', description: 'The transcript is ready' },
				{ name: 'Failed', value: 'failed', description: 'The service could not transcribe the recording' },
				...provider.ui.extraEvents,
			],
			default: ['completed', 'failed'],
			required: true,
			description: 'What starts the workflow. Failed jobs leave through the second output, all else through the first.',
		}),
	),
	{
		displayName: 'Fetch Transcript',
		name: 'fetchTranscript',
		type: 'boolean',
		default: true,
		description:
			'Whether to fetch the transcript by its ID when the callback comes. Turn this off to only learn that it is ready.',
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
					'Whether a failed job makes this execution fail, so that the error workflow runs, instead of leaving through the second output',
			},
		],
		{ show: { '/fetchTranscript': [true] } },
	),
];
