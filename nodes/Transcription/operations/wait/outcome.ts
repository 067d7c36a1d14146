import type { INodeExecutionData } from 'n8n-workflow';
import type { ServiceRefusal } from '../../http/refusal';
import type { FetchedJob } from '../../providers/provider';
import type { OutputLevel } from '../../transcript/output';
import { attachedFiles, type FileContext, type WantedFiles } from '../afterFetch';
import { present, presented } from '../present';
import type { Session } from '../session';
import type { ParkedJob } from './parked';

/** What shall leave the node for each job. */
export interface Wanted extends WantedFiles {
	level: OutputLevel;
}

/** The item of a job whose transcript cannot be had: what was parked, and why. */
export function withoutTranscript({ item }: ParkedJob, { explanation: { message, description } }: ServiceRefusal): INodeExecutionData {
	const { timedOut: _, deadline: __, ...json } = item.json;
	return { ...item, json: { ...json, errorMessage: `The transcript cannot be fetched: ${message}. ${description}` } };
}

/**
 * The item of a job that has ended, in the shape of Get's. Files that cannot be made are told in its `warning`: the
 * transcript itself must not be lost for them.
 */
export async function itemOf(
	context: FileContext,
	session: Session,
	wanted: Wanted,
	{ item, metadata }: ParkedJob,
	end: FetchedJob,
): Promise<INodeExecutionData> {
	const carried = metadata === undefined ? {} : { metadata };
	const json = present(end, wanted.level, session, carried);
	const { pairedItem } = item;
	try {
		const binary = await attachedFiles(context, wanted, session, end, () => presented(end, 'words', session, carried));
		return { json, ...(binary && { binary }), pairedItem };
	} catch (error) {
		const trouble = `The files could not be attached: ${(error as Error).message}`;
		const warning = json.warning === undefined ? trouble : `${String(json.warning)} ${trouble}`;
		return { json: { ...json, warning }, pairedItem };
	}
}
