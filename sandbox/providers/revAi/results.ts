import type { SpokenUtterance } from '../../audio/sample';
import type { Recognition } from '../../audio/recognize';
import type { JobOptions } from './options';

/** An element of a transcript (Rev AI docs, “Asynchronous API reference”, transcript). Times are in seconds. */
type Element =
	{ type: 'text'; value: string; ts: number; end_ts: number; confidence: number } | { type: 'punct'; value: string };

interface Monologue {
	speaker: number;
	elements: Element[];
}

/** Times have steps of a centisecond. */
const centiseconds = (seconds: number) => Math.round(seconds * 100) / 100;

const SPACE: Element = { type: 'punct', value: ' ' };

/** Returns the transcript, with one monologue per turn. With channels, the speaker is the number of the channel. */
export function transcriptOf(heard: Recognition, options: JobOptions, prefix = ''): { monologues: Monologue[] } {
	const monologues = turnsIn(heard, options).map(([speaker, utterances]) => ({
		speaker,
		elements: utterances.flatMap((utterance, index) => [
			...(index > 0 && !options.skip_punctuation ? [SPACE] : []),
			...elementsOf(utterance, heard, options),
		]),
	}));
	const first = monologues[0]?.elements[0];
	if (first && prefix) first.value = `${prefix} ${first.value}`;
	return { monologues };
}

function turnsIn({ utterances }: Recognition, options: JobOptions): Array<readonly [number, SpokenUtterance[]]> {
	if (options.speaker_channels_count !== undefined)
		return utterances.map((utterance) => [utterance.channel - 1, [utterance]] as const);
	if (options.skip_diarization) return utterances.length > 0 ? [[0, utterances]] : [];
	return utterances.map((utterance) => [utterance.speaker - 1, [utterance]] as const);
}

function elementsOf({ firstWord, lastWord }: SpokenUtterance, { words }: Recognition, options: JobOptions): Element[] {
	return words.slice(firstWord, lastWord + 1).flatMap(({ text, start, end }, index) => {
		const [, said = '', marks = ''] = /^(.*?)([.,!?;:]*)$/.exec(text) ?? [];
		const element: Element = {
			type: 'text',
			value: said,
			ts: centiseconds(start),
			end_ts: centiseconds(end),
			confidence: 0.95,
		};
		if (options.skip_punctuation) return [element];
		return [
			...(index > 0 ? [SPACE] : []),
			element,
			...[...marks].map((mark): Element => ({ type: 'punct', value: mark })),
		];
	});
}

const textOf = ({ elements }: Monologue) => elements.map(({ value }) => value).join('');

const startOf = ({ elements }: Monologue) => elements.find((element) => element.type === 'text')?.ts ?? 0;
const endOf = ({ elements }: Monologue) => elements.findLast((element) => element.type === 'text')?.end_ts ?? 0;

/** Returns the transcript as text (Rev AI docs, “Asynchronous API reference”, text/plain). */
export function plainText(monologues: readonly Monologue[]): string {
	return monologues
		.map((monologue) => `Speaker ${monologue.speaker}:    ${clock(startOf(monologue), '')}    ${textOf(monologue)}\n`)
		.join('');
}

/** Returns captions, with one cue per monologue. */
export function captionsOf(monologues: readonly Monologue[], format: 'srt' | 'vtt'): string {
	const separator = format === 'srt' ? ',' : '.';
	const cues = monologues.map(
		(monologue, index) =>
			`${format === 'srt' ? `${index + 1}\n` : ''}${clock(startOf(monologue), separator)} --> ${clock(endOf(monologue), separator)}\n${textOf(monologue)}\n`,
	);
	return (format === 'vtt' ? 'WEBVTT\n\n' : '') + cues.join('\n');
}

/** @param separator of the milliseconds; empty to omit them */
function clock(seconds: number, separator: string): string {
	const time = new Date(Math.round(seconds * 1000)).toISOString();
	return time.slice(11, 19) + (separator && separator + time.slice(20, 23));
}

/** Returns the first sentences of the recording in place of a summary. */
export function summaryOf({ utterances }: Recognition): string[] {
	return utterances.slice(0, 2).map(({ text }) => text);
}
