import type { IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';
import { listOf, textOf } from '../providers/optionValues';
import { type Choice, type FetchedJob, inputError } from '../providers/provider';
import { isFinal, type Transcript } from '../transcript/model';
import { makeFiles } from './files';
import type { Session } from './session';

/** What the options of Get and of the trigger ask for beside the transcript; see `fetchOptions.ts`. */

/**
 * The files that were asked for of a completed transcript: those made here in binary fields named like their formats,
 * those of the service in `service_<format>`.
 * @param complete the transcript with all its detail, as `present` makes it
 * @throws ServiceRefusal, InputError, NoTimesError
 */
export async function filesOf(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	job: FetchedJob,
	complete: () => Transcript,
): Promise<IBinaryKeyData | undefined> {
	if (job.transcript.status !== 'completed') return undefined;
	const formats = listOf(context.getNodeParameter('options.files', itemIndex, []));
	const made = formats.length > 0 ? await makeFiles(context, complete(), formats) : {};
	const files = { ...made, ...(await serviceFiles(context, itemIndex, session, job)) };
	return Object.keys(files).length > 0 ? files : undefined;
}

async function serviceFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	{ provider, api }: Session,
	{ transcript }: FetchedJob,
): Promise<IBinaryKeyData> {
	const wanted = listOf(context.getNodeParameter('options.serviceFiles', itemIndex, []));
	const binary: IBinaryKeyData = {};
	if (!provider.serviceFiles) return binary;
	for (const format of wanted) checkChoice(format, provider.serviceFiles.formats, `Files From ${provider.displayName}`);
	for (const format of wanted) {
		const { content, mimeType, extension } = await provider.serviceFiles.fetch(api, transcript.id, format, transcript.raw);
		const fileName = `${transcript.id}.${extension}`;
		binary[`service_${format}`] = await context.helpers.prepareBinaryData(content, fileName, mimeType);
	}
	return binary;
}

/** What has to be known of a fetched job to delete it. */
export type JobState = Pick<Transcript, 'id' | 'status'>;

/**
 * Deletes at the service what the user no longer wants there. The transcript is at hand by then, so that trouble with
 * this is only a warning.
 */
export async function deleteAfterFetching(
	context: IExecuteFunctions,
	itemIndex: number,
	{ provider, api }: Session,
	{ id, status }: JobState,
): Promise<void> {
	if (!provider.deletion || !isFinal(status)) return;
	try {
		// An expression that cannot be resolved is trouble with deleting, too.
		const choice = textOf(context.getNodeParameter('options.deleteAfterFetching', itemIndex, ''));
		if (choice === undefined) return;
		checkChoice(choice, provider.deletion.choices, 'Delete After Fetching');
		await provider.deletion.remove(api, id, choice);
	} catch (error) {
		const message = `${provider.displayName} still keeps what belongs to ${id}, since deleting failed: ${(error as Error).message}`;
		context.logger.warn(message);
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
}

/** An expression may have filled an option with anything: what nobody offered must not delete. @throws InputError */
export function checkChoice(value: string, choices: readonly Choice[], option: string): void {
	if (choices.some((choice) => choice.value === value)) return;
	throw inputError(
		`“${option}” is “${value.slice(0, 60)}”, which is no choice`,
		`Choose from the list, or let the expression give one of: ${choices.map((choice) => choice.value).join(', ')}.`,
	);
}
