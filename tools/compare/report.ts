import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../n8n';
import { FAILING_WAYS, type Failure } from './failures';
import type { Figures } from './figures';
import { median, ratio, seconds, short } from './statistics';
import type { Way } from './way';
import { POLL_SECONDS } from './ways';

export const page = join(projectFolder, 'docs/compared-to-polling.md');

const BEGIN = '<!-- measured -->';
const END = '<!-- end of what was measured -->';

/** What was measured, and on what. */
export interface Comparison {
	command: string;
	date: string;
	versions: string;
	/** Processes that wanted a core, from least to most. */
	load: string;
	ways: readonly Way[];
	figures: readonly Figures[];
	failures: readonly Failure[];
}

const row = (cells: ReadonlyArray<string | number>) => `| ${cells.join(' | ')} |`;
const line = (columns: number) => row(Array.from({ length: columns }, (_, index) => (index === 0 ? '---' : '---:')));

/** The tables of the page. */
export function reportOf({ command, date, versions, load, ways, figures, failures }: Comparison): string {
	const failingWays = FAILING_WAYS.flatMap((name) => ways.find((way) => way.name === name) ?? []);
	return [
		`\`${command}\`, ${date}, ${versions}, load ${load}. ${figures[0]?.jobs ?? 0} jobs of each length, ± ${POLL_SECONDS / 2} s, on each way; requests, calls, executions and node runs are those of one job.`,
		'',
		...canvasTable(failingWays),
		'',
		...figuresTable(figures),
		...(failures.length > 0 ? ['', ...failuresTable(failures, failingWays)] : []),
	].join('\n');
}

function canvasTable(ways: readonly Way[]): string[] {
	const list = (names: readonly string[]) => (names.length > 0 ? `${names.length}: ${names.join(', ')}` : '0');
	return [
		row(['', ...ways.map(({ title }) => title)]),
		row(['---', ...ways.map(() => '---')]),
		row(['Nodes from the recording to its transcript', ...ways.map(({ nodes }) => list(nodes))]),
		row(['Nodes that bring back what was lost', ...ways.map(({ safetyNet }) => list(safetyNet))]),
	];
}

/** What is counted, and how it is said. */
const MEASURES: ReadonlyArray<[what: string, say: (one: Figures, polling: Figures) => string]> = [
	['Requests to the service', ({ requests }) => short(requests)],
	['Calls to n8n', ({ calls }) => short(calls)],
	['Executions', ({ executions }) => short(executions)],
	['Node runs', ({ nodeRuns }) => short(nodeRuns)],
	['While all of them run', ({ running, waiting }) => (running > 0 ? `${running} executions run` : waiting > 0 ? `${waiting} are parked` : 'nothing in n8n')],
	['Delay, median', ({ delays }) => `${seconds(median(delays))} s`],
	['Delay, from least to most', ({ delays }) => `${seconds(delays[0] ?? NaN)} to ${seconds(delays.at(-1) ?? NaN)} s`],
	['Median, compared', ({ delays }, polling) => ratio(median(delays), median(polling.delays))],
];

/** A row for each measure and length of jobs; one for all lengths where they do not differ. */
function figuresTable(figures: readonly Figures[]): string[] {
	const titles = [...new Set(figures.map(({ way }) => way.title))];
	const lengths = [...new Set(figures.map(({ jobSeconds }) => jobSeconds))];
	const rows = MEASURES.flatMap(([what, say]) => {
		const cells = lengths.map((length) => {
			const ofLength = figures.filter(({ jobSeconds }) => jobSeconds === length);
			const polling = ofLength.find(({ way }) => way.name === 'polling');
			return ofLength.map((one) => say(one, polling ?? one));
		});
		const [first = []] = cells;
		const isAlways = cells.every((row) => row.join() === first.join());
		return isAlways ? [row([what, ...first])] : cells.map((values, index) => row([`${what}, jobs of ${lengths[index]} s`, ...values]));
	});
	return [row(['', ...titles]), line(titles.length + 1), ...rows];
}

function failuresTable(failures: readonly Failure[], ways: readonly Way[]): string[] {
	return [
		row(['', ...ways.map(({ title }) => title)]),
		row(['---', ...ways.map(() => '---')]),
		...failures.map(({ what, outcomes }) => row([what, ...FAILING_WAYS.map((name) => outcomes[name])])),
	];
}

/** @returns the page with the report between its markers @throws where it has none */
export function withReport(text: string, report: string): string {
	const [before, rest] = text.split(BEGIN);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined) throw new Error('The page has no markers for what was measured');
	return `${before}${BEGIN}\n${report}\n${END}${after}`;
}

export function writeReport(report: string): void {
	writeFileSync(page, withReport(readFileSync(page, 'utf8'), report));
}
