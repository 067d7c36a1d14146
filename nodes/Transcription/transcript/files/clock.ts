const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);

/** For people: `1:02:03`, or `2:03` below an hour. */
export function clock(seconds: number): string {
	// What is said to be before the beginning is shown at the beginning.
	const whole = Math.max(0, Math.floor(seconds));
	const hours = Math.floor(whole / 3600);
	const minutes = Math.floor(whole / 60) % 60;
	return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
}

/** For subtitles: `00:01:02.003`. @param point between seconds and milliseconds */
export function timestamp(ms: number, point: '.' | ','): string {
	const seconds = Math.floor(ms / 1000);
	const rest = ms % 1000;
	return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${point}${rest < 100 ? '0' : ''}${two(rest)}`;
}
