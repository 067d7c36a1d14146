/** A reading that may have begun before it was asked for. */
export interface Reading<T> {
	value: T;
	/** Whether another has asked for it before: what has changed since then is not in it. */
	shared: boolean;
}

/**
 * Lets those who ask for the same at the same time share one answer. Nothing is kept: who asks when the answer has come
 * starts anew.
 */
export function readTogether<T>(): (key: string, read: () => Promise<T>) => Promise<Reading<T>> {
	const underWay = new Map<string, Promise<T>>();
	return async (key, read) => {
		const begun = underWay.get(key);
		if (begun) return { value: await begun, shared: true };
		const reading = read();
		underWay.set(key, reading);
		try {
			return { value: await reading, shared: false };
		} finally {
			underWay.delete(key);
		}
	};
}
