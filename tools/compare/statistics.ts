/** Of sorted numbers. */
export function median(sorted: readonly number[]): number {
	const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
	return low === undefined || high === undefined ? NaN : (low + high) / 2;
}

/** At most one digit behind the point: `13`, `4.3`. */
export const short = (value: number): string => String(Number(value.toFixed(1)));

/** Milliseconds as seconds, with two digits that say something: `0.08`, `0.31`, `9.6`. */
export const seconds = (ms: number): string => (ms < 950 ? (ms / 1000).toFixed(2) : (ms / 1000).toFixed(1));

/** How many times more: `1/120`, `1/4.5`; `1` for what is compared with. */
export function ratio(value: number, to: number): string {
	if (value === to) return '1';
	const times = to / value;
	return times >= 10 ? `1/${Math.round(times)}` : times >= 1 ? `1/${short(times)}` : short(value / to);
}
