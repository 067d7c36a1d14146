import { type Utterance, withoutAbsent } from '../../../transcript/model';

const TIMES = /^(?:(\d+):)?(\d{1,2}):(\d{2})[,.](\d{1,3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{2})[,.](\d{1,3})/;

/** Matches only labels that can't be speech; a name before a colon could be. */
const SPEAKER = /^(?:\[(speaker[ _-]\w{1,20})\]:?|(speaker[ _-]\w{1,20}):)\s*/i;

/** The cues of SubRip or WebVTT subtitles, with times in seconds. Other blocks are skipped. */
export function cuesOf(subtitles: string): Utterance[] {
	return subtitles
		.replace(/^\ufeff/, '')
		.replace(/\r\n?/g, '\n')
		.split(/\n\s*\n/)
		.map(toCue)
		.filter((cue) => cue !== undefined);
}

function toCue(block: string): Utterance | undefined {
	const lines = block.split('\n');
	const timeIndex = lines.findIndex((line) => TIMES.test(line.trim()));
	const times = TIMES.exec(lines[timeIndex]?.trim() ?? '');
	if (!times) return undefined;
	const spoken = lines
		.slice(timeIndex + 1)
		.join(' ')
		.replace(/\s+/g, ' ')
		.trim();
	const label = SPEAKER.exec(spoken);
	const text = label ? spoken.slice(label[0].length) : spoken;
	if (text === '') return undefined;
	return withoutAbsent<Utterance>({
		text,
		start: secondsOf(times.slice(1, 5)),
		end: secondsOf(times.slice(5, 9)),
		speaker: label?.[1] ?? label?.[2],
	});
}

function secondsOf([hours = '0', minutes = '0', whole = '0', fraction = '0']: Array<string | undefined>): number {
	return Number(hours) * 3600 + Number(minutes) * 60 + Number(whole) + Number(`0.${fraction}`);
}
