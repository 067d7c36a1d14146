import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableRow, tableSeparator } from '../tools/lib/markdown';
import { formatNumber } from '../tools/lib/statistics';
import type { Comparison, Measurement, Section, Table } from './bench';
import { formatFigure, ratioOf } from './figure';

export interface Outcome {
	measurement: Measurement;
	/** Undefined if the measurement failed. */
	section?: Section;
	/** Load average before and after the measurement. */
	load: [before: number, after: number];
	minutes: number;
}

/** The environment of a run. */
interface Environment {
	date: string;
	machine: string;
	versions: string;
}

function tableOf({ title, header, rows }: Table): string {
	return [
		...(title ? [`**${title}**`, ''] : []),
		tableRow(header),
		tableSeparator(header.length),
		...rows.map(tableRow),
	].join('\n');
}

const HEADER = ['', 'Ours', 'Baseline', '', 'Ratio', 'Target', 'Met'];

/** A ratio is meaningless if one of the values is negative. */
const formatRatio = (value: number): string => (value < 0 ? '–' : formatNumber(value));

function comparisonRow({ label, ours, baseline, target, met }: Comparison): string[] {
	return [
		label,
		formatFigure(ours),
		baseline?.name ?? '',
		baseline ? formatFigure(baseline.figure) : '',
		baseline ? formatRatio(ratioOf(ours, baseline.figure)) : '',
		target ?? '',
		met === undefined ? '' : met ? 'yes' : '**no**',
	];
}

/** Returns the table of all comparisons. */
export function summaryOf(outcomes: readonly Outcome[]): string {
	const rows = outcomes.flatMap(({ section }) => section?.comparisons.map(comparisonRow) ?? []);
	return tableOf({ header: HEADER, rows });
}

function sectionOf({ measurement, section, load, minutes }: Outcome): string {
	const circumstances = `Took ${formatNumber(minutes)} min; load ${load.map((value) => value.toFixed(1)).join(' before, ')} after.`;
	const body = section
		? [section.introduction, ...(section.tables ?? []).map(tableOf), ...(section.notes ?? [])]
		: ['It failed.'];
	return [`## ${measurement.title}`, ...body, circumstances].join('\n\n');
}

/** Returns the content of RESULTS.md. */
export function reportOf(outcomes: readonly Outcome[], { date, machine, versions }: Environment): string {
	return (
		[
			'# Results of the benchmark',
			`\`npm run bench\`, ${date}. ${machine}. ${versions}.`,
			'The figures are medians of several runs (or means where it says *on average*), with the range in parentheses. Absolute figures depend on this machine, but the ratios (ours divided by the baseline) should hold on other machines. Both sides of a ratio were measured in the same run, either alternately or, for memory, one after the other in separate n8n processes.',
			summaryOf(outcomes),
			...outcomes.map(sectionOf),
		].join('\n\n') + '\n'
	);
}

export function writeReport(report: string): void {
	writeFileSync(join(__dirname, 'RESULTS.md'), report);
}
