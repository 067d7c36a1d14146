import { userError } from '../core/userError';
import { readBoolean, readNumber } from '../core/optionReaders';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { explainMissedCallback } from '../callback/missed';
import { PROVIDERS } from '../providers';
import type { FetchedJob, Provider } from '../providers/provider';
import type { OutputLevel } from '../transcript/output';
import { deleteAfterFetching, requestedFiles, type JobState } from '../shared/files';
import { fetchOptions, outputField, readTranscriptId, transcriptIdFields } from '../shared/fields';
import { concurrencyOption, mapConcurrently, readConcurrency } from '../shared/concurrency';
import { attemptItem } from '../shared/errors';
import type { Operation } from './operation';
import { toItemJson, toOutputTranscript } from '../shared/jobOutput';
import { fetchJob, openSession } from '../shared/session';
import { type PolledJob, type PollResult, pollUntilDone } from '../shared/polling';

const MAX_WAIT_MINUTES = 1440;

const waitUntilDoneFields: INodeProperties[] = [
	{
		displayName: 'Wait Until Done',
		name: 'waitUntilDone',
		type: 'boolean',
		default: false,
		description:
			'Whether to poll until the job has ended. The execution occupies a worker slot while it waits, so prefer the trigger or Submit and Wait if the provider can reach this n8n instance.',
	},
	{
		displayName: 'Max Wait (Minutes)',
		name: 'maxWaitMinutes',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MAX_WAIT_MINUTES },
		default: 10,
		displayOptions: { show: { waitUntilDone: [true] } },
		description:
			'The maximum time to wait, for all items together. A job that hasn’t ended by then is returned with its last status and “timedOut”.',
	},
];

export const get: Operation = {
	resource: 'transcript',
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a transcript',
		description: 'Fetch a transcript, or the status of its job, by ID',
	},
	fields: [
		...transcriptIdFields(PROVIDERS),
		...waitUntilDoneFields,
		outputField,
		...fetchOptions(PROVIDERS, [concurrencyOption()]),
	],
	// The options for files and deletion have the same names for all providers, but different values.
	resetOnProviderChange: true,
	execute,
};

/** An item whose job is polled. */
interface WaitingItem extends PolledJob {
	itemIndex: number;
}

/**
 * Fetches the items concurrently, then polls all jobs to wait for together.
 *
 * Deletes only after every item was fetched: if a later item failed, the node would end without output, and the
 * transcripts already deleted would be lost.
 */
async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const startedAt = Date.now();
	const session = await openSession(context, provider);
	const concurrency = readConcurrency(context);
	// Keeps only the data needed for deletion, since the jobs themselves can be large.
	const fetched: Array<{ itemIndex: number; state: JobState }> = [];
	const toItem = async (itemIndex: number, job: FetchedJob, timedOut = false): Promise<INodeExecutionData> => {
		const level = context.getNodeParameter('output', itemIndex) as OutputLevel;
		const problem =
			job.callbackStatus === undefined ? undefined : explainMissedCallback(provider.displayName, job.callbackStatus);
		const json = {
			...toItemJson(job, level, session),
			...(problem && { callbackProblem: problem }),
			...(timedOut && { timedOut }),
		};
		const binary = await requestedFiles(context, itemIndex, session, job, () =>
			toOutputTranscript(job, 'words', session),
		);
		fetched.push({ itemIndex, state: { id: job.transcript.id, status: job.transcript.status } });
		return { json, ...(binary && { binary }), pairedItem: { item: itemIndex } };
	};
	const waiting: WaitingItem[] = [];
	const output = await mapConcurrently(
		context.getInputData(),
		async (_, itemIndex) =>
			await attemptItem(context, itemIndex, async () => {
				const id = readTranscriptId(context, itemIndex, provider);
				const waitMs = readMaxWaitMs(context, itemIndex);
				if (waitMs === undefined) return [await toItem(itemIndex, await fetchJob(session, id))];
				waiting.push({ itemIndex, id, deadline: startedAt + waitMs });
				return [];
			}),
		concurrency,
	);
	const convert = async ({ itemIndex }: WaitingItem, result: PollResult) => {
		output[itemIndex] = await attemptItem(context, itemIndex, async () => {
			const { job, timedOut } = jobIn(result);
			return [await toItem(itemIndex, job, timedOut)];
		});
	};
	await pollUntilDone(context, session, waiting, convert, { concurrency });
	await mapConcurrently(
		fetched,
		async ({ itemIndex, state }) => await deleteAfterFetching(context, itemIndex, session, state),
		concurrency,
	);
	return output.flat();
}

/** @returns the time to wait in ms; undefined without Wait Until Done. @throws UserError */
function readMaxWaitMs(context: IExecuteFunctions, itemIndex: number): number | undefined {
	const waitUntilDone = readBoolean(context.getNodeParameter('waitUntilDone', itemIndex, false), 'Wait Until Done');
	if (!waitUntilDone) return undefined;
	const range = { min: 0, max: MAX_WAIT_MINUTES };
	const minutes = readNumber(context.getNodeParameter('maxWaitMinutes', itemIndex, 10), 'Max Wait (Minutes)', range);
	if (minutes) return minutes * 60_000;
	throw userError(
		`“Max Wait (Minutes)” is ${minutes === 0 ? '0' : 'empty'}`,
		`Enter the number of minutes to wait, up to ${MAX_WAIT_MINUTES}, or turn off “Wait Until Done”.`,
	);
}

/** @throws the error that prevented fetching the job */
function jobIn(result: PollResult): { job: FetchedJob; timedOut: boolean } {
	if ('job' in result) return { job: result.job, timedOut: false };
	if ('error' in result) throw result.error;
	const { lastJob, lastError } = result;
	if (lastJob) return { job: lastJob, timedOut: true };
	throw lastError!.withNote(
		'The error persisted until the maximum wait was reached. Increase “Max Wait (Minutes)”, or fetch the transcript by the same ID later.',
	);
}
