import { SeededRandom } from '../../sandbox/core/random';

/** The random source of one case. A case depends only on the seed and its index, not on the cases before it. */
export class FuzzRandom {
	private readonly random: SeededRandom;

	/** @param index index of the case in the run */
	constructor(seed: number, index: number) {
		this.random = new SeededRandom(Math.imul(seed, 0x85eb_ca6b) ^ Math.imul(index + 1, 0x9e37_79b9));
	}

	/** An integer from 0 (inclusive) to `below` (exclusive). */
	below(below: number): number {
		return Math.floor(this.random.next() * below);
	}

	/** Returns true with the given probability, from 0 to 1. */
	chance(probability: number): boolean {
		return this.random.chance(probability);
	}

	/** @throws Error if the list is empty */
	pick<T>(list: readonly T[]): T {
		if (list.length === 0) throw new Error('there is nothing to pick from');
		return list[this.below(list.length)] as T;
	}

	bytes(length: number): Buffer {
		return Buffer.from(Array.from({ length }, () => this.below(256)));
	}

	/** Returns random letters and digits. */
	word(length: number): string {
		return Array.from({ length }, () => this.below(36).toString(36)).join('');
	}
}
