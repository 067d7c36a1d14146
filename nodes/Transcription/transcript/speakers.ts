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
