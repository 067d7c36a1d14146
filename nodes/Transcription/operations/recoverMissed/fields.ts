import type { INodeProperties } from 'n8n-workflow';
import type { Provider } from '../../providers/provider';
import { concurrencyOption } from '../../shared/concurrency';
import { fetchOptions, outputField, transcriptIdField } from '../../shared/fields';
import { DEFAULT_GRACE_MINUTES, DEFAULT_MAX_TRANSCRIPTS, GRACE_MINUTES } from './settings';

export function recoverFields(providers: readonly Provider[]): INodeProperties[] {
	return [
		...fromFields(providers),
		{
			displayName: 'Since',
			name: 'since',
			type: 'dateTime',
			default: '={{ $now.minus({ days: 1 }).toISO() }}',
			required: true,
			displayOptions: { show: { from: ['list'] } },
			description:
				'Recover jobs that finished at or after this time. If the provider doesn’t report when a job finished, jobs created up to a day earlier are checked too. Overlap with the previous run is fine: nothing is returned twice.',
		},
		{
			...transcriptIdField,
			displayOptions: { show: { from: ['ids'] } },
			description:
				'The job ID that Submit returned, one per input item. Store these IDs in an n8n data table, for example.',
		},
		outputField,
		...fetchOptions(providers, optionFields(providers)),
	];
}

const FROM_IDS = {
	name: 'IDs of Input Items',
	value: 'ids',
	description: 'Check the jobs whose IDs you stored when submitting them',
};
const FROM_LIST = {
	name: 'Provider’s Job List',
	value: 'list',
	description: 'Check all jobs that the provider lists for your account',
};

/** Defines the field twice, because it has only one option for providers without a list. */
function fromFields(providers: readonly Provider[]): INodeProperties[] {
	const [withList, withoutList] = [providers.filter(hasList), providers.filter((provider) => !hasList(provider))];
	return [fromField(withList, [FROM_IDS, FROM_LIST], 'list'), fromField(withoutList, [FROM_IDS], 'ids')].filter(
		({ displayOptions }) => (displayOptions?.show?.provider ?? []).length > 0,
	);
}

function fromField(providers: readonly Provider[], options: Array<typeof FROM_IDS>, preset: string): INodeProperties {
	return {
		displayName: 'From',
		name: 'from',
		type: 'options',
		options,
		default: preset,
		displayOptions: { show: { provider: namesOf(providers) } },
		description: 'Where to find finished jobs. This node must be in the same workflow as the Transcription Trigger.',
	};
}

const hasList = ({ listing }: Provider) => listing !== undefined;
const namesOf = (providers: readonly Provider[]) => providers.map(({ name }) => name);

function optionFields(providers: readonly Provider[]): INodeProperties[] {
	const notAlwaysEchoing = providers.filter(({ echoesCallbackUrl }) => echoesCallbackUrl !== true);
	const echoing = providers.filter(({ echoesCallbackUrl }) => echoesCallbackUrl);
	return [
		concurrencyOption(),
		{
			displayName: 'Include Unacknowledged',
			name: 'includeUnacknowledged',
			type: 'boolean',
			default: true,
			description:
				'Whether to also return transcripts that were received but never acknowledged, because the workflow may have failed to process them. Requires Acknowledge at the end of every path.',
		},
		{
			displayName: 'Events',
			name: 'events',
			type: 'multiOptions',
			options: [
				{ name: 'Completed', value: 'completed', description: 'The transcript is ready' },
				{ name: 'Failed', value: 'failed', description: 'The provider couldn’t transcribe the recording' },
			],
			default: ['completed', 'failed'],
			description: 'The jobs to recover. Items of failed jobs have the “status” failed.',
		},
		{
			displayName: 'Include Unattributed Jobs',
			name: 'includeUnattributed',
			type: 'boolean',
			default: true,
			displayOptions: {
				show: { '/provider': namesOf(notAlwaysEchoing.filter(hasList)), '/from': ['list'] },
			},
			description:
				'Whether to also recover jobs for which the provider doesn’t report the workflow that submitted them. Only use this if nothing else uses the account.',
		},
		{
			displayName: 'Grace Period (Minutes)',
			name: 'graceMinutes',
			type: 'number',
			typeOptions: { minValue: GRACE_MINUTES.min, maxValue: GRACE_MINUTES.max },
			default: DEFAULT_GRACE_MINUTES,
			description:
				'How long a received transcript may remain unacknowledged before it is returned again. Must be longer than your workflow takes to process all transcripts of one run (Max Transcripts).',
		},
		{
			displayName: 'Include Crashed Executions',
			name: 'includeCrashedExecutions',
			type: 'boolean',
			default: true,
			displayOptions: {
				show: { '/provider': namesOf(echoing.filter(hasList)), '/from': ['list'] },
			},
			description:
				'Whether to also recover jobs of Submit and Wait whose execution crashed. This covers all workflows of this n8n instance that use the account, so turn it on in only one of them. The items have no metadata, since Submit and Wait stores it in the execution.',
		},
		{
			displayName: 'Max Transcripts',
			name: 'maxTranscripts',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_MAX_TRANSCRIPTS,
			description: 'Max number of transcripts to return per run, oldest first. The next run returns the rest.',
		},
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'json',
			default: '={{ $json.metadata }}',
			displayOptions: { show: { '/provider': namesOf(notAlwaysEchoing), '/from': ['ids'] } },
			description:
				'The metadata attached by Submit, as an object or JSON string. Needed for jobs for which the provider doesn’t return it. Default: “metadata” of the input item.',
		},
	];
}
