/** A map that evicts its oldest entries, so that it doesn't grow without limit in a long-lived process. */
export class BoundedMap<K, V> {
	private readonly entries = new Map<K, V>();

	/** @param capacity maximum number of entries */
	constructor(private readonly capacity: number) {}

	get(key: K): V | undefined {
		return this.entries.get(key);
	}

	/** Adds or replaces an entry and makes it the newest. */
	set(key: K, value: V): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		// Map iterates in insertion order, oldest first.
		for (const oldest of this.entries.keys()) {
			if (this.entries.size <= this.capacity) break;
			this.entries.delete(oldest);
		}
	}

	delete(key: K): void {
		this.entries.delete(key);
	}
}
