
/** The end of each queue, by key. Empty when nothing runs. */
const ends = new Map<string, Promise<unknown>>();

/**
 * Runs tasks with the same key one after the other within this process, in the order of the calls. A task that fails
 * does not stop the next.
 */
export async function inTurn<T>(key: string, task: () => Promise<T>): Promise<T> {
	const before = ends.get(key) ?? Promise.resolve();
	const mine = before.then(task, task);
	ends.set(key, mine);
	try {
		return await mine;
	} finally {
		if (ends.get(key) === mine) ends.delete(key);
	}
}
