/** The times for one step, in ms. */
interface Cost {
	step: string;
	processor: number;
	elapsed: number;
}

/**
 * Collects the costs of verifying or reading. Processor time only covers the code. On a busy machine, the elapsed time also
 * includes other processes.
 */
export class Costs {
	private readonly processor: number[] = [];
	private mostProcessor: Cost | undefined;
	private mostElapsed: Cost | undefined;

	of<T>(step: string, work: () => T): T {
		const startedAt = performance.now();
		const before = process.cpuUsage();
		try {
			return work();
		} finally {
			const { user, system } = process.cpuUsage(before);
			const cost = { step, processor: (user + system) / 1000, elapsed: performance.now() - startedAt };
			this.processor.push(cost.processor);
			if (cost.processor > (this.mostProcessor?.processor ?? -1)) this.mostProcessor = cost;
			if (cost.elapsed > (this.mostElapsed?.elapsed ?? -1)) this.mostElapsed = cost;
		}
	}

	/** Returns the median processor time, in ms. */
	get median(): number {
		return [...this.processor].sort((a, b) => a - b)[Math.floor(this.processor.length / 2)] ?? 0;
	}

	/** Returns the steps with the most processor time and the most elapsed time. */
	get longest(): { processor: Cost | undefined; elapsed: Cost | undefined } {
		return { processor: this.mostProcessor, elapsed: this.mostElapsed };
	}
}
