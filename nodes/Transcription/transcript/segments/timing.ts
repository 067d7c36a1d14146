import type { Cue, CueSettings, Draft } from './cue';
/** One frame: no cue is shorter, whatever the times of the words say. */
const SHORTEST_MS = 40;

const toMs = (seconds: number) => Math.round(seconds * 1000);

/**
 * Settles when each cue comes and goes. No two are there at the same time: where people speak at once, what is said
 * second waits until the first can be read.
 * @param drafts in order of their start
 */
export function timeCues(drafts: readonly Draft[], settings: CueSettings): Cue[] {
	const gap = toMs(settings.gap);
	const longest = Math.max(SHORTEST_MS, toMs(settings.maxCueDuration));
	let free = 0;
	return drafts.map((draft, index) => {
		const { start, end, width, speaker, channel, lines } = draft;
		const startMs = Math.max(toMs(start), free);
		const readMs = startMs + toMs(width / settings.readingSpeed);
		const least = startMs + Math.max(SHORTEST_MS, toMs(settings.minCueDuration));
		let endMs = Math.min(Math.max(toMs(end), readMs, least), startMs + longest);
		const next = drafts[index + 1];
		if (next) {
			// Nobody speaks twice as fast as one reads: this comes up where cues wait for others, or times are wrong.
			const hasty = Math.min(longest, Math.max(SHORTEST_MS, (readMs - startMs) / 2));
			const limit = Math.round(Math.max(startMs + hasty, turnOver(draft, next, startMs, readMs)));
			// The gap gives way where it would take half of a cue.
			endMs = Math.min(endMs, limit - startMs > 2 * gap ? limit - gap : limit);
			free = Math.max(endMs, toMs(next.start) < limit ? Math.min(limit, startMs + longest) : 0);
		}
		return { startMs, endMs, speaker, channel, lines };
	});
}

/** When the next cue may begin: with its speech, or, where the speech of this one lasts longer, when this one is read. */
function turnOver(draft: Draft, next: Draft, startMs: number, readMs: number): number {
	const endMs = toMs(draft.end);
	const nextMs = toMs(next.start);
	if (nextMs >= endMs) return nextMs;
	const lastMs = Math.max(endMs, toMs(next.end));
	const share = startMs + ((lastMs - startMs) * draft.width) / (draft.width + next.width || 1);
	return Math.min(endMs, Math.max(nextMs, Math.min(share, readMs)));
}
