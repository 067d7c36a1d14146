import { SeededRandom } from '../../sandbox/core/random';

/** What generators draw from. The same seed gives the same case, whatever was drawn before it. */
export class FuzzRandom {
	private readonly random: SeededRandom;

	/** @param index of the case within the run */
	constructor(seed: number, index: number) {
		this.random = new SeededRandom(Math.imul(seed, 0x85eb_ca6b) ^ Math.imul(index + 1, 0x9e37_79b9));
	}

	/** A whole number from 0 (included) to `below` (excluded). */
	below(below: number): number {
		return Math.floor(this.random.next() * below);
	}

	/** True with the given probability, 0 to 1. */
	chance(probability: number): boolean {
		return this.random.chance(probability);
	}

	/** @throws for an empty list */
	pick<T>(list: readonly T[]): T {
		if (list.length === 0) throw new Error('there is nothing to pick from');
		return list[this.below(list.length)] as T;
	}

	bytes(length: number): Buffer {
		return Buffer.from(Array.from({ length }, () => this.below(256)));
	}

	/** Letters and digits. */
	word(length: number): string {
		return Array.from({ length }, () => this.below(36).toString(36)).join('');
	}
}
