import { toMs } from '../milliseconds';
import type { Cue } from '../segments';
import { type Token, textOf } from '../segments/tokens';
import { timestamp } from './clock';
import type { ExportContext } from './exportContext';

/** Creates WebVTT (W3C Candidate Recommendation) with a voice tag for each speaker. */
export function makeVtt(context: ExportContext): string {
	const { includeSpeakers = true, wordTimestamps = false } = context.settings;
	let file = 'WEBVTT\n';
	for (const cue of context.cues()) {
		const name = includeSpeakers ? context.name(cue) : undefined;
		// A voice that spans the whole cue needs no end tag.
		const voice = name === undefined ? '' : `<v ${escape(name)}>`;
		file += `\n${timestamp(cue.startMs, '.')} --> ${timestamp(cue.endMs, '.')}\n${voice}`;
		for (const line of wordTimestamps ? timedLines(cue) : cue.lines.map((tokens) => escape(textOf(tokens))))
			file += `${line}\n`;
	}
	return file;
}

/** Escapes `&` and `<` as the standard requires, and `>` so that no text contains an arrow. */
function escape(text: string): string {
	return /[&<>]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
}

/** Puts the start time before each word. The times must increase and be within the cue. */
function timedLines({ lines, startMs, endMs }: Cue): string[] {
	let last = startMs;
	const timed = ({ text, start, noSpaceBefore }: Token, index: number) => {
		const ms = toMs(start);
		const isTimed = ms > last && ms < endMs;
		if (isTimed) last = ms;
		return `${index === 0 || noSpaceBefore ? '' : ' '}${isTimed ? `<${timestamp(ms, '.')}>` : ''}${escape(text)}`;
	};
	return lines.map((line) => line.map(timed).join(''));
}
