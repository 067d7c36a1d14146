import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readTerms } from '../core/optionReaders';
import type { Provider } from '../providers/provider';
import { makeFiles } from '../shared/files';
import { type CallbackData, toItemJson, toOutputTranscript } from '../shared/jobOutput';
import { canList } from '../shared/listJobs';
import { openSession, type Session } from '../shared/session';
import { exampleTranscript } from '../transcript/example';
import { withoutAbsent } from '../transcript/model';
import type { OutputLevel } from '../transcript/output';

/**
 * Returns the item for the example transcript, in the shape that a real transcript has at the chosen output level. Sends
 * no request to the service and records nothing.
 * @param announcement the item if the trigger doesn't fetch transcripts
 */
export async function exampleItem(
	context: IExecuteFunctions,
	provider: Provider,
	callbackData: CallbackData,
	itemIndex: number,
	announcement: IDataObject | undefined,
): Promise<INodeExecutionData> {
	const session = await openSession(context, provider);
	const { json, binary } = announcement
		? { json: announcement, binary: undefined }
		: await exampleOutput(context, session, callbackData, itemIndex);
	context.addExecutionHints({ message: hintFor(context, session, itemIndex), type: 'info', location: 'outputPane' });
	return { json: { isExample: true, ...json }, ...(binary && { binary }), pairedItem: { item: itemIndex } };
}

/** Like `jobOutcome`, but without the service's files and without cleaning up. */
async function exampleOutput(
	context: IExecuteFunctions,
	session: Session,
	{ metadata, ref }: CallbackData,
	itemIndex: number,
): Promise<{ json: IDataObject; binary: IBinaryKeyData | undefined }> {
	const job = { transcript: exampleTranscript(session.provider.name) };
	const callbackData = withoutAbsent({ metadata, ref });
	const level = context.getNodeParameter('output', itemIndex) as OutputLevel;
	const formats = readTerms(context.getNodeParameter('options.files', itemIndex, []));
	const complete = toOutputTranscript(job, 'words', session, callbackData);
	return {
		json: toItemJson(job, level, session, callbackData),
		binary: formats.length > 0 ? await makeFiles(context, complete, formats) : undefined,
	};
}

function hintFor(context: IExecuteFunctions, session: Session, itemIndex: number): string {
	const { displayName } = session.provider;
	const reason = canList(session)
		? `this ${displayName} account has no finished transcript yet`
		: `n8n can’t look up the latest transcript at ${displayName}`;
	const hasServiceFiles = readTerms(context.getNodeParameter('options.serviceFiles', itemIndex, [])).length > 0;
	const files = hasServiceFiles ? ` The files from ${displayName} aren’t part of it.` : '';
	return `This is an example, because ${reason}. Use it to map fields. Which fields a real transcript has depends on the provider and its options.${files}`;
}
