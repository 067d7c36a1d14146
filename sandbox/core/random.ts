/** Generates reproducible random numbers (mulberry32). The same seed causes the same faults for the same sequence of requests. */
export class SeededRandom {
	private state: number;

	constructor(readonly seed: number) {
		this.state = seed >>> 0;
	}

	/** Returns a number from 0 (inclusive) to 1 (exclusive). */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** Returns true with the given probability, from 0 to 1. */
	chance(probability: number): boolean {
		return this.next() < probability;
	}

	restart(): void {
		this.state = this.seed >>> 0;
	}
}
