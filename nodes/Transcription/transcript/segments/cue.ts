
import type { Token } from './tokens';

/** The habits of subtitling. Times are seconds, widths characters: see `widthOf`. */
export interface CueSettings {
	charactersPerLine: number;
	linesPerCue: number;
	/** A cue stays no longer, and at least as long as `minCueDuration` where the next one leaves the time. */
	maxCueDuration: number;
	minCueDuration: number;
	/** Between two cues, where the speech leaves it. */
	gap: number;
	/** Characters a second that can be read. A cue that needs more time stays after the speech, as far as there is time. */
	readingSpeed: number;
}

/** What the style guides of broadcasters and streaming services agree upon. */
export const CUE_SETTINGS: CueSettings = {
	charactersPerLine: 42,
	linesPerCue: 2,
	maxCueDuration: 7,
	minCueDuration: 1,
	gap: 0.08,
	readingSpeed: 20,
};

/** One subtitle. Times are whole milliseconds, as subtitle files have them. */
export interface Cue {
	startMs: number;
	endMs: number;
	speaker?: string;
	channel?: string;
	lines: Token[][];
}

/** A cue before its times are settled. In seconds of the recording. */
export interface Draft extends Omit<Cue, 'startMs' | 'endMs'> {
	start: number;
	/** When the speech ends. */
	end: number;
	width: number;
}
