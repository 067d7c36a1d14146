import { userError } from '../core/userError';
import type { IBinaryKeyData, IExecuteFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { type Choice, type FetchedJob } from '../providers/provider';
import { FILE_FORMATS, type FileSettings, ExportContext } from '../transcript/files';
import { isFinal, type Transcript } from '../transcript/model';
import { withoutExtension } from '../transcript/recordingName';
import { readTerms, readText } from '../core/optionReaders';
import { warn } from './errors';
import type { Session } from './session';

/** The files that this package creates from a transcript, the same for every provider. */

export const filesField: INodeProperties = {
	displayName: 'Files',
	name: 'files',
	type: 'multiOptions',
	options: FILE_FORMATS.map(({ name, format, description }) => ({ name, value: format, description })),
	default: [],
	description:
		'The files to create from the transcript. Each is returned in a binary field named after its format, such as srt.',
};

/** A file before it is stored. */
export interface RenderedFile {
	format: string;
	mimeType: string;
	/** Text, or bytes if the format is binary. */
	content: string | Uint8Array;
}

/** @throws UserError */
export function renderFiles(
	transcript: Transcript,
	formats: readonly string[],
	settings: FileSettings = {},
): RenderedFile[] {
	const exportContext = new ExportContext(transcript, settings);
	return formats
		.map(findFormat)
		.map(({ format, mimeType, make }) => ({ format, mimeType, content: make(exportContext) }));
}

/**
 * Stores files in binary fields named after their formats.
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
		binary[format] = await context.helpers.prepareBinaryData(toBuffer(content), name, mimeType);
	}
	return binary;
}

const toBuffer = (content: string | Uint8Array) =>
	typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);

/**
 * Renders and stores the files of a transcript.
 * @param fileName without extension. Default: see {@link fileNameOf}.
 * @throws UserError
 */
export async function makeFiles(
	context: IExecuteFunctions | IWebhookFunctions,
	transcript: Transcript,
	formats: readonly string[],
	settings: FileSettings = {},
	fileName: string = fileNameOf(transcript),
): Promise<IBinaryKeyData> {
	return await toBinaryData(context, renderFiles(transcript, formats, settings), fileName);
}

/**
 * Returns the name, without extension, for the files of a transcript: the title that the user attached as metadata, or
 * else the name of the recording, or else the transcript's ID.
 */
export function fileNameOf({ metadata, recordingName, id }: Transcript): string {
	// In an item that other nodes have changed, the values can have any type.
	const [title, name] = [metadata?.title, recordingName].map((value: unknown) =>
		typeof value === 'object' ? undefined : readText(value),
	);
	return title ?? (name === undefined ? id : withoutExtension(name));
}

function findFormat(format: string) {
	const found = FILE_FORMATS.find((candidate) => candidate.format === format.toLowerCase());
	if (found) return found;
	throw userError(
		`“Files” contains “${format.slice(0, 40)}”, which isn’t a supported format`,
		`Use any of: ${FILE_FORMATS.map((supported) => supported.format).join(', ')}.`,
	);
}

/**
 * Returns a name that every file system accepts, without path separators or the extension, even if the user entered
 * them.
 */
function safeFileName(name: string, extension: string): string {
	const safe = truncate(name.replace(UNSAFE, '_').replace(/^[. ]+|[. ]+$/g, ''));
	return (safe.toLowerCase().endsWith(`.${extension}`) ? safe.slice(0, -extension.length - 1) : safe) || 'transcript';
}

/**
 * Characters that file systems don't allow, and bidirectional controls, which can make `gpj.srt` look like `trs.jpg`.
 */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069<>:"/\\|?*]+/g;

/** Most file systems allow 255 bytes. This leaves room for the extension, and for a prefix that users may add. */
const MAX_FILE_NAME_BYTES = 200;

function truncate(name: string): string {
	let truncated = '';
	let bytes = 0;
	for (const character of name.toWellFormed()) {
		bytes += Buffer.byteLength(character);
		if (bytes > MAX_FILE_NAME_BYTES || truncated.length >= 150) break;
		truncated += character;
	}
	return truncated;
}

/** The requested files. The values are `unknown`, since expressions can return anything. */
export interface FileSelection {
	/** Formats that this package creates. */
	files: unknown;
	/** Formats that the service creates. */
	serviceFiles: unknown;
}

/** The n8n contexts in which files can be created. */
export type FileContext = IExecuteFunctions | IWebhookFunctions;

/** Returns the files requested in one item's options, see {@link attachFiles}. */
export async function requestedFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	job: FetchedJob,
	complete: () => Transcript,
): Promise<IBinaryKeyData | undefined> {
	if (job.transcript.status !== 'completed') return undefined;
	const selection = {
		files: context.getNodeParameter('options.files', itemIndex, []),
		serviceFiles: context.getNodeParameter('options.serviceFiles', itemIndex, []),
	};
	return await attachFiles(context, selection, session, job, complete);
}

