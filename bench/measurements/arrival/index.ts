import { measure } from '../../../tools/compare/figures';
import { openTestbed, type Testbed } from '../../../tools/compare/testbed';
import type { Approach } from '../../../tools/compare/approach';
import type { Bench, Measurement, Section } from '../../bench';
import { comparisonsOf, type Result, tablesOf } from './results';
import { type Variant, variantsFor, LONGEST_PAUSE_SECONDS, publish } from './approaches';

/** The longest comes first: n8n is mostly idle during its jobs, so the others are measured in the meantime. */
const LENGTHS_SECONDS = [300, 30, 2] as const;
const QUICK_LENGTHS_SECONDS = [30, 2] as const;

/** Jobs per length, approach, and source. With only one job, the result would depend on when between two polls it happens to end. */
const JOBS = 5;
const QUICK_JOBS = 2;

/** Limits the spread relative to the job length, so that 2-second jobs last at least half a second. */
const WIDEST_SPREAD = 1.5;

const INTRODUCTION = `All approaches take turns transcribing the same recording, in the same n8n instance, with the sandbox as the service. Job lengths are spread evenly around the stated length, over a range of ${LONGEST_PAUSE_SECONDS} s, which is the longest pause between polls (for jobs of 2 s, from 0.5 to 3.5 s), so that no pause benefits from a job length that happens to suit it. Half of the recordings are submitted as URLs, and half as files. *Polling* consists of HTTP Request (submit), Wait, HTTP Request (status), and IF, which returns to Wait. *The floor* is what n8n itself needs for a callback: its own Webhook node, and an HTTP Request that fetches the transcript, without deduplication.`;

const NOTES = [
	"*Submit and Wait* sends more requests than the trigger for two reasons. First, it polls the job during *Initial Poll*, so that short recordings continue immediately. Second, it polls once after it is paused, because until n8n has stored the execution as waiting, it responds to callbacks with 409 (which AssemblyAI doesn't retry) without informing the node. Its minimum therefore consists of the submit, that poll, and the fetch. This amounts to 3 requests, or 4 with an upload, which is what it needs with Initial Poll set to 0.",
];

interface Published extends Variant {
	approach: Approach;
}

export const arrival: Measurement = {
	name: 'arrival',
	title: 'From the end of the job to the next node',
	measure: async (bench) => {
		const results = (await resultsOf(bench)).sort((a, b) => a.seconds - b.seconds);
		const section: Section = {
			introduction: INTRODUCTION,
			comparisons: comparisonsOf(results),
			tables: tablesOf(results),
			notes: NOTES,
		};
		return section;
	},
};

async function resultsOf({ quick, tarball, say }: Bench): Promise<Result[]> {
	const [longest, ...others] = quick ? QUICK_LENGTHS_SECONDS : LENGTHS_SECONDS;
	const variants = variantsFor([longest, ...others]);
	const testbed = await openTestbed(
		tarball,
		variants.map(({ account }) => account),
		say,
	);
	try {
		const published: Published[] = [];
		for (const variant of variants) published.push({ ...variant, approach: await publish(testbed, variant) });
		const run = async (seconds: number, jobs: number, onSubmitted?: () => void) =>
			await runOf(
				testbed,
				published.filter((variant) => variant.seconds === seconds),
				seconds,
				jobs,
				onSubmitted,
			);
		const jobs = quick ? QUICK_JOBS : JOBS;
		// Warms up, because the first run takes longer.
		if (!quick) await run(Math.min(...others), 1);
		return await duringTheLongest(
			async (onSubmitted) => await run(longest, jobs, onSubmitted),
			others.map((seconds) => async () => await run(seconds, jobs)),
		);
	} finally {
		await testbed.close();
	}
}

async function runOf(
	testbed: Testbed,
	variants: readonly Published[],
	seconds: number,
	count: number,
	onSubmitted?: () => void,
): Promise<Result[]> {
	const approaches = variants.map(({ approach }) => approach);
	const spread = Math.min(LONGEST_PAUSE_SECONDS, WIDEST_SPREAD * seconds);
	// Jobs for one source are submitted halfway between those for the other.
	const shift = (approach: Approach) =>
		(variants.some((variant) => variant.approach === approach && variant.source === 'url') ? spread : -spread) /
		count /
		4;
	const figures = await measure(testbed, approaches, {
		jobSeconds: seconds,
		count,
		spread,
		shift,
		sequential: true,
		onSubmitted,
	});
	return figures.map(({ requests, delays }, index) => {
		const { plan, source } = variants[index]!;
		return { name: plan.name, source, seconds, requests, delays };
	});
}

/** Starts the longest run and, once its jobs are submitted, runs the others one after the other. */
async function duringTheLongest<T>(
	longest: (onSubmitted: () => void) => Promise<T[]>,
	others: ReadonlyArray<() => Promise<T[]>>,
): Promise<T[]> {
	let begin = () => {};
	const handedIn = new Promise<void>((resolve) => {
		begin = resolve;
	});
	const sequential = async () => {
		await handedIn;
		const results: T[] = [];
		for (const run of others) results.push(...(await run()));
		return results;
	};
	return (await Promise.all([longest(begin), sequential()])).flat();
}
