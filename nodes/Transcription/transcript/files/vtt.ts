import type { Cue } from '../segments';
import { type Token, textOf } from '../segments/tokens';
import { timestamp } from './clock';
import type { ExportContext } from './exportContext';

/** WebVTT (W3C Candidate Recommendation), with a voice tag for each speaker. */
export function makeVtt(material: ExportContext): string {
	const { includeSpeakers = true, wordTimestamps = false } = material.settings;
	let file = 'WEBVTT\n';
	for (const cue of material.cues()) {
		const name = includeSpeakers ? material.name(cue) : undefined;
		// A voice that lasts to the end of its cue needs no end tag.
		const voice = name === undefined ? '' : `<v ${escape(name)}>`;
		file += `\n${timestamp(cue.startMs, '.')} --> ${timestamp(cue.endMs, '.')}\n${voice}`;
		for (const line of wordTimestamps ? timedLines(cue) : cue.lines.map((tokens) => escape(textOf(tokens)))) file += `${line}\n`;
	}
	return file;
}

/** Of a standard that wants `&` and `<` escaped; `>` too, so that no text can hold an arrow. */
function escape(text: string): string {
	return /[&<>]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
}

/** Each word behind the time at which it begins. The times of a cue must grow, and lie within it. */
function timedLines({ lines, startMs, endMs }: Cue): string[] {
	let last = startMs;
	const timed = ({ text, start, glued }: Token, index: number) => {
		const ms = Math.round(start * 1000);
		const isTimed = ms > last && ms < endMs;
		if (isTimed) last = ms;
		return `${index === 0 || glued ? '' : ' '}${isTimed ? `<${timestamp(ms, '.')}>` : ''}${escape(text)}`;
	};
	return lines.map((line) => line.map(timed).join(''));
}
