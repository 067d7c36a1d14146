import type { INodeProperties } from 'n8n-workflow';
import { PROVIDERS } from '../../providers';
import type { Provider } from '../../providers/provider';
import { fileOptions, outputField } from '../../shared/fields';
import { metadataField, sourceFields } from '../submit/fields';
import { DEFAULT_INITIAL_POLL, MAX_INITIAL_POLL } from './pollJobs';

/** When the execution goes on, these are read with the parked jobs as input: expressions would not find their items. */
const fixed = (field: INodeProperties): INodeProperties => ({ ...field, noDataExpression: true });

const deadlineFields: INodeProperties[] = [
	{
		displayName: 'Deadline',
		name: 'deadline',
		type: 'options',
		options: [
			{ name: 'After a Time', value: 'afterTime', description: 'Counted from when the last recording was submitted' },
			{ name: 'At a Time', value: 'atTime' },
		],
		default: 'afterTime',
		description:
			'How long to wait at most. Then the execution goes on, and every job leaves this node with its ID and “timedOut”, for nobody asks the service then. N8n looks for deadlines once a minute.',
	},
	{
		displayName: 'Wait at Most',
		name: 'deadlineAmount',
		type: 'number',
		default: 2,
		typeOptions: { minValue: 1 },
		displayOptions: { show: { deadline: ['afterTime'] } },
		description: 'If items give different times, the longest counts',
	},
	{
		displayName: 'Unit',
		name: 'deadlineUnit',
		type: 'options',
		options: [
			{ name: 'Days', value: 'days' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Minutes', value: 'minutes' },
		],
		default: 'hours',
		displayOptions: { show: { deadline: ['afterTime'] } },
	},
	{
		displayName: 'Wait Until',
		name: 'deadlineAt',
		type: 'dateTime',
		default: '',
		required: true,
		displayOptions: { show: { deadline: ['atTime'] } },
		description: 'In the time zone of the workflow. If items give different times, the latest counts.',
	},
];

const initialPollField: INodeProperties = {
	displayName: 'Initial Poll (Seconds)',
	name: 'initialPoll',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: MAX_INITIAL_POLL },
	default: DEFAULT_INITIAL_POLL,
	description:
		'How long to look for the transcripts before the execution is parked, so that short recordings go on at once. 0 parks at once.',
};

const skipSelfCheckField: INodeProperties = {
	displayName: 'Skip Self-Check',
	name: 'skipSelfCheck',
	type: 'boolean',
	default: true,
	noDataExpression: true,
	description:
		'Whether to submit, and to resume on a callback, without checking that this n8n answers at its own public address. Only for networks in which n8n can’t reach that address: in queue mode, an execution may then be resumed twice.',
};

/** The callback goes to the waiting execution, never to a trigger. */
const ABOUT_TRIGGERS = ['callbackBaseUrl', 'skipTriggerCheck'];

function optionsOf(provider: Provider): INodeProperties[] {
	const own = provider.ui.submitOptions.filter(({ name }) => !ABOUT_TRIGGERS.includes(name));
	return [...own, initialPollField, skipSelfCheckField, ...fileOptions(provider).map(fixed)];
}

/** What Submit and Wait asks for. */
export const submitAndWaitFields: INodeProperties[] = [
	...sourceFields,
	metadataField,
	...deadlineFields,
	fixed(outputField),
	// One collection for each provider under the same name: n8n drops what another provider's collection does not know.
	...PROVIDERS.map(
		(provider): INodeProperties => ({
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			placeholder: 'Add Option',
			displayOptions: { show: { provider: [provider.name] } },
			options: optionsOf(provider),
		}),
	),
];
