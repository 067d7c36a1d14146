import type { Token } from './tokens';

/** Settings for subtitles. Times are in seconds, widths in characters (see `widthOf`). */
export interface CueSettings {
	charactersPerLine: number;
	linesPerCue: number;
	/** The maximum duration of a cue. */
	maxCueDuration: number;
	/** The minimum duration of a cue, if the next cue leaves enough time. */
	minCueDuration: number;
	/** The gap between two cues, if the speech leaves enough time. */
	gap: number;
	/**
	 * Characters per second. A cue that takes longer to read stays on screen after the speech ends, if there is enough
	 * time.
	 */
	readingSpeed: number;
}

/** Defaults that follow the style guides of broadcasters and streaming services. */
export const CUE_SETTINGS: CueSettings = {
	charactersPerLine: 42,
	linesPerCue: 2,
	maxCueDuration: 7,
	minCueDuration: 1,
	gap: 0.08,
	readingSpeed: 20,
};

/** One subtitle. Times are whole milliseconds, as in subtitle files. */
export interface Cue {
	startMs: number;
	endMs: number;
	speaker?: string;
	channel?: string;
	lines: Token[][];
}

/** A cue without its final times. Times are in seconds. */
export interface Draft extends Omit<Cue, 'startMs' | 'endMs'> {
	start: number;
	/** The end of the speech. */
	end: number;
	width: number;
}
