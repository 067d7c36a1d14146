import { CUE_SETTINGS, type CueSettings } from '../segments';

/** A recording that is part of a file. */
export interface EmbeddedRecording {
	/** Of audio or video, such as `audio/mpeg`. */
	mimeType: string;
	content: Uint8Array;
}

/** Settings for exported files. All are optional. */
export interface FileSettings extends Partial<CueSettings> {
	/** Maps a speaker or channel of the transcript to a real name, such as `A` to `Ada`. */
	speakerNames?: Readonly<Record<string, string>>;
	/** Seconds to add to all times. Text, chapters, and action items that end before 0 are dropped. */
	offsetSeconds?: number;
	/** Whether to add the time of every word to VTT cues. */
	wordTimestamps?: boolean;
	/** Whether to include speaker names. Default: false for SRT, true for other formats. */
	includeSpeakers?: boolean;
	/** Whether to include times in documents. Default: true for HTML and DOCX, false for TXT and Markdown. */
	includeTimestamps?: boolean;
	/** Whether to create only the HTML content of an article instead of a complete page. */
	htmlFragment?: boolean;
	/** The heading of documents. */
	title?: string;
	/** The recording's http(s) URL, for the player in the HTML page and the links in Markdown. */
	recordingUrl?: string;
	/** The recording itself, for the player in the HTML page. Takes precedence over the URL. */
	embeddedRecording?: EmbeddedRecording;
}

export function cueSettings(settings: FileSettings): CueSettings {
	const overrides = Object.entries(settings).filter(([name, value]) => name in CUE_SETTINGS && value !== undefined);
	return { ...CUE_SETTINGS, ...Object.fromEntries(overrides) };
}
