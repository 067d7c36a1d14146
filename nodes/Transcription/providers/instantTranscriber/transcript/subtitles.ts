import { joinWords } from '../../../transcript/join';
import { type Utterance, withoutAbsent } from '../../../transcript/model';

/** A time may be below 0 or lack milliseconds. */
const TIMES =
	/^(-?)(?:(\d+):)?(\d{1,2}):(\d{2})(?:[,.](\d{1,3}))?\s*-->\s*(-?)(?:(\d+):)?(\d{1,2}):(\d{2})(?:[,.](\d{1,3}))?/;

/** Matches only labels that can't be speech; a name before a colon could be. */
const SPEAKER = /^(?:\[(speaker[ _-]\w{1,20})\]:?|(speaker[ _-]\w{1,20}):)\s*/i;

/**
 * Parses the cues of SubRip or WebVTT subtitles, with times in seconds.
 *
 * A cue starts at its timing line and ends before the next one, because files may have blank lines within cues or none
 * between them. Everything in between is text, except for the next cue's number (or identifier, in WebVTT).
 */
export function cuesOf(subtitles: string): Utterance[] {
	const { lines, isWebVtt } = linesOf(subtitles);
	const starts = lines.flatMap((line, index) => (TIMES.test(line) ? index : []));
	const first = identifierBefore(lines, 0, starts[0] ?? 0, isWebVtt);
	let number = Number(first?.text);
	const cues: Utterance[] = [];
	for (const [index, start] of starts.entries()) {
		const next = starts[index + 1] ?? lines.length;
		number++;
		// If the first cue has no number, the cues aren't numbered, so a number before a later cue is part of the text.
		const hasIdentifier = first !== undefined && next < lines.length;
		const identifier = hasIdentifier ? identifierBefore(lines, start + 1, next, isWebVtt, number) : undefined;
		if (identifier) number = Number(identifier.text);
		const cue = toCue(lines[start] as string, lines.slice(start + 1, identifier?.index ?? next));
		if (cue) cues.push(cue);
	}
	return cues;
}

/** Returns the trimmed lines, without WebVTT's header, comments, and styles. */
function linesOf(subtitles: string): { lines: string[]; isWebVtt: boolean } {
	const all = subtitles
		.replace(/^\ufeff/, '')
		.split(/\r\n?|\n/)
		.map((line) => line.trim());
	if (!/^WEBVTT(\s|$)/.test(all[0] ?? '')) return { lines: all, isWebVtt: false };
	let isHidden = true;
	const lines = all.filter((line, index) => {
		if (line === '' || TIMES.test(line)) isHidden = false;
		else if (all[index - 1] === '') isHidden = /^(NOTE|STYLE|REGION)(\s|$)/.test(line);
		return !isHidden;
	});
	return { lines, isWebVtt: true };
}

/**
 * Returns the number or identifier of the cue whose timing line is at `to`. It is the last non-blank line before the
 * timing line, if it continues the numbering or follows a blank line.
 * @param expected the number after the previous cue's. If omitted, the cue is the first one.
 */
function identifierBefore(
	lines: readonly string[],
	from: number,
	to: number,
	isWebVtt: boolean,
	expected?: number,
): { index: number; text: string } | undefined {
	let index = to - 1;
	while (index >= from && lines[index] === '') index--;
	const text = lines[index];
	if (index < from || text === undefined) return undefined;
	const isNumber = /^\d+$/.test(text);
	const continues = isNumber && (expected === undefined || Number(text) === expected);
	const isSetOff = index === to - 1 && index > from && lines[index - 1] === '';
	return continues || (isSetOff && (isNumber || isWebVtt)) ? { index, text } : undefined;
}

function toCue(timeLine: string, lines: readonly string[]): Utterance | undefined {
	const times = TIMES.exec(timeLine) ?? [];
	const spoken = joinWords(lines.map((line) => ({ text: line.replace(/\s+/g, ' ') })));
	const label = SPEAKER.exec(spoken);
	const text = label ? spoken.slice(label[0].length) : spoken;
	if (text === '') return undefined;
	return withoutAbsent<Utterance>({
		text,
		start: secondsOf(times.slice(1, 6)),
		end: secondsOf(times.slice(6, 11)),
		speaker: label?.[1] ?? label?.[2],
	});
}

function secondsOf([sign = '', hours = '0', minutes = '0', whole = '0', fraction = '0']: Array<
	string | undefined
>): number {
	if (sign !== '') return 0;
	return Number(hours) * 3600 + Number(minutes) * 60 + Number(whole) + Number(`0.${fraction}`);
}
