/** A reading that may have begun before it was asked for. */
export interface Reading<T> {
	value: T;
	/** Whether another has asked for it before: what has changed since then is not in it. */
	shared: boolean;
}

/** An older reading is shared no more, in ms: one that hangs would hold up everybody, and what it read be long out of date. */
const OLDEST_MS = 1000;

/**
 * Lets those who ask for the same at the same time share one answer. Nothing is kept: who asks when the answer has come
 * starts anew, and so does everybody where the shared reading fails.
 */
export function readTogether<T>(): (key: string, read: () => Promise<T>) => Promise<Reading<T>> {
	const underWay = new Map<string, { reading: Promise<T>; begunAt: number }>();
	return async (key, read) => {
		const earlier = underWay.get(key);
		if (earlier && Date.now() - earlier.begunAt < OLDEST_MS) {
			const shared = await earlier.reading.then((value) => ({ value, shared: true })).catch(() => undefined);
			return shared ?? { value: await read(), shared: false };
		}
		const mine = { reading: read(), begunAt: Date.now() };
		underWay.set(key, mine);
		try {
			return { value: await mine.reading, shared: false };
		} finally {
			if (underWay.get(key) === mine) underWay.delete(key);
		}
	};
}
