import { userError } from '../core/userError';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readNumber, readText } from '../core/optionReaders';
import { type ListFilter, type Provider } from '../providers/provider';
import type { JobStatus } from '../transcript/model';
import type { OutputLevel } from '../transcript/output';
import { readDate } from '../shared/dates';
import { forEachItem } from '../shared/errors';
import { listJobs } from '../shared/listJobs';
import type { Operation } from './operation';
import { toItemJson } from '../shared/jobOutput';
import { openSession } from '../shared/session';

const STATUSES: Array<{ name: string; value: JobStatus }> = [
	{ name: 'Completed', value: 'completed' },
	{ name: 'Failed', value: 'failed' },
	{ name: 'Processing', value: 'processing' },
	{ name: 'Queued', value: 'queued' },
];

export const getMany: Operation = {
	resource: 'transcript',
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many transcripts',
		description: 'List the jobs of the account with their state; their texts come with Get',
	},
	unsupportedReason: ({ listing, displayName }) =>
		listing
			? undefined
			: `${displayName} has no list of jobs. Keep the IDs that Submit puts out, for example in a Data Table, and fetch each with Get.`,
	fields: [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { returnAll: [false] } },
			description: 'Max number of results to return',
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Created After',
					name: 'createdAfter',
					type: 'dateTime',
					default: '',
					description: 'Jobs that were submitted at this time or later',
				},
				{
					displayName: 'Created Before',
					name: 'createdBefore',
					type: 'dateTime',
					default: '',
					description: 'Jobs that were submitted before this time',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: STATUSES,
					default: 'completed',
					description: 'Jobs in this state only',
				},
			],
		},
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'Raw', value: 'raw', description: 'Simplified, and the entry of the service’s list as it came' },
				{ name: 'Simplified', value: 'simplified', description: 'ID, state, times and metadata, as far as the list tells them' },
			],
			default: 'simplified',
			description: 'How much of each job to put out',
		},
	],
	execute,
};

async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const session = await openSession(context, provider);
	return await forEachItem(context, async (itemIndex) => {
		const limit = limitOf(context, itemIndex);
		const filter = filterOf(context, itemIndex);
		const level = context.getNodeParameter('output', itemIndex, 'simplified') as OutputLevel;
		const output: INodeExecutionData[] = [];
		for await (const job of listJobs(session, { ...filter, ...(limit !== undefined && { limit }) })) {
			output.push({ json: toItemJson(job, level, session), pairedItem: { item: itemIndex } });
			if (output.length === limit) break;
		}
		return output;
	});
}

/** Undefined for no limit. @throws InputError */
function limitOf(context: IExecuteFunctions, itemIndex: number): number | undefined {
	if (context.getNodeParameter('returnAll', itemIndex, false) === true) return undefined;
	const limit = readNumber(context.getNodeParameter('limit', itemIndex), 'Limit', { min: 1, integer: true });
	if (limit === undefined) throw userError('“Limit” is empty', 'Enter a whole number, or turn on “Return All”.');
	return limit;
}

/** @throws InputError */
function filterOf(context: IExecuteFunctions, itemIndex: number): ListFilter {
	const given = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const createdAfter = readDate(context, given.createdAfter, 'Created After');
	const createdBefore = readDate(context, given.createdBefore, 'Created Before');
	if (createdAfter && createdBefore && createdAfter >= createdBefore) {
		throw userError(
			`“Created After” (${createdAfter.toISOString()}) is not before “Created Before” (${createdBefore.toISOString()})`,
			'No job could be in that period. Exchange the two, or remove one.',
		);
	}
	const status = statusOf(readText(given.status));
	return { ...(status && { status }), ...(createdAfter && { createdAfter }), ...(createdBefore && { createdBefore }) };
}

function statusOf(given: string | undefined): JobStatus | undefined {
	const known = STATUSES.find(({ value }) => value === given)?.value;
	if (known !== undefined || given === undefined) return known;
	throw userError(
		`“Status” is “${given.slice(0, 60)}”, which is no state of a job`,
		`Choose from the list, or let the expression give one of: ${STATUSES.map(({ value }) => value).join(', ')}.`,
	);
}
