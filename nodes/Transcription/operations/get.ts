import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { explainMissedCallback } from '../callback/missed';
import { PROVIDERS } from '../providers';
import type { Provider } from '../providers/provider';
import type { OutputLevel } from '../transcript/output';
import { deleteAfterFetching, requestedFiles, type JobState } from '../shared/files';
import { fetchOptions, outputField, transcriptIdField, readTranscriptId } from '../shared/fields';
import { forEachItem } from '../shared/errors';
import type { Operation } from './operation';
import { toItemJson, toOutputTranscript } from '../shared/jobOutput';
import { openSession } from '../shared/session';
import { fetchOrPoll, waitUntilDoneFields } from '../shared/polling';

export const get: Operation = {
	resource: 'transcript',
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a transcript',
		description: 'Fetch a transcript, or the status of its job, by ID',
	},
	fields: [transcriptIdField, ...waitUntilDoneFields, outputField, ...fetchOptions(PROVIDERS)],
	// The options for files and deletion have the same names for all providers, but different values.
	resetOnProviderChange: true,
	execute,
};

/**
 * Deletes only after every item was fetched: if a later item failed, the node would end without output, and the
 * transcripts already deleted would be lost.
 */
async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const startedAt = Date.now();
	const session = await openSession(context, provider);
	// Keeps only the data needed for deletion, since the jobs themselves can be large.
	const fetched: Array<{ itemIndex: number; state: JobState }> = [];
	const output = await forEachItem(context, async (itemIndex) => {
		const id = readTranscriptId(context, itemIndex);
		const level = context.getNodeParameter('output', itemIndex) as OutputLevel;
		const { job, timedOut } = await fetchOrPoll(context, itemIndex, session, id, startedAt);
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
		return [{ json, ...(binary && { binary }), pairedItem: { item: itemIndex } }];
	});
	for (const { itemIndex, state } of fetched) await deleteAfterFetching(context, itemIndex, session, state);
	return output;
}
