import { cleanText } from './segments/text';

/** Returns the speakers in the order of their first words, or undefined if there are none. */
export function speakersOf(parts: ReadonlyArray<{ speaker?: string }>): string[] | undefined {
	const speakers = new Set<string>();
	for (const { speaker } of parts) if (speaker !== undefined) speakers.add(speaker);
	return speakers.size > 0 ? [...speakers] : undefined;
}

/**
 * A short code that a service uses as a label (`A`, `S1`, `0`), possibly with a prefix (`speaker_0`). Names and initials
 * don't match.
 */
const CODE = /^(?:speaker[_ -]?|SPEAKER[_ -]?|Speaker[_ -]?)?([A-Za-z]|[A-Z]\d|\d+)$/;

/**
 * Returns a service's speaker label as a reader expects it: `Speaker A` for `A`, and `Speaker 0` for `speaker_0`. Labels
 * that aren't short codes, such as names, are returned unchanged.
 */
export function readableLabel(label: string): string {
	const code = CODE.exec(label)?.[1];
	return code === undefined ? label : `Speaker ${code}`;
}

/** Who speaks, as the service labels them. */
export interface SpeakerLabels {
	speaker?: string | undefined;
	channel?: string | undefined;
}

/** How to name speakers. */
interface Naming {
	/** Names to use instead of labels. A label that stands for several people can include the channel, such as `0 (channel 1)`. */
	speakerNames?: Readonly<Record<string, string>> | undefined;
	/** See {@link sharedLabels}. */
	shared?: ReadonlySet<string>;
	/** Returns how to show a service's own label. */
	formatLabel?: (label: string) => string;
}

/** Returns the name of the speaker or channel, or undefined if both are missing. */
export function speakerName(
	{ speaker, channel }: SpeakerLabels,
	{ speakerNames = {}, shared, formatLabel = (label) => label }: Naming = {},
): string | undefined {
	const key = speaker ?? channel;
	if (key === undefined) return undefined;
	const chosenFor = (label: string) => (Object.hasOwn(speakerNames, label) ? cleanText(speakerNames[label] ?? '') : '');
	const chosen = chosenFor(key);
	const name = chosen || (speaker === undefined ? cleanText(`Channel ${channel}`) : formatLabel(cleanText(speaker)));
	if (name === '') return undefined;
	if (speaker === undefined || channel === undefined || !shared?.has(speaker)) return name;
	return chosenFor(withChannel(speaker, channel)) || withChannel(name, channel);
}

/** Stands for the name of a speaker whom the service doesn't know, in a transcript in which it knows others. */
export const UNKNOWN_SPEAKER = 'Unknown speaker';

/**
 * Returns a function that must be called with the speaker's name for each part of a transcript, in order. It returns the
 * label to put before the part if the speaker changes. Speech by an unknown speaker has a label if it follows a known
 * speaker's, to whom readers would otherwise attribute it.
 */
export function speakerLabels(): (name: string | undefined) => string | undefined {
	let last: string | undefined;
	return (name) => {
		if (name === last) return undefined;
		last = name;
		return name ?? UNKNOWN_SPEAKER;
	};
}

/** A shorter overlap is within the imprecision of services' times. */
const SHORTEST_OVERLAP_SECONDS = 0.2;

/**
 * Returns the labels that stand for several people, because the service labels the speakers of each channel separately:
 * the ones that occur on several channels at the same time.
 */
export function sharedLabels(parts: ReadonlyArray<SpeakerLabels & { start: number; end: number }>): Set<string> {
	const shared = new Set<string>();
	/** The latest end by label and channel. */
	const ends = new Map<string, Map<string, number>>();
	for (const { speaker, channel, start, end } of [...parts].sort((a, b) => a.start - b.start)) {
		if (speaker === undefined || channel === undefined) continue;
		const byChannel = ends.get(speaker) ?? new Map<string, number>();
		for (const [other, otherEnd] of byChannel)
			if (other !== channel && Math.min(end, otherEnd) - start >= SHORTEST_OVERLAP_SECONDS) shared.add(speaker);
		ends.set(speaker, byChannel.set(channel, Math.max(end, byChannel.get(channel) ?? 0)));
	}
	return shared;
}

/** Returns a label or a name with its channel, such as `0 (channel 1)`, to tell people apart. */
const withChannel = (name: string, channel: string): string => cleanText(`${name} (channel ${channel})`);
