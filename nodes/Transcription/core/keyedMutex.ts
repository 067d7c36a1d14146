/** The last task of each queue, by key. Empty while nothing is running. */
const queueEnds = new Map<string, Promise<unknown>>();

/**
 * Runs tasks with the same key one at a time within this process, in the order of the calls. A failed task doesn't stop
 * the next one.
 */
export async function runExclusive<T>(key: string, task: () => Promise<T>): Promise<T> {
	const previous = queueEnds.get(key) ?? Promise.resolve();
	const current = previous.then(task, task);
	queueEnds.set(key, current);
	try {
		return await current;
	} finally {
		if (queueEnds.get(key) === current) queueEnds.delete(key);
	}
}
