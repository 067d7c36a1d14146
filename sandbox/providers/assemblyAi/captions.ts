import type { Word } from './result';

// The service doesn't document a default. This limits a caption to about two lines.
const DEFAULT_CHARS = 84;

interface Cue {
	start: number;
	end: number;
	text: string;
}

/** Creates SubRip subtitles (AssemblyAI API reference, Get subtitles). */
export function srt(words: Word[], charsPerCaption = DEFAULT_CHARS): string {
	return cues(words, charsPerCaption)
		.map((cue, index) => `${index + 1}\n${time(cue.start, ',')} --> ${time(cue.end, ',')}\n${cue.text}\n`)
		.join('\n');
}

/** Creates WebVTT subtitles (AssemblyAI API reference, Get subtitles). */
export function vtt(words: Word[], charsPerCaption = DEFAULT_CHARS): string {
	const blocks = cues(words, charsPerCaption).map(
		(cue) => `${time(cue.start, '.')} --> ${time(cue.end, '.')}\n${cue.text}\n`,
	);
	return ['WEBVTT\n', ...blocks].join('\n');
}

function cues(words: Word[], most: number): Cue[] {
	const found: Cue[] = [];
	let sentenceOver = true;
	for (const { text, start, end } of words) {
		const cue = found[found.length - 1];
		if (!cue || sentenceOver || cue.text.length + 1 + text.length > most) found.push({ start, end, text });
		else Object.assign(cue, { end, text: `${cue.text} ${text}` });
		sentenceOver = /[.!?]$/.test(text);
	}
	return found;
}

function time(milliseconds: number, decimal: ',' | '.'): string {
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	const seconds = milliseconds / 1000;
	const fraction = String(Math.round(milliseconds) % 1000).padStart(3, '0');
	return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}${decimal}${fraction}`;
}
