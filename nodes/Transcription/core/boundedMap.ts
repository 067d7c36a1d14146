/** A map that forgets its oldest entries, so that a long-lived process keeps a bounded amount of what it has seen. */
export class BoundedMap<K, V> {
	private readonly entries = new Map<K, V>();

	/** @param capacity the most entries kept */
	constructor(private readonly capacity: number) {}

	get(key: K): V | undefined {
		return this.entries.get(key);
	}

	/** Adds or replaces an entry, which becomes the newest. */
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
