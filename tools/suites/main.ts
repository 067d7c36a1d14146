import { ensurePackedPackage } from '../lib/packedPackage';
import type { HostVersion } from '../n8n/hosts';
import { installInBackground, type BackgroundInstall } from './backgroundInstall';
import { add, format, type Counts, type Suite } from './suite';
import { allSuites } from './suites';

/** All common CI services set this variable. */
const isCi = !['', '0', 'false'].includes(process.env['CI'] ?? '');

const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** A name also selects the suites whose name begins with it and a hyphen, e.g. `e2e`. */
const matchesName = (suite: Suite, words: string[]) =>
	words.some((word) => suite.name === word || suite.name.startsWith(`${word}-`));

function select(suites: Suite[], words: string[]): Suite[] {
	const unknown = words.filter((word) => !suites.some((suite) => matchesName(suite, [word])));
	if (unknown.length > 0) {
		const known = suites.map(({ name }) => name).join(', ');
		throw new Error(
			`There is no suite "${unknown.join('", "')}". Choose from: ${known}, e2e. Without a name, all of them run.`,
		);
	}
	return suites.filter((suite) => (words.length === 0 ? !suite.explicitOnly : matchesName(suite, words)));
}

/** @returns the results, and the reason if the suite was skipped */
async function runSuite(
	suite: Suite,
	buildFailed: boolean,
	maySkip: boolean,
): Promise<{ counts: Counts; skipReason?: string }> {
	try {
		const skipReason = suite.unavailableReason?.();
		if (skipReason !== undefined) {
			if (!maySkip) throw new Error(skipReason);
			return { counts: { passed: 0, failed: 0, skipped: 1 }, skipReason };
		}
		if (suite.needsPackage) {
			if (buildFailed) throw new Error("it needs the packed package, which couldn't be built");
			// Does nothing in a full run. If the suite runs alone, this builds the current package.
			await ensurePackedPackage((line) => console.log(`  ${line}`));
		}
		return { counts: await suite.run() };
	} catch (error) {
		console.log(`\n✖ ${suite.name}: ${(error as Error).message}`);
		return { counts: { passed: 0, failed: 1, skipped: 0 } };
	}
}

/** Runs the named suites, or all of them. Continues after a failure, and exits with code 1 if anything failed. */
export async function main(words: string[]): Promise<void> {
	const started = Date.now();
	const background: { current?: BackgroundInstall } = {};
	const suites = select(allSuites({ wait: async (version) => await background.current?.wait(version) }), words);
	const versions = (['2.41', '2.8'] satisfies HostVersion[]).filter((version) =>
		suites.some(({ host }) => host === version),
	);
	if (versions.length > 0) background.current = installInBackground(versions);

	let total: Counts = { passed: 0, failed: 0, skipped: 0 };
	let buildFailed = false;
	const summary: string[] = [];
	for (const suite of suites) {
		const startedAt = Date.now();
		console.log(`\n━━ ${suite.name}: ${suite.about}`);
		const { counts, skipReason } = await runSuite(suite, buildFailed, words.length === 0 && !isCi);
		if (suite.name === 'build') buildFailed = counts.failed > 0;
		total = add(total, counts);
		const mark = counts.failed > 0 ? '✖' : skipReason === undefined ? '✔' : '–';
		const result = skipReason === undefined ? format(counts) : `skipped: ${skipReason}`;
		summary.push(`${mark} ${suite.name.padEnd(10)} ${seconds(startedAt).padStart(8)}   ${result}`);
		console.log(summary.at(-1));
	}
	console.log(`\n━━ all, ${seconds(started)}\n${summary.join('\n')}\n`);
	console.log(format(total));
	// Exits explicitly, because an engine or a browser that was left open must not keep this process running.
	process.exit(total.failed > 0 ? 1 : 0);
}
