import { userError } from '../core/userError';
import type { IBinaryKeyData, IExecuteFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { type Choice, type FetchedJob } from '../providers/provider';
import { FILE_FORMATS, type FileSettings, ExportContext } from '../transcript/files';
import { isFinal, type Transcript } from '../transcript/model';
import { readTerms, readText } from '../core/optionReaders';
import type { Session } from './session';

/** The files that this package makes of a transcript, the same for every provider. */

export const filesField: INodeProperties = {
	displayName: 'Files',
	name: 'files',
	type: 'multiOptions',
	options: FILE_FORMATS.map(({ name, format, description }) => ({ name, value: format, description })),
	default: [],
	description: 'Files to make of the transcript. Each is put into a binary field with the name of its format, such as srt.',
};

/** A file before it is stored. */
export interface RenderedFile {
	format: string;
	mimeType: string;
	content: string;
}

/** @throws InputError, NoTimesError */
export function renderFiles(transcript: Transcript, formats: readonly string[], settings: FileSettings = {}): RenderedFile[] {
	const material = new ExportContext(transcript, settings);
	return formats.map(formatNamed).map(({ format, mimeType, make }) => ({ format, mimeType, content: make(material) }));
}

/**
 * Files in binary fields named like their formats.
 * @param fileName without extension
 */
export async function toBinaryData(
	context: IExecuteFunctions | IWebhookFunctions,
	files: readonly RenderedFile[],
	fileName: string,
): Promise<IBinaryKeyData> {
	const binary: IBinaryKeyData = {};
	for (const { format, mimeType, content } of files) {
		const name = `${safeFileName(fileName, format)}.${format}`;
		binary[format] = await context.helpers.prepareBinaryData(Buffer.from(content, 'utf8'), name, mimeType);
	}
	return binary;
}

/**
 * The files of a transcript as n8n keeps them.
 * @param fileName without extension; the transcript's ID unless given
 * @throws InputError, NoTimesError
 */
export async function makeFiles(
	context: IExecuteFunctions | IWebhookFunctions,
	transcript: Transcript,
	formats: readonly string[],
	settings: FileSettings = {},
	fileName: string = transcript.id,
): Promise<IBinaryKeyData> {
	return await toBinaryData(context, renderFiles(transcript, formats, settings), fileName);
}

function formatNamed(format: string) {
	const found = FILE_FORMATS.find((candidate) => candidate.format === format.toLowerCase());
	if (found) return found;
	throw userError(
		`“Files” names “${format.slice(0, 40)}”, which this node cannot make`,
		`Choose among ${FILE_FORMATS.map((known) => known.format).join(', ')}.`,
	);
}

/** One that every file system takes and that leads nowhere else, also if the user wrote the extension. */
function safeFileName(name: string, extension: string): string {
	const safe = shortened(name.replace(UNSAFE, '_').replace(/^[. ]+|[. ]+$/g, ''));
	return (safe.toLowerCase().endsWith(`.${extension}`) ? safe.slice(0, -extension.length - 1) : safe) || 'transcript';
}

/** Beside what file systems refuse what steers a display: a change of direction makes `gpj.srt` look like `trs.jpg`. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069<>:"/\\|?*]+/g;

/** Most file systems take 255 bytes; the extension has to go in, and what users put before it. */
const LONGEST_BYTES = 200;

function shortened(name: string): string {
	let short = '';
	let bytes = 0;
	for (const character of name.toWellFormed()) {
		bytes += Buffer.byteLength(character);
		if (bytes > LONGEST_BYTES || short.length >= 150) break;
		short += character;
	}
	return short;
}

/** What the options of Get and of the trigger ask for beside the transcript; see `fetchOptions.ts`. */

/** The files that were asked for. Anything may stand there where expressions decide. */
export interface FileSelection {
	/** Formats that this package makes. */
	files: unknown;
	/** Formats that the service makes. */
	serviceFiles: unknown;
}

/** n8n's functions with which files can be made. */
export type FileContext = IExecuteFunctions | IWebhookFunctions;

/** What the options of one item ask for; see {@link attachFiles}. */
export async function requestedFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	job: FetchedJob,
	complete: () => Transcript,
): Promise<IBinaryKeyData | undefined> {
	if (job.transcript.status !== 'completed') return undefined;
	const wanted = {
		files: context.getNodeParameter('options.files', itemIndex, []),
		serviceFiles: context.getNodeParameter('options.serviceFiles', itemIndex, []),
	};
	return await attachFiles(context, wanted, session, job, complete);
}

/**
 * The files that were asked for of a completed transcript: those made here in binary fields named like their formats,
 * those of the service in `service_<format>`.
 * @param complete the transcript with all its detail, as `present` makes it
 * @throws ServiceRefusal, InputError, NoTimesError
 */
export async function attachFiles(
	context: FileContext,
	wanted: FileSelection,
	session: Session,
	job: FetchedJob,
	complete: () => Transcript,
): Promise<IBinaryKeyData | undefined> {
	if (job.transcript.status !== 'completed') return undefined;
	const formats = readTerms(wanted.files);
	const made = formats.length > 0 ? await makeFiles(context, complete(), formats) : {};
	const files = { ...made, ...(await serviceFiles(context, readTerms(wanted.serviceFiles), session, job)) };
	return Object.keys(files).length > 0 ? files : undefined;
}

async function serviceFiles(
	context: FileContext,
	wanted: readonly string[],
	{ provider, api }: Session,
	{ transcript }: FetchedJob,
): Promise<IBinaryKeyData> {
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
		const choice = readText(context.getNodeParameter('options.deleteAfterFetching', itemIndex, ''));
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
	throw userError(
		`“${option}” is “${value.slice(0, 60)}”, which is no choice`,
		`Choose from the list, or let the expression give one of: ${choices.map((choice) => choice.value).join(', ')}.`,
	);
}
