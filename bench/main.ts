import { ensurePackedPackage } from '../tools/lib/packedPackage';
import type { Bench, Measurement, Section } from './bench';
import { machine, load, versions } from './machine';
import { MEASUREMENTS } from './measurements';
import { readOptions } from './options';
import { type Outcome, reportOf, summaryOf, writeReport } from './report';

const started = Date.now();

const say = (line: string) => console.log(`[${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s] ${line}`);

/** `npm run bench`: this package beside what a user would pick instead, and beside what is physically possible. */
async function main(): Promise<void> {
	const options = readOptions(MEASUREMENTS);
	if (!options) return;
	const bench = { quick: options.quick, tarball: await ensurePackedPackage(say), say };
	const outcomes: Outcome[] = [];
	for (const measurement of options.chosen) {
		say(`${measurement.title} …`);
		const [begun, before] = [Date.now(), load()];
		outcomes.push({ measurement, section: await sectionOf(measurement, bench), load: [before, load()], minutes: (Date.now() - begun) / 60_000 });
	}
	const report = reportOf(outcomes, { date: new Date(started).toISOString().slice(0, 10), machine: machine(), versions: versions() });
	console.log(options.write ? `\n${summaryOf(outcomes)}\n` : `\n${report}\n`);
	if (options.write) writeReport(report);
}

/** One that fails does not cost what the others have measured. */
async function sectionOf(measurement: Measurement, bench: Bench): Promise<Section | undefined> {
	try {
		return await measurement.measure(bench);
	} catch (error) {
		console.error(error);
		process.exitCode = 1;
		return undefined;
	}
}

main()
	.catch((error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	})
	// n8n's clients keep connections open.
	.finally(() => process.exit());
