import { AssemblyAiConverter, srt, webvtt } from '@deepgram/captions';
import { type NodeCue, stringifySync } from 'subtitle';
import { fileFormat, FILE_FORMATS, ExportContext } from '../../../nodes/Transcription/transcript/files';
import type { Cue } from '../../../nodes/Transcription/transcript/segments';
import { statisticsOf } from '../../../nodes/Transcription/transcript/statistics';
import { textOf } from '../../../nodes/Transcription/transcript/segments/tokens';
import { conversation, turnsOf } from './conversation';

/** Prepares a transcript with the given number of words and returns the function to measure. */
type Job = (words: number) => () => unknown;

/** The formats that other libraries also support. */
export const SUBTITLES = ['srt', 'vtt'] as const;
type Subtitles = (typeof SUBTITLES)[number];

const STRINGIFIER = { srt: 'SRT', vtt: 'WebVTT' } as const;
const DEEPGRAM = { srt, vtt: webvtt };

/** Converts to bytes, which forces the engine to build the complete text. */
const bytes = (text: string | Uint8Array) => (typeof text === 'string' ? Buffer.from(text) : text);

/** Our code, from words to the file. */
const ours =
	(format: string): Job =>
	(words) => {
		const transcript = conversation(words);
		return () => bytes(fileFormat(format).make(new ExportContext(transcript)));
	};

/** A library that doesn't split text into cues: every ten words become a cue, regardless of turns. */
const everyTenWords =
	(format: Subtitles): Job =>
	(count) => {
		const { words } = conversation(count);
		return () => {
			const cues: NodeCue[] = [];
			for (let from = 0; from < words.length; from += 10) {
				const part = words.slice(from, from + 10);
				const text = part.map((word) => word.text).join(' ');
				cues.push({
					type: 'cue',
					data: { start: (part[0]?.start ?? 0) * 1000, end: (part.at(-1)?.end ?? 0) * 1000, text },
				});
			}
			return bytes(stringifySync(cues, { format: STRINGIFIER[format] }));
		};
	};

/** A library that also splits text: every eight words of a turn become a cue. It expects turns that include their words. */
const deepgram =
	(format: Subtitles): Job =>
	(count) => {
		const { words } = conversation(count);
		const converter = new AssemblyAiConverter({ words, utterances: turnsOf({ words }) });
		return () => bytes(DEEPGRAM[format](converter));
	};

/** A transcript whose cues already exist. */
class Cut extends ExportContext {
	private readonly ready: Cue[] = super.cues();

	override cues(): Cue[] {
		return this.ready;
	}
}

const writing =
	(format: Subtitles): Job =>
	(words) => {
		const material = new Cut(conversation(words), { includeSpeakers: false });
		return () => bytes(fileFormat(format).make(material));
	};

/** Starts from the same cues and joins their words into text, as our code does. */
const writingByLibrary =
	(format: Subtitles): Job =>
	(words) => {
		const ready = new Cut(conversation(words)).cues();
		return () => {
			const cues = ready.map(({ startMs, endMs, lines }): NodeCue => ({
				type: 'cue',
				data: { start: startMs, end: endMs, text: lines.map((line) => textOf(line)).join('\n') },
			}));
			return bytes(stringifySync(cues, { format: STRINGIFIER[format] }));
		};
	};

const reading: Job = (words) => {
	const transcript = conversation(words);
	return () => new ExportContext(transcript);
};

const splitting: Job = (words) => {
	const material = new ExportContext(conversation(words));
	return () => material.cues();
};

const statistics: Job = (words) => {
	const transcript = conversation(words);
	return () => statisticsOf(new ExportContext(transcript).conversation());
};

const chunks: Job = (words) => {
	const transcript = conversation(words);
	return () => new ExportContext(transcript).chunks({ size: 1000, overlap: 200, unit: 'characters' });
};

const pageWithPlayer: Job = (words) => {
	const transcript = conversation(words);
	const settings = { recordingUrl: 'https://example.com/call.mp3' };
	return () => bytes(fileFormat('html').make(new ExportContext(transcript, settings)));
};

/** What Export creates besides files with default settings, by its name in the report. */
export const OTHER_EXPORTS: Readonly<Record<string, Job>> = {
	'HTML with player': pageWithPlayer,
	Statistics: statistics,
	'Chunks of 1,000 characters': chunks,
};

/** The minimum for any program that keeps its input in memory. */
const copying: Job = (count) => {
	const { words } = conversation(count);
	return () => words.map(({ text, start, end }) => ({ text, start, end }));
};

/** Jobs by the name that is passed to the process. */
export const JOBS: Readonly<Record<string, Job>> = {
	...Object.fromEntries(FILE_FORMATS.map(({ format }) => [format, ours(format)])),
	...OTHER_EXPORTS,
	...Object.fromEntries(
		SUBTITLES.flatMap((format) => [
			[`${format} by subtitle`, everyTenWords(format)],
			[`${format} by deepgram`, deepgram(format)],
			[`${format} cues`, writing(format)],
			[`${format} cues by subtitle`, writingByLibrary(format)],
		]),
	),
	reading,
	splitting,
	copying,
};
