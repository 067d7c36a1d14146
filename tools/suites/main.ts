import { writeFileSync } from 'node:fs';
import { ensurePackedPackage } from '../lib/packedPackage';
import type { HostVersion } from '../n8n/hosts';
import { installInBackground, type BackgroundInstall } from './backgroundInstall';
import { repeatFailed } from './repeat';
import { COUNTS_FILE, runSideBySide } from './sideBySide';
import { add, failedCheck, format, NONE, type Counts, type Suite } from './suite';
import { allSuites } from './suites';

/** All common CI services set this variable. */
const isCi = !['', '0', 'false'].includes(process.env['CI'] ?? '');

/** Set if `runSideBySide` started this process. */
const countsFile = process.env[COUNTS_FILE];

/** Selects all suites that run without being named, so that others can be added: `npm test -- default cms`. */
const DEFAULT = 'default';

const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** A name also selects the suites whose name begins with it and a hyphen, e.g. `e2e`. */
const matchesName = ({ name, explicitOnly = false }: Suite, words: string[]) =>
	words.some((word) => (word === DEFAULT ? !explicitOnly : name === word || name.startsWith(`${word}-`)));

function select(suites: Suite[], words: string[]): Suite[] {
	const unknown = words.filter((word) => !suites.some((suite) => matchesName(suite, [word])));
	if (unknown.length > 0) {
		const known = suites.map(({ name }) => name).join(', ');
		throw new Error(
			`There is no suite "${unknown.join('", "')}". Choose from: ${known}, e2e. Without a name, all of them run.`,
		);
	}
	return suites.filter((suite) => matchesName(suite, words.length === 0 ? [DEFAULT] : words));
}

async function runSuite(suite: Suite, files?: readonly string[]): Promise<Counts> {
	try {
		// Does nothing in a full run. If the suite runs alone, this builds the current package.
		if (suite.needsPackage) await ensurePackedPackage((line) => console.log(`  ${line}`));
		return await suite.run(files);
	} catch (error) {
		const failure = `${suite.name}: ${(error as Error).message}`;
		console.log(`\n✖ ${failure}`);
		return failedCheck(failure);
	}
}

interface Entry {
	counts: Counts;
	duration: string;
	skipReason?: string;
}

/** The results of all suites so far, which are shown at once and again at the end. */
class Summary {
	private readonly started = Date.now();

	private readonly entries = new Map<Suite, Entry>();

	/** The sum of all results. */
	get total(): Counts {
		return [...this.entries.values()].map(({ counts }) => counts).reduce(add, NONE);
	}

	add(suite: Suite, counts: Counts, startedAt: number, skipReason?: string): void {
		const entry = { counts, duration: seconds(startedAt), skipReason };
		this.entries.set(suite, entry);
		this.showLine(suite, entry);
	}

	/** Runs what failed again, one suite after the other. */
	async repeat(): Promise<void> {
		for (const [suite, { counts, ...entry }] of this.entries) {
			const final = await repeatFailed(suite, counts, async (files) => await runSuite(suite, files));
			if (final === counts) continue;
			this.entries.set(suite, { ...entry, counts: final });
			this.showLine(suite, { ...entry, counts: final });
		}
	}

	show(): void {
		const { total } = this;
		const lines = [...this.entries].map(([suite, entry]) => lineFor(suite, entry));
		console.log(`\n━━ all, ${seconds(this.started)}\n${lines.join('\n')}\n`);
		for (const failure of total.unstable) console.log(`◐ failed at first, and passed alone: ${failure}`);
		for (const failure of total.failures) console.log(`✖ ${failure}`);
		console.log(format(total));
	}

	private showLine(suite: Suite, entry: Entry): void {
		// Otherwise, the process that started this one shows it.
		if (!countsFile) console.log(lineFor(suite, entry));
	}
}

function lineFor({ name }: Suite, { counts, duration, skipReason }: Entry): string {
	const mark = counts.failed > 0 ? '✖' : skipReason === undefined ? '✔' : '–';
	const result = skipReason === undefined ? format(counts) : `skipped: ${skipReason}`;
	return `${mark} ${name.padEnd(16)} ${duration.padStart(8)}   ${result}`;
}

/** Reports the suites that can't run on this machine, and returns the others. */
function withoutUnavailable(suites: Suite[], maySkip: boolean, summary: Summary): Suite[] {
	return suites.filter((suite) => {
		const reason = suite.unavailableReason?.();
		if (reason === undefined) return true;
		const failure = `${suite.name}: ${reason}`;
		if (!maySkip) console.log(`\n✖ ${failure}`);
		const counts = maySkip ? { ...NONE, skipped: 1 } : failedCheck(failure);
		summary.add(suite, counts, Date.now(), maySkip ? reason : undefined);
		return false;
	});
}

/**
 * Runs the named suites, or all of them. A single suite runs in this process. Several run side by side once the package is
 * built, each in a process of its own. Continues after a failure, and exits with code 1 if anything failed.
 */
export async function main(words: string[]): Promise<void> {
	const background: { current?: BackgroundInstall } = {};
	const selected = select(allSuites({ wait: async (version) => await background.current?.wait(version) }), words);
	const versions = (['2.41', '2.8'] satisfies HostVersion[]).filter((version) =>
		selected.some(({ host }) => host === version),
	);
	if (versions.length > 0) background.current = installInBackground(versions);

	const summary = new Summary();
	const runHere = async (suite: Suite) => {
		const startedAt = Date.now();
		console.log(`\n━━ ${suite.name}: ${suite.about}`);
		const counts = await runSuite(suite);
		summary.add(suite, counts, startedAt);
		return counts;
	};
	let suites = withoutUnavailable(selected, words.length === 0 && !isCi, summary);
	const build = suites.find(({ name }) => name === 'build');
	if (build && suites.length > 1) {
		suites = suites.filter((suite) => suite !== build);
		if ((await runHere(build)).failed > 0) {
			for (const suite of suites.filter(({ needsPackage }) => needsPackage)) {
				const failure = `${suite.name}: it needs the packed package, which couldn't be built`;
				console.log(`\n✖ ${failure}`);
				summary.add(suite, failedCheck(failure), Date.now());
			}
			suites = suites.filter(({ needsPackage }) => !needsPackage);
		}
	}
	const [only] = suites;
	if (only && suites.length === 1) {
		await runHere(only);
	} else {
		await runSideBySide(suites, {
			isInstalled: ({ host }) => host === undefined || background.current?.hasEnded(host) === true,
			onEnd: (suite, counts, startedAt) => summary.add(suite, counts, startedAt),
		});
		await summary.repeat();
	}
	if (countsFile) writeFileSync(countsFile, JSON.stringify(summary.total));
	else summary.show();
	// Exits explicitly, because an engine or a browser that was left open must not keep this process running.
	process.exit(summary.total.failed > 0 ? 1 : 0);
}
