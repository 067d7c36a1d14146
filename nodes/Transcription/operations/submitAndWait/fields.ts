import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { PROVIDERS } from '../../providers';
import type { Provider } from '../../providers/provider';
import { submitConcurrencyOption } from '../../shared/concurrency';
import { fileOptions, optionCollections, outputField } from '../../shared/fields';
import { metadataField, sourceFields } from '../submit/fields';
import { DEFAULT_INITIAL_POLL, MAX_INITIAL_POLL } from './pollJobs';
import { hasCallbackPerJob, waitByFields } from './waitBy';

/**
 * These fields are read after the wait, when the input is the waiting jobs, so expressions couldn't access the original
 * items.
 */
const withoutExpressions = (field: INodeProperties): INodeProperties => ({ ...field, noDataExpression: true });

const deadlineFields: INodeProperties[] = [
	{
		displayName: 'Deadline',
		name: 'deadline',
		type: 'options',
		options: [
			{
				name: 'After a Time',
				value: 'afterTime',
				description: 'Wait for an amount of time after the last recording was submitted',
			},
			{ name: 'At a Time', value: 'atTime', description: 'Wait until a date and time' },
		],
		default: 'afterTime',
		description:
			'The latest time at which the execution continues. At the deadline, the node returns every job that hasn’t ended with its ID and “timedOut”. With Wait By: Callback, this applies to all jobs, because the provider isn’t asked again, and deadlines are checked once a minute.',
	},
	{
		displayName: 'Wait at Most',
		name: 'deadlineAmount',
		type: 'number',
		default: 2,
		typeOptions: { minValue: 1 },
		displayOptions: { show: { deadline: ['afterTime'] } },
		description: 'The maximum time to wait. If it differs between items, the longest is used.',
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
		description:
			'The date and time of the deadline, in the workflow’s time zone. If it differs between items, the latest is used.',
	},
];

/** For options of waiting by callback. */
const IF_CALLBACK: IDisplayOptions = { hide: { '/waitBy': ['polling'] } };

const initialPollField: INodeProperties = {
	displayName: 'Initial Poll (Seconds)',
	name: 'initialPoll',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: MAX_INITIAL_POLL },
	default: DEFAULT_INITIAL_POLL,
	displayOptions: IF_CALLBACK,
	description:
		'How long to poll for the transcripts before the execution is paused, so that short recordings continue without a callback. 0 pauses immediately.',
};

const skipSelfCheckField: INodeProperties = {
	displayName: 'Skip Self-Check',
	name: 'skipSelfCheck',
	type: 'boolean',
	default: true,
	displayOptions: IF_CALLBACK,
	noDataExpression: true,
	description:
		'Whether to submit, and to resume on a callback, without checking that this n8n instance is reachable at its own public address. Only use this if your network doesn’t allow that connection: in queue mode, an execution may then resume twice.',
};

/** Not offered here, since the callback goes to the waiting execution and never to a trigger. */
const TRIGGER_OPTIONS = ['callbackBaseUrl', 'skipTriggerCheck'];

function optionsOf(provider: Provider): INodeProperties[] {
	const submitOptions = provider.ui.submitOptions.filter(({ name }) => !TRIGGER_OPTIONS.includes(name));
	const callbackOptions = hasCallbackPerJob(provider) ? [initialPollField, skipSelfCheckField] : [];
	return [
		...submitOptions,
		submitConcurrencyOption,
		...callbackOptions,
		...fileOptions(provider).map(withoutExpressions),
	];
}

export const submitAndWaitFields: INodeProperties[] = [
	...sourceFields,
	metadataField,
	...waitByFields,
	...deadlineFields,
	withoutExpressions(outputField),
	...optionCollections(PROVIDERS, optionsOf),
];
