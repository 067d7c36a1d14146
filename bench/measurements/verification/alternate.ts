/**
 * Runs several functions alternately (A B A B), in batches.
 * @param batchMs approximate duration of a batch
 * @returns processor time per call in microseconds, one value per batch
 */
export function alternate<Name extends string>(
	sides: Record<Name, () => unknown>,
	batches: number,
	batchMs: number,
): Record<Name, number[]> {
	const all = Object.entries(sides) as Array<[Name, () => unknown]>;
	// Also compiles the code before anything is measured.
	const counts = all.map(([, run]) => Math.max(1, Math.round(batchMs / (batch(run, countIn(run, batchMs)) / 1000))));
	const found = Object.fromEntries(all.map(([name]) => [name, [] as number[]])) as Record<Name, number[]>;
	for (let turn = 0; turn < batches; turn++) {
		for (const [index, [name, run]] of all.entries()) found[name].push(batch(run, counts[index] ?? 1));
	}
	return found;
}

/** Returns the number of calls that fit into `ms`. */
function countIn(run: () => unknown, ms: number): number {
	const startedAt = performance.now();
	let count = 0;
	do {
		run();
		count++;
	} while (performance.now() - startedAt < ms);
	return count;
}

function batch(run: () => unknown, count: number): number {
	const start = process.cpuUsage();
	for (let time = 0; time < count; time++) run();
	const { user, system } = process.cpuUsage(start);
	return (user + system) / count;
}
