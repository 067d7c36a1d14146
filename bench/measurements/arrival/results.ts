import type { Comparison, Figure, Table } from '../../bench';
import { mean, median, short } from '../../statistics';
import { type Name, PLANS, type Source, SOURCES } from './ways';

/** What one way cost for jobs of one length and recordings of one kind. */
export interface Result {
	name: Name;
	source: Source;
	seconds: number;
	/** To the service, per job. */
	requests: number;
	/** From the end of the job at the service to the start of the next node, in ms. */
	delays: readonly number[];
}

const POLLING = ['polling5', 'polling15'] as const;

/** How much sooner the trigger shall bring a transcript. */
const TIMES_SOONER = 10;

const REQUESTS: Record<Source, { what: string; target: number }> = {
	url: { what: 'from a URL', target: 2 },
	file: { what: 'with an upload', target: 3 },
};

const titleOf = (name: Name) => PLANS.find((plan) => plan.name === name)?.title ?? name;
const lengthsIn = (results: readonly Result[]) => [...new Set(results.map(({ seconds }) => seconds))];

/** In seconds, of recordings of both kinds. */
function delaysOf(results: readonly Result[], name: Name, seconds: number): number[] {
	return results.filter((one) => one.name === name && one.seconds === seconds).flatMap(({ delays }) => delays.map((ms) => ms / 1000));
}

export function comparisonsOf(results: readonly Result[]): Comparison[] {
	return [...lengthsIn(results).flatMap((seconds) => delayRows(results, seconds)), ...requestRows(results)];
}

function delayRows(results: readonly Result[], seconds: number): Comparison[] {
	const figure = (name: Name): Figure => ({ values: delaysOf(results, name, seconds), unit: 's', onAverage: true });
	const ours = figure('trigger');
	const row = (name: Name) => ({
		what: `Done to next node on average, jobs of ${seconds} s`,
		ours,
		beside: { name: titleOf(name), figure: figure(name) },
	});
	return [
		...POLLING.map((name) => ({
			...row(name),
			target: `at most ${1 / TIMES_SOONER}`,
			met: mean(ours.values) * TIMES_SOONER <= mean(figure(name).values),
		})),
		row('floor'),
	];
}

/** Beside the longest jobs of the loop that asks least. */
function requestRows(results: readonly Result[]): Comparison[] {
	const longest = Math.max(...lengthsIn(results));
	return SOURCES.map((source) => {
		const of = (name: Name) => results.filter((one) => one.name === name && one.source === source);
		const values = of('trigger').map(({ requests }) => requests);
		const { what, target } = REQUESTS[source];
		return {
			what: `Requests per job ${what}`,
			ours: { values, unit: '' },
			beside: {
				name: `${titleOf('polling15')}, jobs of ${longest} s`,
				figure: { values: of('polling15').filter(({ seconds }) => seconds === longest).map(({ requests }) => requests), unit: '' },
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
			header: ['', ...lengthsIn(results).flatMap((seconds) => [`${seconds} s: mean`, 'median', 'least', 'most'])],
			rows: PLANS.map(({ name, title }) => [title, ...lengthsIn(results).flatMap((seconds) => spreadOf(delaysOf(results, name, seconds)))]),
		},
		{
			title: 'Requests to the service, per job',
			header: ['', ...lengthsIn(results).flatMap((seconds) => SOURCES.map((source) => `${seconds} s ${REQUESTS[source].what}`))],
			rows: PLANS.map(({ name, title }) => [title, ...lengthsIn(results).flatMap((seconds) => requestsOf(results, name, seconds))]),
		},
	];
}

const spreadOf = (values: readonly number[]) => [mean(values), median(values), Math.min(...values), Math.max(...values)].map(short);

function requestsOf(results: readonly Result[], name: Name, seconds: number): string[] {
	return SOURCES.map((source) => {
		const found = results.find((one) => one.name === name && one.source === source && one.seconds === seconds);
		return short(found?.requests ?? NaN);
	});
}
