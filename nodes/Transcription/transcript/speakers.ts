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

/**
 * Returns the name of the speaker or channel, or undefined if both are missing.
 * @param speakerNames names to use instead of labels
 * @param formatLabel how to show a service's own label
 */
export function speakerName(
	{ speaker, channel }: SpeakerLabels,
	speakerNames: Readonly<Record<string, string>> = {},
	formatLabel = (label: string) => label,
): string | undefined {
	const key = speaker ?? channel;
	if (key === undefined) return undefined;
	const chosen = Object.hasOwn(speakerNames, key) ? cleanText(speakerNames[key] ?? '') : '';
	const name = chosen || (speaker === undefined ? cleanText(`Channel ${channel}`) : formatLabel(cleanText(speaker)));
	return name === '' ? undefined : name;
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
