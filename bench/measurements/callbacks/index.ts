import { startSandbox } from '../../../sandbox';
import type { HostVersion } from '../../../tools/n8n';
import type { Bench, Measurement, Section } from '../../bench';
import { openHouse } from '../../house';
import { jobsFor } from './jobs';
import { receiveAll } from './receive';
import { sectionOf, type Results, type Side, type Ways } from './results';
import { createByHand, createPlain, createTrigger, type Service, type Way } from './ways';

/** n8n 2.41 starts engines for expressions with each callback, n8n 2.8 does not. */
const VERSIONS: readonly HostVersion[] = ['2.41', '2.8'];

/** How many callbacks come at once, and how many of them in a run. */
const BURSTS = [
	{ atOnce: 1, count: 32 },
	{ atOnce: 16, count: 96 },
	{ atOnce: 64, count: 160 },
];
const QUICK_BURSTS = [
	{ atOnce: 1, count: 10 },
	{ atOnce: 16, count: 32 },
];

/** What is compiled and cached on the first calls is not counted. */
const WARM_UP = 48;

interface Contest {
	fetches: boolean;
	ways: Ways;
}

export const callbacks: Measurement = {
	name: 'callbacks',
	title: 'Callbacks through a real n8n',
	async measure(bench: Bench): Promise<Section> {
		const results: Results[] = [];
		for (const version of VERSIONS) results.push(...(await measureOn(version, bench)));
		return sectionOf(results);
	},
};

async function measureOn(version: HostVersion, bench: Bench): Promise<Results[]> {
	// A service that calls no trigger itself: it is this measurement that does.
	const sandbox = await startSandbox({ port: 0, jobSeconds: 0 });
	sandbox.callbacks.addFault({ kind: 'lost', probability: 1 });
	const house = await openHouse(bench, { version });
	try {
		const { client, n8n } = house;
		const account = sandbox.accounts('assemblyAi')[0];
		if (!account) throw new Error('The sandbox has no account');
		const service: Service = { baseUrl: sandbox.baseUrl('assemblyAi'), account };
		const contests: Contest[] = [
			{
				fetches: false,
				ways: { ours: await createTrigger(client, service, false), byHand: await createByHand(client, service, false), floor: await createPlain(client) },
			},
			{ fetches: true, ways: { ours: await createTrigger(client, service, true), byHand: await createByHand(client, service, true) } },
		];
		const results: Results[] = [];
		for (const { fetches, ways } of contests) {
			const entries = Object.entries(ways) as Array<[Side, Way]>;
			const jobs = async (count: number) => await jobsFor({ sandbox, service, way: ways.ours, n8n, count, real: fetches });
			for (const [, way] of entries) {
				// At the first two at once, n8n makes its record of duplicates twice, and Remove Duplicates fails.
				await receiveAll(house, way, await jobs(1), 1);
				await receiveAll(house, way, await jobs(WARM_UP), 16);
			}
			for (const { atOnce, count } of bench.quick ? QUICK_BURSTS : BURSTS) {
				const result: Results = { version, fetches, atOnce, ways, ours: [], byHand: [], floor: [] };
				for (let run = 0; run < (bench.quick ? 1 : 3); run++) {
					bench.say(`n8n ${version}, ${fetches ? 'with' : 'without'} fetching, ${count} callbacks, ${atOnce} at once, run ${run + 1} …`);
					const ids = await jobs(count);
					// The order turns round each time, so that what changes during the runs changes for all.
					for (const [side, way] of run % 2 === 0 ? entries : [...entries].reverse()) result[side].push(await receiveAll(house, way, ids, atOnce));
				}
				results.push(result);
			}
		}
		return results;
	} finally {
		await house.close();
		await sandbox.close();
	}
}
