/** Details that documents show in the same way. */

/** Returns the English name of a language, such as `German` for `de`. @param locale see `localeOf` */
export function languageName(locale: string): string {
	return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }).of(locale) ?? locale;
}

/**
 * Returns the index of the paragraph at a time, or of the first paragraph with a time.
 * @param time seconds
 * @param paragraphs sorted by start
 */
export function paragraphAt(time: number, paragraphs: ReadonlyArray<{ start?: number }>): number | undefined {
	// Services start a chapter at its first word, but the times can differ slightly.
	const before = paragraphs.findLastIndex(({ start }) => start !== undefined && start <= time + 0.5);
	const index = before >= 0 ? before : paragraphs.findIndex(({ start }) => start !== undefined);
	return index >= 0 ? index : undefined;
}