/**
 * Creates or fetches the requested files of a completed transcript. Our own files are in binary fields named after
 * their formats, and the service's are in `service_<format>`.
 * @param complete returns the transcript with all details, see `toOutputTranscript`
 * @throws ServiceError, UserError
 */
export async function attachFiles(
	context: FileContext,
	selection: FileSelection,
	session: Session,
	job: FetchedJob,
	complete: () => Transcript,
): Promise<IBinaryKeyData | undefined> {
	if (job.transcript.status !== 'completed') return undefined;
	const formats = readTerms(selection.files);
	const serviceFormats = readTerms(selection.serviceFiles);
	if (formats.length === 0 && serviceFormats.length === 0) return undefined;
	const transcript = complete();
	const ownFiles = formats.length > 0 ? await makeFiles(context, transcript, formats) : {};
	const serviceFiles = await fetchServiceFiles(context, serviceFormats, session, job, fileNameOf(transcript));
	const files = { ...ownFiles, ...serviceFiles };
	return Object.keys(files).length > 0 ? files : undefined;
}

async function fetchServiceFiles(
	context: FileContext,
	formats: readonly string[],
	{ provider, api }: Session,
	{ transcript }: FetchedJob,
	name: string,
): Promise<IBinaryKeyData> {
	const binary: IBinaryKeyData = {};
	if (!provider.serviceFiles) return binary;
	for (const format of formats)
		checkChoice(format, provider.serviceFiles.formats, `Files From ${provider.displayName}`);
	for (const format of formats) {
		const { content, mimeType, extension } = await provider.serviceFiles.fetch(
			api,
			transcript.id,
			format,
			transcript.raw,
		);
		const fileName = `${safeFileName(name, extension)}.${extension}`;
		binary[`service_${format}`] = await context.helpers.prepareBinaryData(content, fileName, mimeType);
	}
	return binary;
}

/** The part of a fetched job that is needed to delete it. */
export interface JobState extends Pick<Transcript, 'id' | 'status'>, Pick<FetchedJob, 'isFromCallback'> {}

/**
 * Deletes the data that the user no longer wants the service to keep. The transcript has been fetched by then, so errors
 * are only warnings.
 */
export async function deleteAfterFetching(
	context: IExecuteFunctions,
	itemIndex: number,
	{ provider, api }: Session,
	{ id, status, isFromCallback }: JobState,
): Promise<void> {
	if (!provider.deletion || !isFinal(status)) return;
	try {
		// This is inside the try block, since an expression that can't be resolved must not fail the node either.
		const choice = readText(context.getNodeParameter('options.deleteAfterFetching', itemIndex, ''));
		if (choice === undefined) return;
		checkChoice(choice, provider.deletion.choices, 'Delete After Fetching');
		const result = await provider.deletion.remove(api, id, choice);
		// A transcript that was fetched a moment ago has been deleted in the meantime.
		if (result !== 'notFound' || !isFromCallback) return;
		warn(
			context,
			`Nothing was deleted: ${provider.displayName} has no transcript with the ID ${id}. Either it doesn’t store the transcript, or it stores it under a different ID; in that case, delete it by the ID that Submit returned.`,
		);
	} catch (error) {
		warn(
			context,
			`${provider.displayName} still has the data of job ${id}, because it couldn’t be deleted: ${(error as Error).message}`,
		);
	}
}

/** Validates an option that an expression may have set to any value. @throws UserError */
export function checkChoice(value: string, choices: readonly Choice[], option: string): void {
	if (choices.some((choice) => choice.value === value)) return;
	throw userError(
		`“${option}” is “${value.slice(0, 60)}”, which isn’t a valid option`,
		`Choose from the list, or use an expression that returns one of: ${choices.map((choice) => choice.value).join(', ')}.`,
	);
}
