import { userError } from '../core/userError';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { PROVIDERS } from '../providers';
import { readText } from '../core/optionReaders';
import { type Provider } from '../providers/provider';
import { isFinal } from '../transcript/model';
import { checkChoice } from '../shared/files';
import { forEachItem } from '../shared/errors';
import type { Operation } from './operation';
import { fetchJob, openSession } from '../shared/session';
import { transcriptIdField, readTranscriptId } from '../shared/fields';

export const deleteTranscript: Operation = {
	resource: 'transcript',
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete a transcript',
		description: 'Delete for good what the service keeps of a job that has ended',
	},
	unsupportedReason: ({ deletion, displayName }) =>
		deletion
			? undefined
			: `${displayName} describes no way to delete a transcript. Delete it on its website, or ask its support.`,
	fields: [transcriptIdField, ...PROVIDERS.flatMap(whatField)],
	execute,
};

/** Begins with everything: what somebody deletes shall be gone. */
function whatField({ name, deletion }: Provider): INodeProperties[] {
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
			description: 'What the service shall not keep any longer. It cannot be brought back.',
		},
	];
}

/**
 * Looks at the job first. An ID that the service does not know is refused, although nothing would be left to delete: it
 * may be a wrong one, or one of another account, and whoever reads “deleted” relies on it. And some services answer for a
 * job that still runs as if they knew none, and go on.
 */
async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const session = await openSession(context, provider);
	return await forEachItem(context, async (itemIndex) => {
		const id = readTranscriptId(context, itemIndex);
		const deleteScope = readText(context.getNodeParameter('deleteScope', itemIndex, '')) ?? '';
		checkChoice(deleteScope, provider.deletion?.choices ?? [], 'Data to Delete');
		const { status } = (await fetchJob(session, id)).transcript;
		if (!isFinal(status)) {
			throw userError(
				`The job ${id} still runs (${status}), so that nothing was deleted`,
				'Delete it when it has ended: behind the trigger, or behind Get with “Wait Until Done”.',
			);
		}
		await provider.deletion?.remove(session.api, id, deleteScope);
		return [{ json: { deleted: true, id, provider: provider.name }, pairedItem: { item: itemIndex } }];
	});
}
