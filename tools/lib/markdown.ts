/** A row of a Markdown table. */
export const tableRow = (cells: ReadonlyArray<string | number>): string => `| ${cells.join(' | ')} |`;

/** Returns the line below a table's header. @param leftAligned number of columns, from the left, that hold text; the others hold numbers */
export const tableSeparator = (columns: number, leftAligned = 1): string =>
	tableRow(Array.from({ length: columns }, (_, index) => (index < leftAligned ? '---' : '---:')));

/**
 * Replaces the text between two markers and keeps the markers.
 * @throws Error with `missing` as its message if the text doesn't contain both markers
 */
export function replaceBetween(
	text: string,
	[begin, end]: readonly [begin: string, end: string],
	content: string,
	missing: string,
): string {
	const [before, rest] = text.split(begin);
	const after = rest?.split(end)[1];
	if (before === undefined || after === undefined) throw new Error(missing);
	return `${before}${begin}\n${content}\n${end}${after}`;
}
