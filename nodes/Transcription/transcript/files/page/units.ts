/**
 * The parts of a paragraph that can be played: words, or sentences if the times of words aren't known. The page contains
 * their positions as text, which the page's script reads. 100,000 words therefore need no elements of their own.
 */
export interface Units {
	/** Where each unit starts in the paragraph's text, in UTF-16 code units. Increasing. */
	offsets: number[];
	/** When each unit starts, in seconds. Non-decreasing. */
	starts: number[];
}

/** Returns a time with the precision of the page's times, which is a hundredth of a second. */
export const pageTime = (seconds: number): number => Math.round(seconds * 100) / 100;

/**
 * Writes units as pairs of integers: the differences from the previous unit's offset, and from its start in hundredths
 * of a second.
 */
export function encodeUnits({ offsets, starts }: Units): string {
	let [lastOffset, lastTime] = [0, 0];
	const pairs = offsets.map((offset, index) => {
		const time = Math.round((starts[index] ?? 0) * 100);
		const pair = `${offset - lastOffset} ${time - lastTime}`;
		[lastOffset, lastTime] = [offset, time];
		return pair;
	});
	return pairs.join(' ');
}

/** Reads what {@link encodeUnits} wrote. */
export function decodeUnits(text: string): Units {
	const units: Units = { offsets: [], starts: [] };
	let [offset, time] = [0, 0];
	const numbers = text === '' ? [] : text.split(' ').map(Number);
	for (let index = 0; index + 1 < numbers.length; index += 2) {
		units.offsets.push((offset += numbers[index] ?? 0));
		units.starts.push((time += numbers[index + 1] ?? 0) / 100);
	}
	return units;
}
