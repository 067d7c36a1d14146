import type { ExportOptions } from './params';
import type { Word } from './word';

/** Creates an export of the transcript (ElevenLabs OpenAPI, AdditionalFormatResponseModel). Documents are encoded as base64. */
export function additionalFormat(options: ExportOptions, text: string, words: Word[]): Record<string, unknown> {
	const { format } = options;
	const [extension, type, content, binary] = render(format, text, segments(words, options));
	return {
		requested_format: format,
		file_extension: extension,
		content_type: type,
		is_base64_encoded: binary,
		content: binary ? Buffer.from(content).toString('base64') : content,
	};
}

interface Segment {
	text: string;
	start: number;
	end: number;
	speaker: string | null;
}

function render(format: ExportOptions['format'], text: string, parts: Segment[]): [string, string, string, boolean] {
	switch (format) {
		case 'srt':
			return ['srt', 'text/srt', parts.map(srt).join('\n'), false];
		case 'txt':
			return ['txt', 'text/plain', `${text}\n`, false];
		case 'html':
			return ['html', 'text/html', `<html><body><p>${text}</p></body></html>`, false];
		case 'segmented_json':
			return ['json', 'application/json', JSON.stringify({ segments: parts }), false];
		case 'pdf':
			return ['pdf', 'application/pdf', `%PDF-1.4\n% Stand-in of the sandbox: ${text}\n%%EOF\n`, true];
		case 'docx':
			return [
				'docx',
				'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
				`PK\u0003\u0004 Stand-in of the sandbox: ${text}`,
				true,
			];
	}
}

/** Splits words into subtitles at pauses and by length and duration, using the service's defaults. */
function segments(words: Word[], options: ExportOptions): Segment[] {
	const silence = options.segment_on_silence_longer_than_s ?? 0.8;
	const duration = options.max_segment_duration_s ?? 4;
	const letters = options.max_segment_chars ?? 84;
	const parts: Segment[] = [];
	for (const { text, start, end, type, speaker_id: speaker } of words) {
		if (type === 'spacing' || start === null || end === null) continue;
		const last = parts.at(-1);
		const fits =
			last && start - last.end <= silence && end - last.start <= duration && last.text.length + text.length < letters;
		if (last && fits && last.speaker === speaker) Object.assign(last, { text: `${last.text} ${text}`, end });
		else parts.push({ text, start, end, speaker });
	}
	return parts;
}

function srt({ text, start, end }: Segment, index: number): string {
	return `${index + 1}\n${clock(start)} --> ${clock(end)}\n${text}\n`;
}

function clock(seconds: number): string {
	return new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23).replace('.', ',');
}
