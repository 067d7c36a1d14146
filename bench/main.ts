import { progressLogger, runCommandLine } from '../tools/lib/cli';
import { load, machine, versions } from '../tools/lib/machine';
import { ensurePackedPackage } from '../tools/lib/packedPackage';
import type { Bench, Measurement, Section } from './bench';
import { MEASUREMENTS } from './measurements';
import { readOptions } from './options';
import { type Outcome, reportOf, summaryOf, writeReport } from './report';

const { startedAt, say } = progressLogger();

/** `npm run bench`: compares this package with its alternatives and with physical limits. */
async function main(): Promise<void> {
	const options = readOptions(MEASUREMENTS);
	if (!options) return;
	const bench = { quick: options.quick, tarball: await ensurePackedPackage(say), say };
	const outcomes: Outcome[] = [];
	for (const measurement of options.chosen) {
		say(`${measurement.title} …`);
		const [measurementStart, before] = [Date.now(), load()];
		outcomes.push({
			measurement,
			section: await sectionOf(measurement, bench),
			load: [before, load()],
			minutes: (Date.now() - measurementStart) / 60_000,
		});
	}
	const report = reportOf(outcomes, {
		date: startedAt.toISOString().slice(0, 10),
		machine: machine(),
		versions: versions(),
	});
	console.log(options.write ? `\n${summaryOf(outcomes)}\n` : `\n${report}\n`);
	if (options.write) writeReport(report);
}

/** A measurement that fails doesn't stop the others. */
async function sectionOf(measurement: Measurement, bench: Bench): Promise<Section | undefined> {
	try {
		return await measurement.measure(bench);
	} catch (error) {
		console.error(error);
		process.exitCode = 1;
		return undefined;
	}
}

runCommandLine(main);
