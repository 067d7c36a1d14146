import { ensurePackedPackage } from '../lib/packedPackage';
import { runCampaign } from './campaign';
import { chained } from './chained/main';
import { killProblems } from './kills';
import { readOptions } from './options';
import { reportOf, writeReport } from './report';
import { SERVICES } from './services';
import { tallyProblems, sumOf, tallyOf } from './tally';

const started = Date.now();

const say = (line: string) => console.log(`[${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s] ${line}`);

/** Runs a campaign, prints its report and puts it into the page. Fails where something was lost, doubled or believed. */
async function main(): Promise<void> {
	const options = readOptions();
	if (!options) return;
	console.log(`Seed: ${options.seed}`);
	const tarball = await ensurePackedPackage(say);
	const outcome = await runCampaign(options, tarball, say);
	const tallies = SERVICES.map((service) => tallyOf(service, outcome.observations));
	const report = reportOf(options, outcome, tallies);
	console.log(`\n${report}\n`);
	if (options.write) writeReport(options, report);
	const problems = [...tallyProblems(sumOf(tallies)), ...killProblems(outcome.killRecords, outcome.observations.rows)];
	for (const problem of problems) console.error(`FAILED: ${problem}`);
	process.exitCode = problems.length === 0 ? 0 : 1;
}

const [kind, ...args] = process.argv.slice(2);

(kind === 'chained' ? chained(args, say) : main())
	.catch((error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	})
	// n8n's clients keep connections open.
	.finally(() => process.exit());
