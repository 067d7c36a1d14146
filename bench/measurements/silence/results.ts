import type { Comparison, Figure, Table } from '../../bench';
import { median, short, shown } from '../../statistics';
import type { Strain } from './deliveries';
import type { Recording } from './recordings';

/** The trigger of this package, its Get, and the floor: fetching and parsing the same answers, nothing else. */
export const SIDES = ['delivered', 'get', 'plain'] as const;

export type Side = (typeof SIDES)[number];

/** One service and one recording. */
export interface Result extends Record<Side, Strain[]> {
	service: string;
	recording: Recording;
	/** Fetched from the service. */
	bytes: number;
}

const TITLES: Record<Side, string> = { delivered: 'Trigger', get: 'Get', plain: '`JSON.parse`' };

/** How much longer than JSON.parse of the same answers n8n may be silent, in ms, by the number of words. */
const MOST_ABOVE_MS: Readonly<Record<number, number>> = { 30_000: 100, 100_000: 500 };

const silence = (all: readonly Strain[]): Figure => ({ values: all.map(({ silenceMs }) => silenceMs), unit: 'ms' });
const busy = (all: readonly Strain[]): Figure => ({ values: all.map(({ busyMs }) => busyMs), unit: 'ms' });
const cpu = (all: readonly Strain[]): Figure => ({ values: all.map(({ cpuMs }) => cpuMs / 1000), unit: 's' });
const answered = (all: readonly Strain[]): Figure => ({ values: all.flatMap(({ answeredMs }) => answeredMs ?? []), unit: 'ms' });

const nameOf = ({ service, recording: { words, language } }: Result) =>
	`${service}, ${short(words)} words${language === 'zh' ? ' without spaces' : ''}`;

export function comparisonsOf(results: readonly Result[]): Comparison[] {
	return results.map((result) => {
		const { delivered, plain, recording } = result;
		const most = MOST_ABOVE_MS[recording.words];
		const above = median(silence(delivered).values) - median(silence(plain).values);
		return {
			what: `Longest silence while a transcript is delivered: ${nameOf(result)}`,
			ours: silence(delivered),
			beside: { name: TITLES.plain, figure: silence(plain) },
			...(most !== undefined && { target: `at most ${most} ms more`, met: above <= most }),
		};
	});
}

export function tablesOf(results: readonly Result[]): Table[] {
	const table = (title: string, figureOf: (all: readonly Strain[]) => Figure, sides: readonly Side[]): Table => ({
		title,
		header: ['', ...sides.map((side) => TITLES[side])],
		rows: results.map((result) => [nameOf(result), ...sides.map((side) => shown(figureOf(result[side])))]),
	});
	const [silences, ...others] = [
		table('Longest silence of /healthz', silence, SIDES),
		table('Longest time that the main thread was busy without answering /healthz', busy, SIDES),
		table('Processor time of n8n for each transcript', cpu, SIDES),
		table('Until the callback was answered', answered, ['delivered', 'plain']),
	];
	const sizes = results.map(({ bytes }) => `${short(bytes / 1e6)} MB`);
	return [{ ...silences, header: [...silences.header, 'fetched'], rows: silences.rows.map((row, index) => [...row, sizes[index] ?? '']) }, ...others];
}
