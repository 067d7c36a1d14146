/** One cell: the outcome of a case. */
export type Cell = 'ok' | 'FAILED' | { notApplicable: string };

/** Formats a table with a row per case, a column per profile, and the reasons listed below it. */
export function table(
	title: string,
	profiles: readonly string[],
	rows: ReadonlyArray<{ name: string; cells: Cell[] }>,
): string {
	const notes: string[] = [];
	const mark = (cell: Cell): string => {
		if (typeof cell === 'string') return cell;
		if (!notes.includes(cell.notApplicable)) notes.push(cell.notApplicable);
		return `– (${notes.indexOf(cell.notApplicable) + 1})`;
	};
	const lines = [['', ...profiles], ...rows.map(({ name, cells }) => [name, ...cells.map(mark)])];
	const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
	const text = lines.map((line) =>
		line
			.map((word, column) => word.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
	const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
	return [
		title,
		text[0],
		rule,
		...text.slice(1),
		rule,
		...notes.map((note, index) => `(${index + 1}) ${note}`),
		'',
	].join('\n');
}
