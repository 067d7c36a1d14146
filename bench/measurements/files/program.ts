import { median } from '../../../tools/lib/statistics';
import type { Cost } from './cost';
import { JOBS } from './jobs';

const RUNS = 9;
/** Small jobs are repeated until they have processed this many words, so that each includes its share of garbage collection. */
const WORDS_PER_RUN = 100_000;
const WARM_UP_MS = 800;

const peak = () => process.resourceUsage().maxRSS / 1024;

/** Measures one job in this process, so that no other job affects its compiled code or memory. */
function measure(name: string, words: number): Cost {
	const job = JOBS[name];
	if (!job) throw new Error(`There is no job "${name}"`);
	// Warms up, so that the code is compiled as it would be in a process that has run for a while.
	const small = job(500);
	for (const startedAt = performance.now(); performance.now() - startedAt < WARM_UP_MS;) small();
	const run = job(words);
	const repetitions = Math.max(1, Math.round(WORDS_PER_RUN / words));
	const before = peak();
	let after = before;
	const times = Array.from({ length: RUNS }, (_, index) => {
		// Processor time, so that other programs don't affect the result.
		const start = process.cpuUsage();
		for (let repetition = 0; repetition < repetitions; repetition++) run();
		const { user, system } = process.cpuUsage(start);
		if (index === 0) after = peak();
		return (user + system) / 1000 / repetitions;
	});
	return { ms: median(times), megabytes: after - before };
}

const [, , name = '', words] = process.argv;
console.log(JSON.stringify(measure(name, Number(words))));
