import { tableRow, tableSeparator } from '../../lib/markdown';
import type { ChainedOptions } from './options';
import { killTables } from './killReport';
import { killResultProblems } from './killResult';
import type { Killed } from './kills';
import type { Result } from './result';
import { firstTitle, nameOf, nextTitle, type Scenario, TRIGGERS } from './scenarios';

const COLUMNS: ReadonlyArray<[heading: string, cell: (result: Result) => string | number]> = [
	['first node', ({ scenario }) => firstTitle(scenario)],
	['callbacks', ({ scenario }) => TRIGGERS[scenario.trigger]],
	['next node', ({ scenario }) => nextTitle(scenario)],
	['executions', ({ started }) => started],
	['continued twice', ({ continuedTwice }) => continuedTwice],
	['submitted twice', ({ submittedTwice }) => submittedTwice],
	['submits repeated', ({ repeatedSubmits }) => repeatedSubmits],
	['passed the next node twice', ({ passedNextTwice }) => passedNextTwice],
	["n8n's Wait resumed by a stale request", ({ nextResumedByStale }) => nextResumedByStale],
	['not finished', ({ unfinished }) => unfinished],
];

/** Kinds of scenarios. Scenarios of one kind are reported together. */
export const KINDS = ['races', 'deadline', 'kills'] as const;
type Kind = (typeof KINDS)[number];

/** The heading is part of the report, so that the page has none for a kind that wasn't run. */
const HEADINGS: Record<Kind, string> = {
	races: 'Callbacks of the first node that arrive twice or late:',
	deadline: 'Callbacks around the deadline:',
	kills: 'Kills:',
};

export const kindOf = ({ trigger }: Scenario): Kind =>
	trigger === 'killed' ? 'kills' : trigger === 'deadline' ? 'deadline' : 'races';

/** Formats the report of one kind: heading, command line, duration, verdict, and tables. */
export function chainedReport(
	options: ChainedOptions,
	kind: Kind,
	minutes: number,
	results: readonly Result[],
	killed?: Killed,
): string {
	const problems = [...scenarioProblems(results), ...killResultProblems(killed?.results ?? [])];
	return [
		HEADINGS[kind],
		'',
		`\`${commandOf(options, kind)}\` (n8n ${options.version}, ${minutes.toFixed(1)} minutes): ${problems.length === 0 ? 'passed' : `**failed**: ${problems.join('; ')}`}.`,
		'',
		...(killed ? killTables(killed) : raceTable(results)),
	].join('\n');
}

function raceTable(results: readonly Result[]): string[] {
	return [
		tableRow(COLUMNS.map(([heading]) => heading)),
		tableSeparator(COLUMNS.length, 3),
		...results.map((result) => tableRow(COLUMNS.map(([, cell]) => cell(result)))),
		...results.filter(({ scenario }) => scenario.trigger === 'deadline').flatMap(deadlineLines),
	];
}

function deadlineLines({ started, byDeadline, doubleOffsets }: Result): string[] {
	const seconds = doubleOffsets.map((offset) => offset.toFixed(1)).join(', ');
	return [
		'',
		`Callbacks arrived from 5 s before the deadline to 2 s after it. ${byDeadline} of ${started} executions continued at the deadline.` +
			(seconds === '' ? '' : ` In those that continued twice, the callback arrived ${seconds} s after the deadline.`),
	];
}

/** Returns the reasons why a run failed. n8n's own Wait node is measured, but can't make a run fail. */
export function scenarioProblems(results: readonly Result[]): string[] {
	return results
		.filter(({ scenario }) => scenario.first === 'submitAndWait')
		.flatMap((result) => {
			const { scenario, continuedTwice, repeatedSubmits, unfinished } = result;
			const problems = [
				continuedTwice > 0 && `${continuedTwice} executions continued twice`,
				repeatedSubmits > 0 && `${repeatedSubmits} submits were repeated`,
				unfinished > 0 && `${unfinished} executions didn't finish`,
			].filter((problem) => problem !== false);
			return problems.map((problem) => `${nameOf(scenario)}: ${problem}`);
		});
}

function commandOf({ mode, version, count, concurrency, seed, only, kills }: ChainedOptions, kind: Kind): string {
	const scenarios = only === undefined ? '' : ` --scenarios ${only}`;
	const load = kind === 'kills' ? `--kills ${kills}` : `--concurrency ${concurrency}`;
	return `npm run test:faults -- chained --mode ${mode} --n8n ${version}${scenarios}${count === undefined ? '' : ` --count ${count}`} ${load} --seed ${seed}`;
}
