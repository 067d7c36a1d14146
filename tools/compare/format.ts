/** Formats a number with at most one decimal: `13`, `4.3`. */
export const oneDecimal = (value: number): string => String(Number(value.toFixed(1)));

/** Formats milliseconds as seconds: `0.08`, `0.31`, `9.6`. */
export const seconds = (ms: number): string => (ms < 950 ? (ms / 1000).toFixed(2) : (ms / 1000).toFixed(1));

/** Formats a delay relative to the baseline: `1/120`, `1/4.5`, or `1` for the baseline itself. */
export function ratio(value: number, baseline: number): string {
	if (value === baseline) return '1';
	const times = baseline / value;
	return times >= 10 ? `1/${Math.round(times)}` : times >= 1 ? `1/${oneDecimal(times)}` : oneDecimal(value / baseline);
}
