import { toMs } from '../milliseconds';
import type { Cue, CueSettings, Draft } from './cue';

/** The minimum duration of a cue, regardless of word times: one frame. */
const SHORTEST_MS = 40;

/**
 * The maximum delay of a cue after its speech, which lets the previous cue be read if people speak at the same time.
 */
const LONGEST_DELAY_MS = 2000;

/**
 * Computes the times of cues without overlap. If people speak at the same time, the second cue waits until the first one
 * can be read.
 * @param drafts sorted by start
 */
export function timeCues(drafts: readonly Draft[], settings: CueSettings): Cue[] {
	const gap = toMs(settings.gap);
	const longest = Math.max(SHORTEST_MS, toMs(settings.maxCueDuration));
	let free = 0;
	return drafts.map((draft, index) => {
		const { start, end, width, speaker, channel, lines } = draft;
		const startMs = Math.max(toMs(start), free);
		const readMs = startMs + toMs(width / settings.readingSpeed);
		const least = Math.max(SHORTEST_MS, toMs(settings.minCueDuration));
		let endMs = Math.min(Math.max(toMs(end), readMs, startMs + least), startMs + longest);
		const next = drafts[index + 1];
		if (next) {
			// Allow at least half of the reading time. This only matters if a cue has to wait for another or times are wrong.
			const minReadMs = Math.min(longest, Math.max(SHORTEST_MS, (readMs - startMs) / 2));
			const soonest = Math.round(Math.max(startMs + minReadMs, nextCueStart(draft, next, startMs, readMs)));
			const limit = Math.max(
				soonest,
				delayedStart(soonest - startMs, least, gap, startMs - toMs(next.start)) + startMs,
			);
			// Drop the gap if it would take half of the cue.
			endMs = Math.min(endMs, limit - startMs > 2 * gap ? limit - gap : limit);
			free = Math.max(endMs, toMs(next.start) < limit ? Math.min(limit, startMs + longest) : 0);
		}
		return { startMs, endMs, speaker, channel, lines };
	});
}

/**
 * Returns the minimum time between the starts of this cue and the next one. It is 0 unless this cue would get less than
 * half of the minimum duration. In that case, this cue gets the minimum duration, or half of it if the next cue would
 * otherwise be delayed too much.
 * @param time the time for this cue
 * @param lead how much later this cue starts than the next one's speech
 */
function delayedStart(time: number, least: number, gap: number, lead: number): number {
	if (time >= least / 2) return 0;
	const delays = [least + gap, Math.round(least / 2) + gap];
	return delays.find((delay) => lead + delay <= LONGEST_DELAY_MS) ?? 0;
}

/**
 * Returns the time at which the next cue may start: with its speech or, if this cue's speech lasts longer, once this
 * cue has been read.
 */
function nextCueStart(draft: Draft, next: Draft, startMs: number, readMs: number): number {
	const endMs = toMs(draft.end);
	const nextMs = toMs(next.start);
	if (nextMs >= endMs) return nextMs;
	const lastMs = Math.max(endMs, toMs(next.end));
	const share = startMs + ((lastMs - startMs) * draft.width) / (draft.width + next.width || 1);
	return Math.min(endMs, Math.max(nextMs, Math.min(share, readMs)));
}
