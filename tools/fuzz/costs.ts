/** One measured step, in ms. */
interface Cost {
	what: string;
	processor: number;
	elapsed: number;
}

/**
 * What verifying and reading cost. Processor time tells what the code takes; on a busy machine the elapsed time also
 * tells what others took.
 */
export class Costs {
	private readonly processor: number[] = [];
	private mostProcessor: Cost | undefined;
	private mostElapsed: Cost | undefined;

	of<T>(what: string, work: () => T): T {
		const begun = performance.now();
		const before = process.cpuUsage();
		try {
			return work();
		} finally {
			const { user, system } = process.cpuUsage(before);
			const cost = { what, processor: (user + system) / 1000, elapsed: performance.now() - begun };
			this.processor.push(cost.processor);
			if (cost.processor > (this.mostProcessor?.processor ?? -1)) this.mostProcessor = cost;
			if (cost.elapsed > (this.mostElapsed?.elapsed ?? -1)) this.mostElapsed = cost;
		}
	}

	/** In ms of processor time. */
	get median(): number {
		return [...this.processor].sort((a, b) => a - b)[Math.floor(this.processor.length / 2)] ?? 0;
	}

	/** Longest of all by processor time, and by the clock. */
	get longest(): { processor: Cost | undefined; elapsed: Cost | undefined } {
		return { processor: this.mostProcessor, elapsed: this.mostElapsed };
	}
}
