/** A pending step of a process. */
interface Step {
	/** Numbers of the operations that must end before this step. */
	awaits: ReadonlySet<number>;
	/** How many times to wait again, each time for the operations in progress when the previous wait ends. */
	generations: number;
	take(): void;
}

/** Processes wait at least six times as long as an operation takes. */
const GENERATIONS = 3;

/** A shorter sleep is just a pause between two writes. */
const SHORTEST_SETTLING_MS = 150;

/**
 * One interleaving of the steps of several processes. A database operation has two steps: it reads the row and writes it
 * back. A sleep takes several times as long as an operation: it ends after the operations that were in progress when it
 * started, and those that have started since.
 */
export class Schedule {
	private keys: string[] = [];
	private steps: Step[] = [];
	private operations = 0;
	private readonly inProgress = new Set<number>();
	/** @param choose the step to take next, from 0 to less than `count` */
	constructor(private readonly choose: (count: number) => number) {}

	/** n8n's deduplication helpers. */
	row() {
		const operation = async (change: (keys: string[]) => string[]) => {
			const number = ++this.operations;
			await this.step();
			this.inProgress.add(number);
			const read = [...this.keys];
			await this.step();
			this.keys = change(read);
			this.inProgress.delete(number);
			return read;
		};
		return {
			checkProcessedAndRecord: async (items: string[]) => {
				const read = await operation((keys) => [...keys, ...items.filter((item) => !keys.includes(item))]);
				return {
					new: items.filter((item) => !read.includes(item)),
					processed: items.filter((item) => read.includes(item)),
				};
			},
			removeProcessed: async (items: string[]) =>
				void (await operation((keys) => keys.filter((key) => !items.includes(key)))),
		};
	}

	async sleep(milliseconds: number): Promise<void> {
		if (milliseconds >= SHORTEST_SETTLING_MS) await this.step(new Set(this.inProgress), GENERATIONS);
	}

	/** Runs tasks concurrently until all have ended. */
	async run<T>(tasks: Array<() => Promise<T>>): Promise<T[]> {
		let isOver = false;
		const results = Promise.all(tasks.map(async (task) => await task())).finally(() => (isOver = true));
		for (;;) {
			await new Promise(setImmediate);
			const enabled = this.steps.filter((step) => this.isDue(step));
			if (enabled.length === 0) {
				if (isOver) return await results;
				continue;
			}
			const step = enabled[this.choose(enabled.length)] as Step;
			this.steps = this.steps.filter((other) => other !== step);
			step.take();
		}
	}

	private isDue(step: Step): boolean {
		while ([...step.awaits].every((operation) => !this.inProgress.has(operation))) {
			if (step.generations-- <= 0 || this.inProgress.size === 0) return true;
			step.awaits = new Set(this.inProgress);
		}
		return false;
	}

	private async step(awaits: ReadonlySet<number> = new Set(), generations = 0): Promise<void> {
		await new Promise<void>((resolve) => this.steps.push({ awaits, generations, take: resolve }));
	}
}

type Run = (schedule: Schedule) => Promise<void>;

/** Runs every schedule, depth first. There may be millions. */
export async function everySchedule(run: Run): Promise<void> {
	let choices: number[] = [];
	do {
		const options: number[] = [];
		await run(
			new Schedule((count) => {
				options.push(count);
				return choices[options.length - 1] ?? 0;
			}),
		);
		const last = options.findLastIndex((count, index) => (choices[index] ?? 0) + 1 < count);
		choices = options.slice(0, last + 1).map((_, index) => (choices[index] ?? 0) + (index === last ? 1 : 0));
	} while (choices.length > 0);
}

/** Runs `count` random schedules. @param random returns numbers from 0 to 1 */
export async function someSchedules(run: Run, count: number, random: () => number): Promise<void> {
	for (let index = 0; index < count; index++) await run(new Schedule((options) => Math.floor(random() * options)));
}
