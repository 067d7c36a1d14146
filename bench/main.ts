import { ensurePackedPackage } from '../tools/lib/packedPackage';
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
		// One that fails does not cost what the others have measured.
		const section = await measurement.measure(bench).catch((error: unknown) => {
			console.error(error);
			process.exitCode = 1;
			return undefined;
		});
		outcomes.push({ measurement, section, load: [before, load()], minutes: (Date.now() - begun) / 60_000 });
	}
	const report = reportOf(outcomes, { date: new Date(started).toISOString().slice(0, 10), machine: machine(), versions: versions() });
	console.log(options.write ? `\n${summaryOf(outcomes)}\n` : `\n${report}\n`);
	if (options.write) writeReport(report);
}

main()
	.catch((error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	})
	// n8n's clients keep connections open.
	.finally(() => process.exit());
