import { userError } from '../core/userError';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { PROVIDERS } from '../providers';
import { readText } from '../core/optionReaders';
import { type Provider } from '../providers/provider';
import { isFinal } from '../transcript/model';
import { checkChoice } from '../shared/files';
import { concurrencyOption, readConcurrency } from '../shared/concurrency';
import { forEachItem } from '../shared/errors';
import type { Operation } from './operation';
import { fetchJob, openSession } from '../shared/session';
import { optionCollections, readTranscriptId, transcriptIdFields } from '../shared/fields';

export const deleteTranscript: Operation = {
	resource: 'transcript',
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete a transcript',
		description: 'Permanently delete the data the provider keeps for a finished job',
	},
	unsupportedReason: ({ deletion, displayName }) =>
		deletion
			? undefined
			: `${displayName} doesn’t document a way to delete transcripts. Delete the transcript on their website, or contact their support.`,
	fields: [
		...transcriptIdFields(PROVIDERS),
		...PROVIDERS.flatMap(deleteScopeField),
		...optionCollections(PROVIDERS, () => [concurrencyOption()]),
	],
	execute,
};

/** Deletes everything by default: a user who deletes a transcript expects all of it to be gone. */
function deleteScopeField({ name, deletion }: Provider): INodeProperties[] {
	if (!deletion) return [];
	const everything = deletion.choices.at(-1)?.value ?? '';
	return [
		{
			displayName: 'Data to Delete',
			name: 'deleteScope',
			type: 'options',
			options: [...deletion.choices],
			default: everything,
			displayOptions: { show: { provider: [name] } },
			description: 'The data to delete permanently',
		},
	];
}

/**
 * Fetches the job first. An unknown ID is an error, although there is nothing to delete: it may be mistyped or belong
 * to another account, and users rely on `deleted: true`. Also, some services return “not found” for a job that is still
 * running, and then complete it.
 */
async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const session = await openSession(context, provider);
	const deleteItem = async (itemIndex: number): Promise<INodeExecutionData[]> => {
		const id = readTranscriptId(context, itemIndex, provider);
		const deleteScope = readText(context.getNodeParameter('deleteScope', itemIndex, '')) ?? '';
		checkChoice(deleteScope, provider.deletion?.choices ?? [], 'Data to Delete');
		const { status } = (await fetchJob(session, id)).transcript;
		if (!isFinal(status)) {
			throw userError(
				`Job ${id} is still running (${status}), so nothing was deleted`,
				'Delete it once it has finished: run Delete after the trigger, or after Get with “Wait Until Done”.',
			);
		}
		await provider.deletion?.remove(session.api, id, deleteScope);
		return [{ json: { deleted: true, id, provider: provider.name }, pairedItem: { item: itemIndex } }];
	};
	return await forEachItem(context, deleteItem, readConcurrency(context));
}
