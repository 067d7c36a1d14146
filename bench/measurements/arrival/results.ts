import type { Comparison, Figure, Table } from '../../bench';
import { formatNumber, mean, median } from '../../../tools/lib/statistics';
import { type Name, PLANS, type Source, SOURCES } from './approaches';

/** The measurements for one approach, one job length, and one source. */
export interface Result {
	name: Name;
	source: Source;
	seconds: number;
	/** Requests to the service, per job. */
	requests: number;
	/** Time from the end of the job at the service to the start of the next node, in ms. */
	delays: readonly number[];
}

const POLLING = ['polling5', 'polling15'] as const;

/** The factor by which the trigger must be faster than polling. */
const TIMES_SOONER = 10;

const REQUESTS: Record<Source, { label: string; target: number }> = {
	url: { label: 'from a URL', target: 2 },
	file: { label: 'with an upload', target: 3 },
};

const titleOf = (name: Name) => PLANS.find((plan) => plan.name === name)?.title ?? name;
const lengthsIn = (results: readonly Result[]) => [...new Set(results.map(({ seconds }) => seconds))];

/** Returns the delays for both sources, in seconds. */
function delaysOf(results: readonly Result[], name: Name, seconds: number): number[] {
	return results
		.filter((one) => one.name === name && one.seconds === seconds)
		.flatMap(({ delays }) => delays.map((ms) => ms / 1000));
}

export function comparisonsOf(results: readonly Result[]): Comparison[] {
	return [...lengthsIn(results).flatMap((seconds) => delayRows(results, seconds)), ...requestRows(results)];
}

function delayRows(results: readonly Result[], seconds: number): Comparison[] {
	const figure = (name: Name): Figure => ({ values: delaysOf(results, name, seconds), unit: 's', useMean: true });
	const ours = figure('trigger');
	const row = (name: Name) => ({
		label: `Job end to next node on average, jobs of ${seconds} s`,
		ours,
		baseline: { name: titleOf(name), figure: figure(name) },
	});
	return [
		...POLLING.map((name) => ({
			...row(name),
			...(name === 'polling15' && seconds === 30 && { headline: 'From the end of a job of 30 s to the next node' }),
			target: `at most ${1 / TIMES_SOONER}`,
			met: mean(ours.values) * TIMES_SOONER <= mean(figure(name).values),
		})),
		row('floor'),
	];
}

/** The baseline is the slower polling loop with the longest jobs. */
function requestRows(results: readonly Result[]): Comparison[] {
	const longest = Math.max(...lengthsIn(results));
	return SOURCES.map((source) => {
		const of = (name: Name) => results.filter((one) => one.name === name && one.source === source);
		const values = of('trigger').map(({ requests }) => requests);
		const { label, target } = REQUESTS[source];
		return {
			label: `Requests per job ${label}`,
			ours: { values, unit: '' },
			baseline: {
				name: `${titleOf('polling15')}, jobs of ${longest} s`,
				figure: {
					values: of('polling15')
						.filter(({ seconds }) => seconds === longest)
						.map(({ requests }) => requests),
					unit: '',
				},
			},
			target: `exactly ${target}`,
			met: values.length > 0 && values.every((value) => value === target),
		};
	});
}

export function tablesOf(results: readonly Result[]): Table[] {
	return [
		{
			title: 'From the end of the job at the service to the start of the next node, in s',
			header: ['', ...lengthsIn(results).flatMap((seconds) => [`${seconds} s: mean`, 'median', 'min', 'max'])],
			rows: PLANS.map(({ name, title }) => [
				title,
				...lengthsIn(results).flatMap((seconds) => spreadOf(delaysOf(results, name, seconds))),
			]),
		},
		{
			title: 'Requests to the service, per job',
			header: [
				'',
				...lengthsIn(results).flatMap((seconds) => SOURCES.map((source) => `${seconds} s ${REQUESTS[source].label}`)),
			],
			rows: PLANS.map(({ name, title }) => [
				title,
				...lengthsIn(results).flatMap((seconds) => requestsOf(results, name, seconds)),
			]),
		},
	];
}

const spreadOf = (values: readonly number[]) =>
	[mean(values), median(values), Math.min(...values), Math.max(...values)].map(formatNumber);

function requestsOf(results: readonly Result[], name: Name, seconds: number): string[] {
	return SOURCES.map((source) => {
		const found = results.find((one) => one.name === name && one.source === source && one.seconds === seconds);
		return formatNumber(found?.requests ?? NaN);
	});
}
