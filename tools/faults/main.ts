import { progressLogger, runCommandLine } from '../lib/cli';
import { ensurePackedPackage } from '../lib/packedPackage';
import { runCampaign } from './campaign';
import { chained } from './chained/main';
import { killProblems } from './kills';
import { readOptions } from './options';
import { reportOf, writeReport } from './report';
import { SERVICES } from './services';
import { tallyProblems, sumOf, tallyOf } from './tally';

const { say } = progressLogger();

/** Runs a campaign and prints its report. Fails if anything was lost or duplicated, or if a forged callback was accepted. */
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

runCommandLine(async () => await (kind === 'chained' ? chained(args, say) : main()));
