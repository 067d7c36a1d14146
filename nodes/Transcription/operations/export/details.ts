import type { IExecuteFunctions } from 'n8n-workflow';
import { type UserError, userError } from '../../core/userError';
import { PROVIDERS } from '../../providers';
import { MissingTimes } from '../../transcript/files';
import type { Transcript } from '../../transcript/model';

/**
 * Export From: Item needs no credential, so it can't fetch what the item lacks. An item with Output: Simplified only has
 * the text. Subtitles and charts can't be made from it; the other results lack details.
 */

/** File formats that contain times or words if the transcript has them. */
const DETAILED_FORMATS: readonly string[] = ['csv', 'json'];

/**
 * Returns the error to show if a transcript from an item lacks the times that the export needs, or the error itself.
 * @param where for messages: `Item 3`
 */
export function explainMissingTimes(error: unknown, transcript: Transcript, where: string): unknown {
	if (!(error instanceof MissingTimes) || hasDetails(transcript)) return error;
	return withoutTimes(error, transcript, where);
}

function withoutTimes({ files }: MissingTimes, transcript: Transcript, where: string): UserError {
	return userError(
		`${where} has no timestamps, which ${files} need`,
		`${adviceFor(transcript)} TXT, Markdown, HTML, and DOCX files don’t need timestamps.`,
	);
}

/**
 * Adds a hint if the export lacks details because the item has only the text.
 * @param formats the selected file formats, or undefined if the export creates items
 * @param where for messages: `Item 3`
 */
export function hintAtMissingDetails(
	context: IExecuteFunctions,
	transcript: Transcript,
	formats: readonly string[] | undefined,
	where: string,
): void {
	const needsDetails = formats === undefined || formats.some((format) => DETAILED_FORMATS.includes(format));
	if (!needsDetails || hasDetails(transcript)) return;
	context.addExecutionHints({
		message: `${where} only has the text of the transcript, so timestamps and speakers are missing here. ${adviceFor(transcript)}`,
		type: 'info',
		location: 'outputPane',
	});
}

function hasDetails({ words, utterances }: Transcript): boolean {
	return words !== undefined || utterances !== undefined;
}

function adviceFor({ provider, isExample }: Transcript): string {
	const output = 'set “Output” to Words in the node that returned the transcript';
	const service = PROVIDERS.find(({ name }) => name === provider);
	// The example can't be fetched, and an item without a known provider may not be from this package.
	if (isExample || !service) return `To get them, ${output}.`;
	return `To get them, ${output}, or let this node fetch the full transcript: choose Provider: ${service.displayName}, From: ID, and {{ $json.id }} as the Transcript ID.`;
}
