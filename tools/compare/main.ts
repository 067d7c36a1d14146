import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { ensurePackedPackage } from '../lib/packedPackage';
import { projectFolder } from '../n8n';
import { provokeFailures } from './failures';
import { measure, type Figures } from './figures';
import { openHouse } from './house';
import { readOptions, type CompareOptions } from './options';
import { reportOf, writeReport, type Comparison } from './report';
import { POLL_SECONDS } from './ways';

const started = Date.now();

const say = (line: string) => console.log(`[${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s] ${line}`);

const versionIn = (path: string) => (JSON.parse(readFileSync(join(projectFolder, path), 'utf8')) as { version: string }).version;

async function compare(options: CompareOptions): Promise<Comparison> {
	const house = await openHouse(await ensurePackedPackage(say), say);
	try {
		const ways = Object.values(house.ways);
		const figures: Figures[] = [];
		const loads: number[] = [];
		for (const seconds of options.seconds) {
			figures.push(...(await measure(house, ways, { jobSeconds: seconds, count: options.jobs, spread: POLL_SECONDS })));
			loads.push(loadavg()[0] ?? NaN);
		}
		return {
			command: `npm run docs:compare -- --seconds ${options.seconds.join(',')} --jobs ${options.jobs}`,
			date: new Date(started).toISOString().slice(0, 10),
			versions: `n8n ${versionIn('tools/n8n/hosts/2.41/node_modules/n8n/package.json')}, this package ${versionIn('package.json')}, ${availableParallelism()} cores`,
			load: `${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`,
			ways,
			figures,
			failures: options.failures ? await provokeFailures(house) : [],
		};
	} finally {
		await house.close();
	}
}

/** `npm run docs:compare`: the same recordings by polling and by callback, in a real n8n against the sandbox. */
async function main(): Promise<void> {
	const options = readOptions();
	if (!options) return;
	const report = reportOf(await compare(options));
	console.log(`\n${report}\n`);
	if (options.write) writeReport(report);
}

main()
	.catch((error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	})
	// n8n's clients keep connections open.
	.finally(() => process.exit());
