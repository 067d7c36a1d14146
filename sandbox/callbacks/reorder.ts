import type { SandboxClock, Timer } from '../core/clock';

interface Group<T> {
	readonly items: T[];
	readonly timer: Timer;
}

/** Collects a fault's callbacks until the group is complete, then releases them in reverse order. */
export class ReorderBuffer<T> {
	private groups = new Map<string, Group<T>>();

	constructor(
		private readonly clock: SandboxClock,
		private readonly release: (items: T[]) => void,
	) {}

	/** Adds an item. The group is released when it has `size` items, or after `withinSeconds` sandbox seconds. */
	add(groupId: string, item: T, size: number, withinSeconds: number): void {
		const group = this.groups.get(groupId) ?? this.open(groupId, withinSeconds);
		group.items.push(item);
		if (group.items.length >= size) this.flush(groupId);
	}

	clear(): void {
		for (const group of this.groups.values()) group.timer.cancel();
		this.groups.clear();
	}

	private open(groupId: string, withinSeconds: number): Group<T> {
		const group = { items: [], timer: this.clock.after(withinSeconds, () => this.flush(groupId)) };
		this.groups.set(groupId, group);
		return group;
	}

	private flush(groupId: string): void {
		const group = this.groups.get(groupId);
		if (!group) return;
		group.timer.cancel();
		this.groups.delete(groupId);
		this.release(group.items.reverse());
	}
}
