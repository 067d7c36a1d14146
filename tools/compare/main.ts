import { availableParallelism } from 'node:os';
import { progressLogger, runCommandLine } from '../lib/cli';
import { load, n8nManifest, versionIn } from '../lib/machine';
import { ensurePackedPackage } from '../lib/packedPackage';
import { POLL_SECONDS } from './approaches';
import { openComparisonTestbed } from './comparisonTestbed';
import { provokeFailures } from './failures';
import { measure, type Figures } from './figures';
import { readOptions, type CompareOptions } from './options';
import { reportOf, writeReport, type Comparison } from './report';

const { startedAt, say } = progressLogger();

async function compare(options: CompareOptions): Promise<Comparison> {
	const testbed = await openComparisonTestbed(await ensurePackedPackage(say), say);
	try {
		const approaches = Object.values(testbed.approaches);
		const figures: Figures[] = [];
		const loads: number[] = [];
		for (const seconds of options.seconds) {
			figures.push(
				...(await measure(testbed, approaches, { jobSeconds: seconds, count: options.jobs, spread: POLL_SECONDS })),
			);
			loads.push(load());
		}
		return {
			command: `npm run docs:compare -- --seconds ${options.seconds.join(',')} --jobs ${options.jobs}`,
			date: startedAt.toISOString().slice(0, 10),
			versions: `n8n ${versionIn(n8nManifest('2.41'))}, this package ${versionIn('package.json')}, ${availableParallelism()} cores`,
			load: `${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`,
			approaches,
			figures,
			failures: options.failures ? await provokeFailures(testbed) : [],
		};
	} finally {
		await testbed.close();
	}
}

/** `npm run docs:compare`: transcribes the same recordings by polling and by callback, in a real n8n against the sandbox. */
async function main(): Promise<void> {
	const options = readOptions();
	if (!options) return;
	const report = reportOf(await compare(options));
	console.log(`\n${report}\n`);
	if (options.write) writeReport(report);
}

runCommandLine(main);
