import type { IBinaryKeyData, IExecuteFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { inputError } from '../providers/provider';
import { FILE_FORMATS, type FileSettings, Material } from '../transcript/files';
import type { Transcript } from '../transcript/model';

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
export interface MadeFile {
	format: string;
	mimeType: string;
	content: string;
}

/** @throws InputError, NoTimesError */
export function makeContents(transcript: Transcript, formats: readonly string[], settings: FileSettings = {}): MadeFile[] {
	const material = new Material(transcript, settings);
	return formats.map(formatNamed).map(({ format, mimeType, make }) => ({ format, mimeType, content: make(material) }));
}

/**
 * Files in binary fields named like their formats.
 * @param fileName without extension
 */
export async function asBinaries(
	context: IExecuteFunctions | IWebhookFunctions,
	files: readonly MadeFile[],
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
	return await asBinaries(context, makeContents(transcript, formats, settings), fileName);
}

function formatNamed(format: string) {
	const found = FILE_FORMATS.find((candidate) => candidate.format === format.toLowerCase());
	if (found) return found;
	throw inputError(
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
