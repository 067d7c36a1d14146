import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableRow, tableSeparator } from '../tools/lib/markdown';
import { formatNumber } from '../tools/lib/statistics';
import type { Comparison, Measurement, Section, Table } from './bench';
import { formatCenter, formatFigure, ratioOf } from './figure';

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

function comparisonRow({ label, ours, baseline, target, met, floor }: Comparison): string[] {
	return [
		label,
		formatFigure(ours),
		baseline?.name ?? '',
		baseline ? formatFigure(baseline.figure) : '',
		baseline ? formatRatio(ratioOf(ours, baseline.figure)) : '',
		target ?? '',
		metOf({ met, floor, ours }),
	];
}

function metOf({ met, floor, ours }: Pick<Comparison, 'met' | 'floor' | 'ours'>): string {
	if (met === undefined) return '';
	if (met) return 'yes';
	if (!floor) return '**no**';
	const share = formatRatio(ratioOf(ours, floor.figure));
	return `out of reach; ${floor.met ? 'yes' : '**no**'} beside the floor (${floor.name}: ${share}, ${floor.target})`;
}

const SUMMARY_HEADER = ['What matters', 'Ours', 'Theirs', 'Ratio', 'Verdict'];

/** Returns a short table of the comparisons that have a headline. */
export function summaryOf(outcomes: readonly Outcome[]): string {
	const rows = outcomes.flatMap(
		({ section }) => section?.comparisons.filter(({ headline }) => headline !== undefined).map(summaryRow) ?? [],
	);
	return tableOf({ header: SUMMARY_HEADER, rows });
}

function summaryRow({ headline = '', ours, baseline, target, met, floor }: Comparison): string[] {
	return [
		headline,
		formatCenter(ours),
		baseline ? `${formatCenter(baseline.figure)} (${baseline.name})` : '',
		baseline ? formatRatio(ratioOf(ours, baseline.figure)) : '',
		verdictOf({ ours, target, met, floor }),
	];
}

function verdictOf({ ours, target, met, floor }: Pick<Comparison, 'ours' | 'target' | 'met' | 'floor'>): string {
	if (met === undefined) return 'no target';
	if (met) return `met: ${target}`;
	if (!floor) return `**missed**: ${target}`;
	const share = `${formatRatio(ratioOf(ours, floor.figure))} of the floor (${floor.name})`;
	return `${floor.met ? 'met' : '**missed**'}: ${share}; ${target} is out of reach`;
}

/** Returns the table of all comparisons. */
export function comparisonsOf(outcomes: readonly Outcome[]): string {
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
			'## Summary',
			summaryOf(outcomes),
			'*Ratio* is ours divided by theirs. If a target is physically out of reach, the verdict compares our figure with the floor: the fastest program that does only what is unavoidable. The sections below explain each floor.',
			'## All comparisons',
			comparisonsOf(outcomes),
			...outcomes.map(sectionOf),
		].join('\n\n') + '\n'
	);
}

export function writeReport(report: string): void {
	writeFileSync(join(__dirname, 'RESULTS.md'), report);
}
