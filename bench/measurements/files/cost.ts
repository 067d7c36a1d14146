import { execFileSync } from 'node:child_process';
import { median } from '../../../tools/lib/statistics';

/** The result of one process. */
export interface Cost {
	/** Processor time: the median of several runs. */
	ms: number;
	/** Increase in peak memory during the first run. */
	megabytes: number;
}

/** The cost of each job at each size, one value per round. */
export class Costs {
	private readonly found = new Map<string, Cost[]>();

	/** @param program see `program.ts` */
	constructor(private readonly program: string) {}

	/** Measures a job in a separate process. */
	measure(job: string, words: number): void {
		const output = execFileSync(process.execPath, [this.program, job, String(words)], { encoding: 'utf8' });
		const key = this.key(job, words);
		this.found.set(key, [...(this.found.get(key) ?? []), JSON.parse(output) as Cost]);
	}

	ms(job: string, words: number): number[] {
		return this.of(job, words).map(({ ms }) => ms);
	}

	megabytes(job: string, words: number): number {
		return Math.max(0, median(this.of(job, words).map(({ megabytes }) => megabytes)));
	}

	/** The growth in time between two sizes, as an exponent for each round: 1 is linear, 2 is quadratic. */
	slopes(job: string, few: number, many: number): number[] {
		const small = this.ms(job, few);
		return this.ms(job, many).map((ms, round) => Math.log(ms / (small[round] ?? NaN)) / Math.log(many / few));
	}

	private key = (job: string, words: number) => `${words} ${job}`;

	private of(job: string, words: number): Cost[] {
		const costs = this.found.get(this.key(job, words));
		if (!costs) throw new Error(`"${job}" was not measured with ${words} words`);
		return costs;
	}
}
