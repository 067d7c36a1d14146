import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceBetween, tableRow, tableSeparator } from '../lib/markdown';
import { median } from '../lib/statistics';
import { projectFolder } from '../n8n';
import type { Approach } from './approach';
import { POLL_SECONDS } from './approaches';
import { FAILING_APPROACHES, type Failure } from './failures';
import type { Figures } from './figures';
import { oneDecimal, ratio, seconds } from './format';

export const page = join(projectFolder, 'docs/compared-to-polling.md');

const MARKERS = ['<!-- measured -->', '<!-- end of what was measured -->'] as const;

/** All measurements and their environment. */
export interface Comparison {
	command: string;
	date: string;
	versions: string;
	/** Lowest and highest load average. */
	load: string;
	approaches: readonly Approach[];
	figures: readonly Figures[];
	failures: readonly Failure[];
}

/** Formats the page's tables as Markdown. */
export function reportOf({ command, date, versions, load, approaches, figures, failures }: Comparison): string {
	const failingApproaches = FAILING_APPROACHES.flatMap(
		(name) => approaches.find((approach) => approach.name === name) ?? [],
	);
	return [
		`\`${command}\`, ${date}, ${versions}, load ${load}. ${figures[0]?.jobs ?? 0} jobs of each length, ± ${POLL_SECONDS / 2} s, for each approach. Requests, calls, executions, and node runs are per job.`,
		'',
		...canvasTable(failingApproaches),
		'',
		...figuresTable(figures),
		...(failures.length > 0 ? ['', ...failuresTable(failures, failingApproaches)] : []),
	].join('\n');
}

function canvasTable(approaches: readonly Approach[]): string[] {
	const list = (names: readonly string[]) => (names.length > 0 ? `${names.length}: ${names.join(', ')}` : '0');
	return [
		...textHeader(approaches),
		tableRow(['Nodes from the recording to its transcript', ...approaches.map(({ nodes }) => list(nodes))]),
		tableRow(['Nodes that recover lost transcripts', ...approaches.map(({ safetyNet }) => list(safetyNet))]),
	];
}

/** The label of each measure and the function that formats its value. */
const MEASURES: ReadonlyArray<[label: string, show: (figures: Figures, polling: Figures) => string]> = [
	['Requests to the service', ({ requests }) => oneDecimal(requests)],
	['Calls to n8n', ({ calls }) => oneDecimal(calls)],
	['Executions', ({ executions }) => oneDecimal(executions)],
	['Node runs', ({ nodeRuns }) => oneDecimal(nodeRuns)],
	[
		'During the jobs',
		({ running, waiting }) =>
			running > 0 ? `${running} executions run` : waiting > 0 ? `${waiting} executions wait` : 'nothing in n8n',
	],
	['Delay, median', ({ delays }) => `${seconds(median(delays))} s`],
	['Delay, lowest to highest', ({ delays }) => `${seconds(delays[0] ?? NaN)} to ${seconds(delays.at(-1) ?? NaN)} s`],
	['Median, compared to polling', ({ delays }, polling) => ratio(median(delays), median(polling.delays))],
];

/** Creates one row per measure and job length, or a single row if the length makes no difference. */
function figuresTable(figures: readonly Figures[]): string[] {
	const titles = [...new Set(figures.map(({ approach }) => approach.title))];
	const lengths = [...new Set(figures.map(({ jobSeconds }) => jobSeconds))];
	const rows = MEASURES.flatMap(([label, show]) => {
		const cells = lengths.map((length) => {
			const ofLength = figures.filter(({ jobSeconds }) => jobSeconds === length);
			const polling = ofLength.find(({ approach }) => approach.name === 'polling');
			return ofLength.map((one) => show(one, polling ?? one));
		});
		const [first = []] = cells;
		const isSame = cells.every((row) => row.join() === first.join());
		return isSame
			? [tableRow([label, ...first])]
			: cells.map((values, index) => tableRow([`${label}, jobs of ${lengths[index]} s`, ...values]));
	});
	return [tableRow(['', ...titles]), tableSeparator(titles.length + 1), ...rows];
}

function failuresTable(failures: readonly Failure[], approaches: readonly Approach[]): string[] {
	return [
		...textHeader(approaches),
		...failures.map(({ title, outcomes }) => tableRow([title, ...FAILING_APPROACHES.map((name) => outcomes[name])])),
	];
}

const textHeader = (approaches: readonly Approach[]) => [
	tableRow(['', ...approaches.map(({ title }) => title)]),
	tableSeparator(approaches.length + 1, approaches.length + 1),
];

/** Replaces the report between the page's markers. @throws Error if the page has no markers */
export const withReport = (text: string, report: string): string =>
	replaceBetween(text, MARKERS, report, 'The page has no markers for the report');

export function writeReport(report: string): void {
	writeFileSync(page, withReport(readFileSync(page, 'utf8'), report));
}
