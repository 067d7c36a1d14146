import { ApiError } from './errors';
import type { Entry } from './store';

const CONTENT_TYPES: Record<string, string> = {
	srt: 'application/x-subrip',
	vtt: 'text/vtt',
	sbv: 'text/plain',
	ttml: 'application/ttml+xml',
	stl: 'application/octet-stream',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	pdf: 'application/pdf',
	txt: 'text/plain',
	html: 'text/html',
};

interface ExportFile {
	content: Buffer;
	contentType: string;
}

/** Creates an export. Formats other than SRT, VTT, and TXT contain only their name and the text. @throws ApiError */
export function exportFile({ heard }: Entry, format: unknown): ExportFile {
	const contentType = CONTENT_TYPES[String(format)];
	if (!contentType) throw new ApiError(400, 'invalid_format', `Unsupported format: ${String(format)}`);
	const utterances = heard?.utterances ?? [];
	const cues = (decimal: string) =>
		utterances.map(({ start, end, text }) => `${time(start, decimal)} --> ${time(end, decimal)}\n${text}\n`);
	const text = utterances.map(({ text }) => text).join('\n');
	const contents: Record<string, string> = {
		srt: cues(',')
			.map((cue, index) => `${index + 1}\n${cue}`)
			.join('\n'),
		vtt: ['WEBVTT\n', ...cues('.')].join('\n'),
		txt: text,
	};
	return { content: Buffer.from(contents[String(format)] ?? `[${String(format)}]\n${text}`), contentType };
}

/** Returns the response to an export request (docs.scriptix.io, API, Export document, direct_download). */
export function exportResponse(entry: Entry, format: unknown, baseUrl: string): object {
	const { content, contentType } = exportFile(entry, format);
	const name = `${entry.id}.${String(format)}`;
	return {
		result: {
			download_url: `${baseUrl}/storage/exports/${name}?sig=${entry.exportToken}`,
			expires_in: 3600,
			filename: name,
			content_type: contentType,
			size_bytes: content.length,
		},
	};
}

function time(seconds: number, decimal: string): string {
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	const fraction = String(Math.round(seconds * 1000) % 1000).padStart(3, '0');
	return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}${decimal}${fraction}`;
}
