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
		description: 'Fetch the transcript, or the state of the job, by its ID',
	},
	fields: [
		transcriptIdField,
		...waitUntilDoneFields,
		outputField,
		...fetchOptions(PROVIDERS),
	],
	// The files and the ways of deleting that a service offers have the same names everywhere, but not the same values.
	resetOnProviderChange: true,
	execute,
};

/**
 * Deletes only when every item was fetched: a failure at a later item ends the node without output, and what had been
 * deleted for the earlier ones would be lost.
 */
async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const startedAt = Date.now();
	const session = await openSession(context, provider);
	// Not the jobs themselves, which may be large.
	const fetched: Array<{ itemIndex: number; ended: JobState }> = [];
	const output = await forEachItem(context, async (itemIndex) => {
		const id = readTranscriptId(context, itemIndex);
		const level = context.getNodeParameter('output', itemIndex) as OutputLevel;
		const { job, timedOut } = await fetchOrPoll(context, itemIndex, session, id, startedAt);
		const problem = job.callbackStatus === undefined ? undefined : explainMissedCallback(provider.displayName, job.callbackStatus);
		const json = { ...toItemJson(job, level, session), ...(problem && { callbackProblem: problem }), ...(timedOut && { timedOut }) };
		const binary = await requestedFiles(context, itemIndex, session, job, () => toOutputTranscript(job, 'words', session));
		fetched.push({ itemIndex, ended: { id: job.transcript.id, status: job.transcript.status } });
		return [{ json, ...(binary && { binary }), pairedItem: { item: itemIndex } }];
	});
	for (const { itemIndex, ended } of fetched) await deleteAfterFetching(context, itemIndex, session, ended);
	return output;
}
