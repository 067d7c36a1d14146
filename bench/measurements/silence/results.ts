import type { Comparison, Figure, Table } from '../../bench';
import { formatNumber, median } from '../../../tools/lib/statistics';
import { formatFigure } from '../../figure';
import type { Impact } from './deliveries';
import type { Recording } from './recordings';

/** Transcription Trigger, Get, and the floor, which only fetches and parses the same responses. */
export const SIDES = ['delivered', 'get', 'plain'] as const;

export type Side = (typeof SIDES)[number];

/** One service and one recording. */
export interface Result extends Record<Side, Impact[]> {
	service: string;
	recording: Recording;
	/** Bytes fetched from the service. */
	bytes: number;
}

const TITLES: Record<Side, string> = { delivered: 'Trigger', get: 'Get', plain: '`JSON.parse`' };

/** How much longer n8n may be unresponsive than JSON.parse takes for the same responses, in ms, by number of words. */
const MOST_ABOVE_MS: Readonly<Record<number, number>> = { 30_000: 100, 100_000: 500 };

const silence = (all: readonly Impact[]): Figure => ({ values: all.map(({ silenceMs }) => silenceMs), unit: 'ms' });
const busy = (all: readonly Impact[]): Figure => ({ values: all.map(({ busyMs }) => busyMs), unit: 'ms' });
const cpu = (all: readonly Impact[]): Figure => ({ values: all.map(({ cpuMs }) => cpuMs / 1000), unit: 's' });
const answered = (all: readonly Impact[]): Figure => ({
	values: all.flatMap(({ answeredMs }) => answeredMs ?? []),
	unit: 'ms',
});

const nameOf = ({ service, recording: { words, language } }: Result) =>
	`${service}, ${formatNumber(words)} words${language === 'zh' ? ' without spaces' : ''}`;

export function comparisonsOf(results: readonly Result[]): Comparison[] {
	return results.map((result) => {
		const { delivered, plain, recording } = result;
		const most = MOST_ABOVE_MS[recording.words];
		const above = median(silence(delivered).values) - median(silence(plain).values);
		return {
			label: `Longest unresponsive time while a transcript is delivered: ${nameOf(result)}`,
			ours: silence(delivered),
			baseline: { name: TITLES.plain, figure: silence(plain) },
			...(result.service === 'AssemblyAI' &&
				recording.words === 100_000 && {
					headline: `Longest time without a response while ${formatNumber(recording.words)} words arrive`,
				}),
			...(most !== undefined && { target: `at most ${most} ms more`, met: above <= most }),
		};
	});
}

export function tablesOf(results: readonly Result[]): Table[] {
	const table = (title: string, figureOf: (all: readonly Impact[]) => Figure, sides: readonly Side[]): Table => ({
		title,
		header: ['', ...sides.map((side) => TITLES[side])],
		rows: results.map((result) => [nameOf(result), ...sides.map((side) => formatFigure(figureOf(result[side])))]),
	});
	const [silences, ...others] = [
		table('Longest time without a response from /healthz', silence, SIDES),
		table('Longest processor time of the main thread without a response from /healthz', busy, SIDES),
		table("n8n's processor time per transcript", cpu, SIDES),
		table('Response time of the callback', answered, ['delivered', 'plain']),
	];
	const sizes = results.map(({ bytes }) => `${formatNumber(bytes / 1e6)} MB`);
	return [
		{
			...silences,
			header: [...silences.header, 'fetched'],
			rows: silences.rows.map((row, index) => [...row, sizes[index] ?? '']),
		},
		...others,
	];
}
