/** Details that documents show in the same way. */

/** Returns the English name of a language, such as `German` for `de`. @param locale see `localeOf` */
export function languageName(locale: string): string {
	return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }).of(locale) ?? locale;
}

/**
 * Returns the index of the paragraph that starts last before a time, or otherwise of the one that starts first.
 * @param time seconds
 * @param paragraphs in any order, since people on different channels can speak at the same time
 * @returns undefined if no paragraph has a time
 */
export function paragraphAt(time: number, paragraphs: ReadonlyArray<{ start?: number }>): number | undefined {
	const timed = paragraphs
		.flatMap(({ start }, index) => (start === undefined ? [] : [{ index, start }]))
		.sort((a, b) => a.start - b.start);
	// Services start a chapter at its first word, but the times can differ slightly.
	return (timed.findLast(({ start }) => start <= time + 0.5) ?? timed[0])?.index;
}
