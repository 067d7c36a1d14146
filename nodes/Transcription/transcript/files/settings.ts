import { CUE_SETTINGS, type CueSettings, type Segment } from '../segments';
import { cleanText } from '../segments/text';

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
	/** Whether to include times in documents. Default: true for HTML, false for TXT and Markdown. */
	includeTimestamps?: boolean;
	/** Whether to create only the HTML content of an article instead of a complete page. */
	htmlFragment?: boolean;
	/** The heading of documents. */
	title?: string;
}

export function cueSettings(settings: FileSettings): CueSettings {
	const overrides = Object.entries(settings).filter(([name, value]) => name in CUE_SETTINGS && value !== undefined);
	return { ...CUE_SETTINGS, ...Object.fromEntries(overrides) };
}

/** Returns the display name of the speaker or channel, or undefined if both are missing. */
export function speakerName(
	{ speaker, channel }: Pick<Segment, 'speaker' | 'channel'>,
	{ speakerNames = {} }: FileSettings,
): string | undefined {
	const key = speaker ?? channel;
	if (key === undefined) return undefined;
	const chosen = Object.hasOwn(speakerNames, key) ? cleanText(speakerNames[key] ?? '') : '';
	const name = chosen || cleanText(speaker ?? `Channel ${channel}`);
	return name === '' ? undefined : name;
}
