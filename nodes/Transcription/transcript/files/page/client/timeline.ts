/** A part of the recording, in seconds. */
export interface Span {
	start: number;
	end: number;
}

/** Returns the index of the last value that isn't greater than the given one, or -1. @param sorted non-decreasing */
export function lastAtOrBefore(sorted: readonly number[], value: number): number {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle] ?? Infinity) <= value) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}

/** Finds the paragraph at a time. Paragraphs can overlap, because people can speak at the same time. */
export class Timeline {
	private readonly starts: readonly number[];
	/** For each paragraph, when the last of it and all previous ones ends. */
	private readonly latestEnds: readonly number[];

	/** @param spans sorted by start */
	constructor(private readonly spans: readonly Span[]) {
		this.starts = spans.map(({ start }) => start);
		let latest = 0;
		this.latestEnds = spans.map(({ end }) => (latest = Math.max(latest, end)));
	}

	/**
	 * Returns the index of the paragraph that started last among those being spoken. In a pause, returns the paragraph
	 * that started last. Returns -1 before the first one.
	 */
	at(time: number): number {
		const last = lastAtOrBefore(this.starts, time);
		for (let index = last; index >= 0 && (this.latestEnds[index] ?? 0) > time; index--)
			if ((this.spans[index]?.end ?? 0) > time) return index;
		return last;
	}
}

/**
 * Reads the start time from a URL's fragment, such as `#t=12.3` or `#t=1:02:03` (W3C Media Fragments, normal play time).
 * @returns seconds, or undefined if the fragment isn't a time
 */
export function momentIn(hash: string): number | undefined {
	const match = /^#t=(?:npt:)?(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:\.\d+)?)(?:,|$)/.exec(hash);
	if (!match) return undefined;
	const [, hours = '0', minutes = '0', seconds = '0'] = match;
	return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
