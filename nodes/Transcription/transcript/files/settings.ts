import { CUE_SETTINGS, type CueSettings, type Segment } from '../segments';
import { cleanText } from '../segments/text';

/** How files are to be made. Everything may be left out. */
export interface FileSettings extends Partial<CueSettings> {
	/** A speaker or channel of the transcript to a real name: `A` to `Ada`. */
	speakerNames?: Readonly<Record<string, string>>;
	/** Added to all times, seconds; what comes to lie before 0 is left out. */
	offsetSeconds?: number;
	/** In VTT: the time of every word within its cue. */
	wordTimestamps?: boolean;
	/** Whether to name speakers. Left out: where it is customary, which is everywhere but in SRT. */
	includeSpeakers?: boolean;
	/** Whether documents tell times. Left out: where it is customary, which is in HTML and not in TXT and Markdown. */
	includeTimestamps?: boolean;
	/** HTML for the content of an article, without a page around it. */
	htmlFragment?: boolean;
	/** Heading of documents. */
	title?: string;
}

export function cueSettings(settings: FileSettings): CueSettings {
	const given = Object.entries(settings).filter(([name, value]) => name in CUE_SETTINGS && value !== undefined);
	return { ...CUE_SETTINGS, ...Object.fromEntries(given) };
}

/** What to call who speaks; undefined where nobody is told apart. */
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
