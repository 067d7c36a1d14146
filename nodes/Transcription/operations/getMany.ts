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
		description: 'List the jobs in the account with their status. Use Get to fetch their text.',
	},
	unsupportedReason: ({ listing, displayName }) =>
		listing
			? undefined
			: `${displayName} can’t list jobs. Store the IDs that Submit returns, for example in a data table, and fetch each with Get.`,
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
					description: 'Only return jobs created at or after this time',
				},
				{
					displayName: 'Created Before',
					name: 'createdBefore',
					type: 'dateTime',
					default: '',
					description: 'Only return jobs created before this time',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: STATUSES,
					default: 'completed',
					description: 'Only return jobs with this status',
				},
			],
		},
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'Raw', value: 'raw', description: 'Simplified, plus the provider’s original list entry' },
				{
					name: 'Simplified',
					value: 'simplified',
					description: 'ID, status, dates, and metadata, if the provider’s list includes them',
				},
			],
			default: 'simplified',
			description: 'How much of each job to return',
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

/** @returns undefined for no limit. @throws UserError */
function limitOf(context: IExecuteFunctions, itemIndex: number): number | undefined {
	if (context.getNodeParameter('returnAll', itemIndex, false) === true) return undefined;
	const limit = readNumber(context.getNodeParameter('limit', itemIndex), 'Limit', { min: 1, integer: true });
	if (limit === undefined) throw userError('“Limit” is empty', 'Enter a whole number, or turn on “Return All”.');
	return limit;
}

/** @throws UserError */
function filterOf(context: IExecuteFunctions, itemIndex: number): ListFilter {
	const filters = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const createdAfter = readDate(context, filters.createdAfter, 'Created After');
	const createdBefore = readDate(context, filters.createdBefore, 'Created Before');
	if (createdAfter && createdBefore && createdAfter >= createdBefore) {
		throw userError(
			`“Created After” (${createdAfter.toISOString()}) must be earlier than “Created Before” (${createdBefore.toISOString()})`,
			'No job can match both filters. Swap the two dates, or remove one.',
		);
	}
	const status = readStatus(readText(filters.status));
	return { ...(status && { status }), ...(createdAfter && { createdAfter }), ...(createdBefore && { createdBefore }) };
}

function readStatus(text: string | undefined): JobStatus | undefined {
	const status = STATUSES.find(({ value }) => value === text)?.value;
	if (status !== undefined || text === undefined) return status;
	throw userError(
		`“Status” is “${text.slice(0, 60)}”, which isn’t a valid status`,
		`Choose from the list, or use an expression that returns one of: ${STATUSES.map(({ value }) => value).join(', ')}.`,
	);
}
