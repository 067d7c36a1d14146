/** A period of time in whole milliseconds, so that sums are exact. */
export interface Interval {
	start: number;
	end: number;
}

/** Returns the total length of intervals in milliseconds. */
export function lengthOf(intervals: readonly Interval[]): number {
	return intervals.reduce((sum, { start, end }) => sum + end - start, 0);
}

/**
 * Returns the periods that are covered by at least one of the lists, and those that are covered by several.
 * @param lists each sorted and without overlap
 */
export function coverageOf(lists: ReadonlyArray<readonly Interval[]>): { once: Interval[]; severalTimes: Interval[] } {
	const once: Interval[] = [];
	const severalTimes: Interval[] = [];
	const changes = lists
		.flat()
		.flatMap(({ start, end }) => [
			{ time: start, by: 1 },
			{ time: end, by: -1 },
		])
		// Starts before ends, so that adjacent intervals become one.
		.sort((a, b) => a.time - b.time || b.by - a.by);
	let depth = 0;
	let start = 0;
	let severalStart = 0;
	for (const { time, by } of changes) {
		if (by > 0 && depth === 0) start = time;
		if (by > 0 && depth === 1) severalStart = time;
		if (by < 0 && depth === 1) once.push({ start, end: time });
		if (by < 0 && depth === 2) severalTimes.push({ start: severalStart, end: time });
		depth += by;
	}
	return { once, severalTimes: severalTimes.filter((interval) => interval.end > interval.start) };
}

/**
 * Returns how many milliseconds of each period of equal length the intervals cover.
 * @param window the first period starts with it, and the last one ends with it or later
 */
export function lengthPerPeriod(intervals: readonly Interval[], window: Interval, period: number): number[] {
	const lengths = new Array<number>(Math.ceil((window.end - window.start) / period)).fill(0);
	for (const { start, end } of intervals) {
		for (let from = start; from < end;) {
			const index = Math.floor((from - window.start) / period);
			const to = Math.min(end, window.start + (index + 1) * period);
			lengths[index] = (lengths[index] ?? 0) + to - from;
			from = to;
		}
	}
	return lengths;
}
