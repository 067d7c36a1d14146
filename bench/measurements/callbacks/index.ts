import { startSandbox } from '../../../sandbox';
import type { HostVersion } from '../../../tools/n8n';
import type { Bench, Measurement, Section } from '../../bench';
import { openBenchN8n } from '../../n8nInstance';
import { jobsFor } from './jobs';
import { receiveAll } from './receive';
import { sectionOf, type Results, type Side, type Receivers } from './results';
import { createFromBuiltInNodes, createPlain, createTrigger, type Service, type Receiver } from './receivers';

/** Both are measured, because n8n 2.41 starts an expression engine for each callback, but n8n 2.8 doesn't. */
const VERSIONS: readonly HostVersion[] = ['2.41', '2.8'];

/** Number of concurrent callbacks, and number of callbacks per run. */
const BURSTS = [
	{ concurrency: 1, count: 32 },
	{ concurrency: 16, count: 96 },
	{ concurrency: 64, count: 160 },
];
const QUICK_BURSTS = [
	{ concurrency: 1, count: 10 },
	{ concurrency: 16, count: 32 },
];

/** Callbacks sent first to compile code and fill caches. They aren't counted. */
const WARM_UP = 48;

interface Case {
	fetches: boolean;
	receivers: Receivers;
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
	// The service itself sends no callbacks; this measurement does.
	const sandbox = await startSandbox({ port: 0, jobSeconds: 0 });
	sandbox.callbacks.addFault({ kind: 'lost', probability: 1 });
	const instance = await openBenchN8n(bench, { version });
	try {
		const { client, n8n } = instance;
		const account = sandbox.accounts('assemblyAi')[0];
		if (!account) throw new Error('The sandbox has no account');
		const service: Service = { baseUrl: sandbox.baseUrl('assemblyAi'), account };
		const cases: Case[] = [
			{
				fetches: false,
				receivers: {
					ours: await createTrigger(client, service, false),
					builtIn: await createFromBuiltInNodes(client, service, false),
					floor: await createPlain(client),
				},
			},
			{
				fetches: true,
				receivers: {
					ours: await createTrigger(client, service, true),
					builtIn: await createFromBuiltInNodes(client, service, true),
				},
			},
		];
		const results: Results[] = [];
		for (const { fetches, receivers } of cases) {
			const entries = Object.entries(receivers) as Array<[Side, Receiver]>;
			const jobs = async (count: number) =>
				await jobsFor({ sandbox, service, receiver: receivers.ours, n8n, count, real: fetches });
			for (const [, receiver] of entries) {
				// If the first two arrived concurrently, n8n would create its deduplication record twice, and Remove Duplicates would fail.
				await receiveAll(instance, receiver, await jobs(1), 1);
				await receiveAll(instance, receiver, await jobs(WARM_UP), 16);
			}
			for (const { concurrency, count } of bench.quick ? QUICK_BURSTS : BURSTS) {
				const result: Results = { version, fetches, concurrency, receivers, ours: [], builtIn: [], floor: [] };
				for (let run = 0; run < (bench.quick ? 1 : 3); run++) {
					bench.say(
						`n8n ${version}, ${fetches ? 'with' : 'without'} fetching, ${count} callbacks, ${concurrency} concurrently, run ${run + 1} …`,
					);
					const ids = await jobs(count);
					// The order is reversed each time, so that gradual changes affect both sides.
					for (const [side, receiver] of run % 2 === 0 ? entries : [...entries].reverse())
						result[side].push(await receiveAll(instance, receiver, ids, concurrency));
				}
				results.push(result);
			}
		}
		return results;
	} finally {
		await instance.close();
		await sandbox.close();
	}
}
