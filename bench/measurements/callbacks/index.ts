import { startSandbox } from '../../../sandbox';
import type { Bench, Comparison, Measurement, Section, Table } from '../../bench';
import { openHouse } from '../../house';
import { median, quantile, ratioOf, short } from '../../statistics';
import { jobsFor } from './jobs';
import { receiveAll, type Received } from './receive';
import { createByHand, createTrigger, type Service, type Way } from './ways';

/** How long a service waits for an answer at most, in ms. Source: AssemblyAI docs, “Webhooks”. */
const PATIENCE_MS = 10_000;

/** A trigger of ours and what a user would build instead. */
interface Pair {
	what: string;
	ours: Way;
	byHand: Way;
	/** Whether the callbacks have to name jobs that the service has. */
	fetches: boolean;
	target: string;
	isMet(ratio: number): boolean;
}

/** The results of both sides, for one number of callbacks at once. */
interface Results {
	pair: Pair;
	atOnce: number;
	ours: Received[];
	byHand: Received[];
}

export const callbacks: Measurement = {
	name: 'callbacks',
	title: 'Callbacks through a real n8n',
	async measure(bench: Bench): Promise<Section> {
		// A service that calls no trigger itself: it is this measurement that does.
		const sandbox = await startSandbox({ port: 0, jobSeconds: 0 });
		sandbox.callbacks.addFault({ kind: 'lost', probability: 1 });
		const house = await openHouse(bench);
		try {
			const account = sandbox.accounts('assemblyAi')[0];
			if (!account) throw new Error('The sandbox has no account');
			const service: Service = { baseUrl: sandbox.baseUrl('assemblyAi'), account };
			const pairs: Pair[] = [
				{
					what: 'without fetching',
					ours: await createTrigger(house.client, service, false),
					byHand: await createByHand(house.client, service, false),
					fetches: false,
					target: 'at least 0.9',
					isMet: (ratio) => ratio >= 0.9,
				},
				{
					what: 'with fetch and duplicate check',
					ours: await createTrigger(house.client, service, true),
					byHand: await createByHand(house.client, service, true),
					fetches: true,
					target: 'more than 1',
					isMet: (ratio) => ratio > 1,
				},
			];
			const results: Results[] = [];
			for (const pair of pairs) {
				const jobs = async (count: number) => await jobsFor({ sandbox, service, way: pair.ours, n8n: house.n8n, count, real: pair.fetches });
				for (const way of [pair.ours, pair.byHand]) {
					// At the first two at once, n8n makes its record of duplicates twice, and Remove Duplicates fails.
					await receiveAll(house, way, await jobs(1), 1);
					// What is compiled and cached on the first calls is not counted.
					await receiveAll(house, way, await jobs(bench.quick ? 20 : 200), 16);
				}
				for (const [atOnce, count] of bench.quick ? [[1, 20], [16, 50]] as const : [[1, 200], [16, 800], [64, 1200]] as const) {
					const result: Results = { pair, atOnce, ours: [], byHand: [] };
					for (let run = 0; run < (bench.quick ? 1 : 3); run++) {
						const ids = await jobs(count);
						bench.say(`${count} callbacks ${pair.what}, ${atOnce} at once, run ${run + 1} …`);
						result.ours.push(await receiveAll(house, pair.ours, ids, atOnce));
						result.byHand.push(await receiveAll(house, pair.byHand, ids, atOnce));
					}
					results.push(result);
				}
			}
			return sectionOf(results);
		} finally {
			await house.close();
			await sandbox.close();
		}
	},
};

const rate = (all: readonly Received[]) => ({ values: all.map(({ answered }) => answered), unit: '/s' });
const finished = (all: readonly Received[]) => ({ values: all.map(({ finished }) => finished), unit: '/s' });
const delays = (all: readonly Received[], share: number) => ({ values: all.map(({ delaysMs }) => quantile(delaysMs, share)), unit: 'ms' });

function sectionOf(results: readonly Results[]): Section {
	return { introduction: INTRODUCTION, comparisons: results.flatMap(comparisonsOf), tables: [delayTable(results)] };
}

function comparisonsOf({ pair, atOnce, ours, byHand }: Results): Comparison[] {
	const compared = (what: string, figure: typeof rate): Comparison => {
		const [mine, other] = [figure(ours), figure(byHand)];
		return {
			what: `callbacks ${pair.what}, ${atOnce} at once: ${what}`,
			ours: mine,
			beside: { name: pair.byHand.title, figure: other },
			target: pair.target,
			met: pair.isMet(ratioOf(mine, other)),
		};
	};
	const slowest = delays(ours, 0.99);
	return [
		compared('answered', rate),
		compared('executions ended', finished),
		{
			what: `callbacks ${pair.what}, ${atOnce} at once: delay of the answer, p99`,
			ours: slowest,
			beside: { name: pair.byHand.title, figure: delays(byHand, 0.99) },
			target: `far under ${PATIENCE_MS / 1000} s`,
			met: median(slowest.values) < PATIENCE_MS / 10,
		},
	];
}

function delayTable(results: readonly Results[]): Table {
	const cells = (all: readonly Received[]) => [
		...[0.5, 0.99].map((share) => `${short(median(delays(all, share).values))} ms`),
		String(all.reduce((sum, { failed }) => sum + failed, 0)),
	];
	return {
		title: 'From the request to the answer, and executions that failed in all runs',
		header: ['', 'at once', 'p50', 'p99', 'failed executions'],
		rows: results.flatMap(({ pair, atOnce, ours, byHand }) => [
			[pair.ours.title, String(atOnce), ...cells(ours)],
			[pair.byHand.title, String(atOnce), ...cells(byHand)],
		]),
	};
}

const INTRODUCTION = `Callbacks as AssemblyAI sends them, from a process of their own, to a published workflow of a real n8n with its default
settings (SQLite, every execution saved). “Answered” counts from the first request to the last answer, “executions ended” to
the end of the last execution that they started. Each callback names another job; where the transcript is fetched, it comes
from the sandbox. All callbacks were answered with 200.`;
