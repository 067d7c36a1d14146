import type { Cue } from '../segments';
import type { Token } from '../segments/tokens';
import { timestamp } from './clock';
import type { Material } from './material';

/** WebVTT (W3C Candidate Recommendation), with a voice tag for each speaker. */
export function makeVtt(material: Material): string {
	const { withSpeakers = true, wordTimestamps = false } = material.settings;
	const cues = material.cues().map((cue) => {
		const name = withSpeakers ? material.name(cue) : undefined;
		// A voice that lasts to the end of its cue needs no end tag.
		const voice = name === undefined ? '' : `<v ${escape(name)}>`;
		const { startMs, endMs } = cue;
		const text = wordTimestamps ? timedText(cue) : cue.lines.map((line) => plainText(line)).join('\n');
		return `${timestamp(startMs, '.')} --> ${timestamp(endMs, '.')}\n${voice}${text}\n`;
	});
	return ['WEBVTT\n', ...cues].join('\n');
}

/** Of a standard that wants `&` and `<` escaped; `>` too, so that no text can hold an arrow. */
function escape(text: string): string {
	return /[&<>]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
}

function plainText(line: readonly Token[]): string {
	return line.map(({ text, glued }, index) => `${index === 0 || glued ? '' : ' '}${escape(text)}`).join('');
}

/** Each word behind the time at which it begins. The times of a cue must grow, and lie within it. */
function timedText({ lines, startMs, endMs }: Cue): string {
	let last = startMs;
	const timed = ({ text, start, glued }: Token, index: number) => {
		const ms = Math.round(start * 1000);
		const isTimed = ms > last && ms < endMs;
		if (isTimed) last = ms;
		return `${index === 0 || glued ? '' : ' '}${isTimed ? `<${timestamp(ms, '.')}>` : ''}${escape(text)}`;
	};
	return lines.map((line) => line.map(timed).join('')).join('\n');
}
