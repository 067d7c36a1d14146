import type { Transcript } from '../model';
import { makeCsv } from './csv';
import { makeHtml } from './html';
import { makeJson } from './json';
import { makeMarkdown } from './markdown';
import { ExportContext } from './exportContext';
import type { FileSettings } from './settings';
import { makeSrt } from './srt';
import { makeTxt } from './txt';
import { makeVtt } from './vtt';

export { ExportContext } from './exportContext';
export { type FileSettings, speakerName } from './settings';

/** A file that can be made of a transcript. */
export interface FileFormat {
	/** Also the extension, and the binary field. */
	format: string;
	name: string;
	description: string;
	mimeType: string;
	/** @throws NoTimesError where the format needs times that the transcript has not */
	make(material: ExportContext): string;
}

/** All of them, in the order of their names. */
export const FILE_FORMATS: readonly FileFormat[] = [
	{ format: 'csv', name: 'CSV', description: 'Who said what when, for spreadsheets', mimeType: 'text/csv', make: makeCsv },
	{ format: 'html', name: 'HTML', description: 'A page to read or print', mimeType: 'text/html', make: makeHtml },
	{ format: 'json', name: 'JSON', description: 'Everything that is known, for Export and for programs', mimeType: 'application/json', make: makeJson },
	{ format: 'md', name: 'Markdown', description: 'A document for wikis, editors and language models', mimeType: 'text/markdown', make: makeMarkdown },
	{ format: 'srt', name: 'SRT', description: 'Subtitles for nearly every player', mimeType: 'application/x-subrip', make: makeSrt },
	{ format: 'txt', name: 'TXT', description: 'Plain text', mimeType: 'text/plain', make: makeTxt },
	{ format: 'vtt', name: 'VTT', description: 'Subtitles for the web, with the speakers’ voices', mimeType: 'text/vtt', make: makeVtt },
];

/** One file as text. For several of the same transcript share a {@link ExportContext}. */
export function makeFile(format: string, transcript: Transcript, settings: FileSettings = {}): string {
	return fileFormat(format).make(new ExportContext(transcript, settings));
}

/** @throws Error for one that no menu offers */
export function fileFormat(format: string): FileFormat {
	const found = FILE_FORMATS.find((candidate) => candidate.format === format);
	if (!found) throw new Error(`This version of the package knows no file format “${format}”`);
	return found;
}
