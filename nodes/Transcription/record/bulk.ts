/** Each once, in parts of at most `size`. */
export function* partsOf(all: readonly string[], size: number): Generator<string[]> {
	const unique = [...new Set(all)];
	for (let start = 0; start < unique.length; start += size) yield unique.slice(start, start + size);
}
