import type { Transcript } from '../model';
import { makeCsv } from './csv';
import { makeDocx } from './docx';
import { makeHtml } from './html';
import { makeJson } from './json';
import { makeMarkdown } from './markdown';
import { ExportContext } from './exportContext';
import type { FileSettings } from './settings';
import { makeSrt } from './srt';
import { makeSvg } from './svg';
import { makeTxt } from './txt';
import { makeVtt } from './vtt';

export { ExportContext, MissingTimes } from './exportContext';
export { type FileSettings } from './settings';

/** A file format that a transcript can be exported to. */
export interface FileFormat {
	/** Also the file extension and the name of the binary field. */
	format: string;
	name: string;
	description: string;
	mimeType: string;
	/**
	 * Returns text, or bytes if the format is binary.
	 * @throws UserError if the format needs times and the transcript has none
	 */
	make(context: ExportContext): string | Uint8Array;
}

/** Sorted by name. */
export const FILE_FORMATS: readonly FileFormat[] = [
	{
		format: 'csv',
		name: 'CSV',
		description: 'Speakers, times, and text for spreadsheets',
		mimeType: 'text/csv',
		make: makeCsv,
	},
	{
		format: 'docx',
		name: 'DOCX',
		description: 'A Word document to edit or send',
		mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		make: makeDocx,
	},
	{ format: 'html', name: 'HTML', description: 'A page to read or print', mimeType: 'text/html', make: makeHtml },
	{
		format: 'json',
		name: 'JSON',
		description: 'The complete transcript, for programs and for Export',
		mimeType: 'application/json',
		make: makeJson,
	},
	{
		format: 'md',
		name: 'Markdown',
		description: 'A document for wikis, editors, and language models',
		mimeType: 'text/markdown',
		make: makeMarkdown,
	},
	{
		format: 'srt',
		name: 'SRT',
		description: 'Subtitles for nearly every player',
		mimeType: 'application/x-subrip',
		make: makeSrt,
	},
	{
		format: 'svg',
		name: 'SVG',
		description: 'A chart of who talks when, and how much',
		mimeType: 'image/svg+xml',
		make: makeSvg,
	},
	{ format: 'txt', name: 'TXT', description: 'Plain text', mimeType: 'text/plain', make: makeTxt },
	{
		format: 'vtt',
		name: 'VTT',
		description: 'Subtitles for the web, with the speakers’ voices',
		mimeType: 'text/vtt',
		make: makeVtt,
	},
];

/**
 * Creates one file as text. To create several files of the same transcript, share an {@link ExportContext} instead.
 * @throws Error for a binary format
 */
export function makeFile(format: string, transcript: Transcript, settings: FileSettings = {}): string {
	const content = fileFormat(format).make(new ExportContext(transcript, settings));
	if (typeof content === 'string') return content;
	throw new Error(`“${format}” is a binary format`);
}

/** @throws Error for an unknown format */
export function fileFormat(format: string): FileFormat {
	const found = FILE_FORMATS.find((candidate) => candidate.format === format);
	if (!found) throw new Error(`“${format}” isn’t a file format that this version of the package supports`);
	return found;
}
