
/** The end of each queue, by key. Empty when nothing runs. */
const queueEnds = new Map<string, Promise<unknown>>();

/**
 * Runs tasks with the same key one after the other within this process, in the order of the calls. A task that fails
 * does not stop the next.
 */
export async function runExclusive<T>(key: string, task: () => Promise<T>): Promise<T> {
	const before = queueEnds.get(key) ?? Promise.resolve();
	const mine = before.then(task, task);
	queueEnds.set(key, mine);
	try {
		return await mine;
	} finally {
		if (queueEnds.get(key) === mine) queueEnds.delete(key);
	}
}
