import { measure } from '../../../tools/compare/figures';
import { openSite, type Site } from '../../../tools/compare/site';
import type { Way } from '../../../tools/compare/way';
import type { Bench, Measurement, Section } from '../../bench';
import { comparisonsOf, type Result, tablesOf } from './results';
import { type Lane, lanesFor, LONGEST_PAUSE_SECONDS, publish } from './ways';

/** The longest first: while its jobs are under way, n8n has little to do, and the others are measured. */
const LENGTHS_SECONDS = [300, 30, 2] as const;
const QUICK_LENGTHS_SECONDS = [30, 2] as const;

/** Of each length, way and kind of recording. One alone would end when a pause does, or not. */
const JOBS = 5;
const QUICK_JOBS = 2;

/** The shortest job of those that last 2 s on average lasts half a second. */
const WIDEST_SPREAD = 1.5;

const INTRODUCTION = `The same recording on every way, in one n8n against the sandbox as the service, all ways in turn. The lengths of the jobs are spread evenly around the length named, over ${LONGEST_PAUSE_SECONDS} s, the longest pause of the polling (those of 2 s from 0.5 to 3.5 s), so that no pause profits from a length that suits it. Half of the recordings are given as a URL, half as a file. *Polling* is HTTP Request (submit), Wait, HTTP Request (status), IF, back to Wait. *The floor* is what n8n itself takes for a callback: its own Webhook node and an HTTP Request that fetches the transcript, without verification, without a record of what was handled.`;

const NOTES = [
	'*Submit and Wait* asks more often than the trigger, for two reasons. While *First Look* lasts it asks for the job itself, so that short recordings go on at once. And it asks once as soon as it is parked: until n8n has stored the execution as waiting, it answers callbacks with 409, which AssemblyAI does not repeat, and tells no node of it. So its floor is submit, that look, and the fetch: 3 requests, 4 with an upload, which is what it takes with First Look 0.',
];

interface Published extends Lane {
	way: Way;
}

export const arrival: Measurement = {
	name: 'arrival',
	title: 'From the service’s “done” to the next node',
	measure: async (bench) => {
		const results = (await resultsOf(bench)).sort((a, b) => a.seconds - b.seconds);
		const section: Section = { introduction: INTRODUCTION, comparisons: comparisonsOf(results), tables: tablesOf(results), notes: NOTES };
		return section;
	},
};

async function resultsOf({ quick, tarball, say }: Bench): Promise<Result[]> {
	const [longest, ...others] = quick ? QUICK_LENGTHS_SECONDS : LENGTHS_SECONDS;
	const lanes = lanesFor([longest, ...others]);
	const site = await openSite(tarball, lanes.map(({ account }) => account), say);
	try {
		const published: Published[] = [];
		for (const lane of lanes) published.push({ ...lane, way: await publish(site, lane) });
		const run = async (seconds: number, jobs: number, onHandedIn?: () => void) =>
			await runOf(site, published.filter((lane) => lane.seconds === seconds), seconds, jobs, onHandedIn);
		const jobs = quick ? QUICK_JOBS : JOBS;
		// What runs for the first time takes longer.
		if (!quick) await run(Math.min(...others), 1);
		return await duringTheLongest(
			async (onHandedIn) => await run(longest, jobs, onHandedIn),
			others.map((seconds) => async () => await run(seconds, jobs)),
		);
	} finally {
		await site.close();
	}
}

async function runOf(site: Site, lanes: readonly Published[], seconds: number, count: number, onHandedIn?: () => void): Promise<Result[]> {
	const ways = lanes.map(({ way }) => way);
	const spread = Math.min(LONGEST_PAUSE_SECONDS, WIDEST_SPREAD * seconds);
	// Those of one source come halfway between those of the other.
	const shift = (way: Way) => (lanes.some((lane) => lane.way === way && lane.source === 'url') ? spread : -spread) / count / 4;
	const figures = await measure(site, ways, { jobSeconds: seconds, count, spread, shift, inTurn: true, onHandedIn });
	return figures.map(({ requests, delays }, index) => {
		const { plan, source } = lanes[index]!;
		return { name: plan.name, source, seconds, requests, delays };
	});
}

/** Runs the others one after the other, once the jobs of the longest run are handed in. */
async function duringTheLongest<T>(longest: (onHandedIn: () => void) => Promise<T[]>, others: ReadonlyArray<() => Promise<T[]>>): Promise<T[]> {
	let begin = () => {};
	const handedIn = new Promise<void>((resolve) => {
		begin = resolve;
	});
	const inTurn = async () => {
		await handedIn;
		const results: T[] = [];
		for (const run of others) results.push(...(await run()));
		return results;
	};
	return (await Promise.all([longest(begin), inTurn()])).flat();
}
