const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);

/**
 * Formats a time in the recording for readers: `1:02:03`, or `2:03` for less than an hour. It is rounded down, so that a
 * player that starts there doesn't skip anything.
 */
export function clock(seconds: number): string {
	// A negative time is shown as 0.
	const whole = Math.max(0, Math.floor(seconds));
	const hours = Math.floor(whole / 3600);
	const minutes = Math.floor(whole / 60) % 60;
	return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
}

/** Formats a length of time like {@link clock}, but rounded to the nearest second. */
export const duration = (seconds: number): string => clock(Math.round(seconds));

/** Returns a time for an ID or a URL's fragment, in seconds. */
export const secondsOf = (time: number) => String(Math.round(time * 10) / 10);

/** Formats a time for subtitles: `00:01:02.003`. @param point decimal separator */
export function timestamp(ms: number, point: '.' | ','): string {
	const seconds = Math.floor(ms / 1000);
	const rest = ms % 1000;
	return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${point}${rest < 100 ? '0' : ''}${two(rest)}`;
}
