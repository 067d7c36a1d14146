import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison, Measurement, Section, Table } from './bench';
import { ratioOf, short, shown } from './statistics';

/** A measurement and what came of it. */
export interface Outcome {
	measurement: Measurement;
	/** Left out where it failed. */
	section?: Section;
	/** Load of the machine before it began and after it ended. */
	load: [before: number, after: number];
	minutes: number;
}

/** What stands above the results. */
export interface Circumstances {
	date: string;
	machine: string;
	versions: string;
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function tableOf({ title, header, rows }: Table): string {
	const line = row(header.map((_, index) => (index === 0 ? '---' : '---:')));
	return [...(title ? [`**${title}**`, ''] : []), row(header), line, ...rows.map(row)].join('\n');
}

const HEADER = ['', 'Ours', 'Beside', '', 'Ratio', 'Target', 'Met'];

/** Of what may be less than nothing no ratio can be told. */
const ratio = (value: number): string => (value < 0 ? '–' : short(value));

function comparisonRow({ what, ours, beside, target, met }: Comparison): string[] {
	return [
		what,
		shown(ours),
		beside?.name ?? '',
		beside ? shown(beside.figure) : '',
		beside ? ratio(ratioOf(ours, beside.figure)) : '',
		target ?? '',
		met === undefined ? '' : met ? 'yes' : '**no**',
	];
}

/** Everything at a glance. */
export function summaryOf(outcomes: readonly Outcome[]): string {
	const rows = outcomes.flatMap(({ section }) => section?.comparisons.map(comparisonRow) ?? []);
	return tableOf({ header: HEADER, rows });
}

function sectionOf({ measurement, section, load, minutes }: Outcome): string {
	const circumstances = `Took ${short(minutes)} min; load ${load.map((value) => value.toFixed(1)).join(' before, ')} after.`;
	const body = section
		? [section.introduction, ...(section.tables ?? []).map(tableOf), ...(section.notes ?? [])]
		: ['It failed.'];
	return [`## ${measurement.title}`, ...body, circumstances].join('\n\n');
}

/** RESULTS.md. */
export function reportOf(outcomes: readonly Outcome[], { date, machine, versions }: Circumstances): string {
	return [
		'# Results of the benchmark',
		`\`npm run bench\`, ${date}. ${machine}. ${versions}.`,
		'Medians of several runs (means where it says *on average*), and in brackets from least to most. Absolute figures are those of this machine; the ratios, ours divided by the other, are what carries over. Both sides of a ratio were measured in the same run: in turn, or, where it is about memory, one after the other in an n8n of its own.',
		summaryOf(outcomes),
		...outcomes.map(sectionOf),
	].join('\n\n') + '\n';
}

export function writeReport(report: string): void {
	writeFileSync(join(__dirname, 'RESULTS.md'), report);
}
