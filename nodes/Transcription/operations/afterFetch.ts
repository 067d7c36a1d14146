import type { IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';
import { listOf, textOf } from '../providers/optionValues';
import { type Choice, type FetchedJob, inputError } from '../providers/provider';
import { isFinal } from '../transcript/model';
import type { Session } from './session';

/** What the options of Get and of the trigger ask for beside the transcript; see `fetchOptions.ts`. */

/**
 * The files that the service makes of a completed transcript, each in a binary field `service_<format>`.
 * @throws ServiceRefusal, InputError
 */
export async function serviceFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	{ provider, api }: Session,
	{ transcript }: FetchedJob,
): Promise<IBinaryKeyData | undefined> {
	const wanted = listOf(context.getNodeParameter('options.serviceFiles', itemIndex, []));
	if (!provider.serviceFiles || wanted.length === 0 || transcript.status !== 'completed') return undefined;
	const binary: IBinaryKeyData = {};
	for (const format of wanted) checkChoice(format, provider.serviceFiles.formats, `Files From ${provider.displayName}`);
	for (const format of wanted) {
		const { content, mimeType, extension } = await provider.serviceFiles.fetch(api, transcript.id, format, transcript.raw);
		const fileName = `${transcript.id}.${extension}`;
		binary[`service_${format}`] = await context.helpers.prepareBinaryData(content, fileName, mimeType);
	}
	return binary;
}

/**
 * Deletes at the service what the user no longer wants there. The transcript is at hand by then, so that trouble with
 * this is only a warning.
 */
export async function deleteAfterFetching(
	context: IExecuteFunctions,
	itemIndex: number,
	{ provider, api }: Session,
	{ transcript }: FetchedJob,
): Promise<void> {
	const choice = textOf(context.getNodeParameter('options.deleteAfterFetching', itemIndex, ''));
	if (!provider.deletion || choice === undefined || !isFinal(transcript.status)) return;
	try {
		checkChoice(choice, provider.deletion.choices, 'Delete After Fetching');
		await provider.deletion.remove(api, transcript.id, choice);
	} catch (error) {
		const message = `${provider.displayName} still keeps what belongs to ${transcript.id}, since deleting failed: ${(error as Error).message}`;
		context.logger.warn(message);
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
}

/** An expression may have filled an option with anything: what nobody offered must not delete. @throws InputError */
function checkChoice(value: string, choices: readonly Choice[], option: string): void {
	if (choices.some((choice) => choice.value === value)) return;
	throw inputError(
		`“${option}” is “${value.slice(0, 60)}”, which is no choice`,
		`Choose from the list, or let the expression give one of: ${choices.map((choice) => choice.value).join(', ')}.`,
	);
}
