import { z } from 'zod';

import type { SeededRandom } from './random';

/** When a planned fault fires. Without any of these options, it fires once, at the next match. */
export const faultTrigger = {
	/** How many times it fires before it is used up. */
	next: z.number().int().min(1).optional(),
	/** Probability per match, from 0 to 1. The fault can fire any number of times unless `next` is also set. */
	probability: z.number().min(0).max(1).optional(),
	/** How many matches to skip first. */
	skip: z.number().int().min(0).optional(),
};

type FaultTrigger = z.infer<z.ZodObject<typeof faultTrigger>>;

export type Planned<F> = F & { readonly id: string; fired: number };

interface Entry<F> {
	readonly fault: Planned<F>;
	readonly trigger: FaultTrigger;
	skipped: number;
}

/** The planned faults of one kind, in the order they were added. */
export class FaultRegistry<F extends FaultTrigger> {
	private entries: Array<Entry<F>> = [];
	private counter = 0;

	constructor(
		private readonly prefix: string,
		private readonly random: SeededRandom,
	) {}

	/** Plans a fault. @returns the fault with its ID */
	add(fault: F): Planned<F> {
		this.counter += 1;
		const planned: Planned<F> = { ...fault, id: `${this.prefix}-${this.counter}`, fired: 0 };
		const limited = fault.next !== undefined || fault.probability !== undefined;
		this.entries.push({ fault: planned, trigger: limited ? fault : { ...fault, next: 1 }, skipped: 0 });
		return planned;
	}

	/** Returns all faults that can still fire. */
	list(): Array<Planned<F>> {
		return this.entries.map((entry) => entry.fault);
	}

	/** Removes a fault. @returns false if there is no such fault */
	remove(id: string): boolean {
		const before = this.entries.length;
		this.entries = this.entries.filter((entry) => entry.fault.id !== id);
		return this.entries.length < before;
	}

	clear(): void {
		this.entries = [];
	}

	/** Returns all faults that match and fire now, and removes those that are used up. */
	takeAll(matches: (fault: F) => boolean): Array<Planned<F>> {
		return this.take(matches, Infinity);
	}

	/** Returns the first fault that matches and fires now. */
	takeFirst(matches: (fault: F) => boolean): Planned<F> | undefined {
		return this.take(matches, 1)[0];
	}

	private take(matches: (fault: F) => boolean, most: number): Array<Planned<F>> {
		const firing: Array<Planned<F>> = [];
		for (const entry of this.entries) {
			if (firing.length >= most) break;
			if (matches(entry.fault) && this.fires(entry)) firing.push(entry.fault);
		}
		this.entries = this.entries.filter((entry) => entry.fault.fired < (entry.trigger.next ?? Infinity));
		return firing;
	}

	private fires(entry: Entry<F>): boolean {
		const { next = Infinity, probability = 1, skip = 0 } = entry.trigger;
		if (entry.fault.fired >= next) return false;
		if (entry.skipped < skip) {
			entry.skipped += 1;
			return false;
		}
		if (probability < 1 && !this.random.chance(probability)) return false;
		entry.fault.fired += 1;
		return true;
	}
}
