/** Returns the speakers in the order of their first words, or undefined if there are none. */
export function speakersOf(parts: ReadonlyArray<{ speaker?: string }>): string[] | undefined {
	const speakers = new Set<string>();
	for (const { speaker } of parts) if (speaker !== undefined) speakers.add(speaker);
	return speakers.size > 0 ? [...speakers] : undefined;
}
