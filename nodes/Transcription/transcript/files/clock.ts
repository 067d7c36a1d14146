const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);

/** Formats a time for readers: `1:02:03`, or `2:03` for less than an hour. */
export function clock(seconds: number): string {
	// A negative time is shown as 0.
	const whole = Math.max(0, Math.floor(seconds));
	const hours = Math.floor(whole / 3600);
	const minutes = Math.floor(whole / 60) % 60;
	return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
}

/** Formats a time for subtitles: `00:01:02.003`. @param point decimal separator */
export function timestamp(ms: number, point: '.' | ','): string {
	const seconds = Math.floor(ms / 1000);
	const rest = ms % 1000;
	return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${point}${rest < 100 ? '0' : ''}${two(rest)}`;
}
