import type { INodeProperties } from 'n8n-workflow';
import type { Provider } from '../../providers/provider';
import { fetchOptions, outputField } from '../../shared/fields';
import { DEFAULT_GRACE_MINUTES, DEFAULT_MOST_TRANSCRIPTS, GRACE_MINUTES } from './settings';

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
				'Brings back what finished since then. Where the service does not tell when a job finished, jobs that began up to a day earlier are looked at as well. Let it overlap with the run before; nothing comes twice.',
		},
		{
			displayName: 'Transcript ID',
			name: 'transcriptId',
			type: 'string',
			default: '={{ $json.id }}',
			required: true,
			displayOptions: { show: { from: ['ids'] } },
			description: 'What Submit put out as ID of the job, one for each input item. Keep them in an n8n Data Table.',
		},
		outputField,
		...fetchOptions(providers, optionFields(providers)),
	];
}

const FROM_IDS = { name: 'IDs of Input Items', value: 'ids', description: 'Jobs whose IDs you kept when they were submitted' };
const FROM_LIST = { name: 'List of the Service', value: 'list', description: 'All jobs that the service has for the account' };

/** The same question twice: services without a list offer one answer. */
function fromFields(providers: readonly Provider[]): INodeProperties[] {
	const [withList, others] = [providers.filter(hasList), providers.filter((provider) => !hasList(provider))];
	return [fromField(withList, [FROM_IDS, FROM_LIST], 'list'), fromField(others, [FROM_IDS], 'ids')].filter(
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
		description: 'Where to look for finished jobs. This node must stand in the workflow of the Transcription Trigger.',
	};
}

const hasList = ({ listing }: Provider) => listing !== undefined;
const namesOf = (providers: readonly Provider[]) => providers.map(({ name }) => name);

function optionFields(providers: readonly Provider[]): INodeProperties[] {
	const silent = providers.filter(({ echoesCallbackUrl }) => !echoesCallbackUrl);
	const echoing = providers.filter(({ echoesCallbackUrl }) => echoesCallbackUrl);
	return [
		{
			displayName: 'Include Unacknowledged',
			name: 'includeUnacknowledged',
			type: 'boolean',
			default: true,
			description:
				'Whether to also bring back what was received but never acknowledged: it may have been lost on its way through the workflow. Needs Acknowledge at the end of every path.',
		},
		{
			displayName: 'Events',
			name: 'events',
			type: 'multiOptions',
			options: [
				{ name: 'Completed', value: 'completed', description: 'The transcript is ready' },
				{ name: 'Failed', value: 'failed', description: 'The service could not transcribe the recording' },
			],
			default: ['completed', 'failed'],
			description: 'Which jobs to bring back. Failed ones have the “status” failed.',
		},
		{
			displayName: 'Include Unattributed Jobs',
			name: 'includeUnattributed',
			type: 'boolean',
			default: true,
			displayOptions: {
				show: { '/provider': namesOf(silent.filter(hasList)), '/from': ['list'] },
			},
			description:
				'Whether to also take jobs that do not say for which workflow they were submitted. Only if nothing else uses this account.',
		},
		{
			displayName: 'Grace Period (Minutes)',
			name: 'graceMinutes',
			type: 'number',
			typeOptions: { minValue: GRACE_MINUTES.min, maxValue: GRACE_MINUTES.max },
			default: DEFAULT_GRACE_MINUTES,
			description:
				'How long after it was received a transcript may wait for its acknowledgement before it is brought back. Longer than your workflow takes for all that one run brings back (Max Transcripts).',
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
				'Whether to also bring back jobs of Submit and Wait whose execution crashed. Covers all workflows of this n8n that use the account, so turn it on in one of them only. These items have no metadata: Submit and Wait keeps it in the execution.',
		},
		{
			displayName: 'Max Transcripts',
			name: 'maxTranscripts',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_MOST_TRANSCRIPTS,
			description: 'How many to bring back in one run, the oldest first. The rest comes with the next.',
		},
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'json',
			default: '={{ $json.metadata }}',
			displayOptions: { show: { '/provider': namesOf(silent), '/from': ['ids'] } },
			description:
				'What was attached at Submit, which this service does not give back: an object, or its JSON text. Without this option: “metadata” of the input item.',
		},
	];
}
