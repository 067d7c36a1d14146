import type { HostVersion } from '../../../tools/n8n';
import type { Comparison, Figure, Section, Table } from '../../bench';
import { median, quantile, ratioOf, short, shown } from '../../statistics';
import type { Received } from './receive';
import type { Way } from './ways';

/** How long a service waits for an answer at most, in ms. Source: AssemblyAI docs, “Webhooks”. */
const PATIENCE_MS = 10_000;

/** The trigger of this package, what a user would build instead, and what is left of a trigger that does next to nothing. */
export type Side = 'ours' | 'byHand' | 'floor';

/** The workflows of the sides; there is no floor for what fetches. */
export interface Ways extends Partial<Record<Side, Way>> {
	ours: Way;
	byHand: Way;
}

/** What all sides took for bursts of one kind. */
export interface Results extends Record<Side, Received[]> {
	version: HostVersion;
	fetches: boolean;
	atOnce: number;
	ways: Ways;
}

type Measure = (all: readonly Received[]) => Figure;

const answered: Measure = (all) => ({ values: all.map((one) => one.answered), unit: '/s' });
const ended: Measure = (all) => ({ values: all.map((one) => one.finished), unit: '/s' });
const cpu: Measure = (all) => ({ values: all.map((one) => one.cpuMs), unit: 'ms' });
const delay = (share: number): Measure => (all) => ({ values: all.map(({ delaysMs }) => quantile(delaysMs, share)), unit: 'ms' });

export function sectionOf(results: readonly Results[]): Section {
	return {
		introduction: INTRODUCTION,
		comparisons: results.flatMap(comparisonsOf),
		tables: [detailsOf(results)],
		notes: [FLOOR],
	};
}

function comparisonsOf(result: Results): Comparison[] {
	const { version, fetches, atOnce, ours, byHand, ways } = result;
	const what = `Callbacks a second, ${fetches ? 'fetched, without duplicates' : 'not fetched'}, ${atOnce} at once, n8n ${version}`;
	const [target, least] = fetches ? ['more than 1', 1] : ['at least 0.9', 0.9];
	const slowest = delay(0.99)(ours);
	const ratio = ratioOf(ended(ours), ended(byHand));
	return [
		{
			what,
			ours: ended(ours),
			beside: { name: ways.byHand.title, figure: ended(byHand) },
			target,
			met: fetches ? ratio > least : ratio >= least,
		},
		{
			what: `${what}: delay of the answer, p99`,
			ours: slowest,
			beside: { name: ways.byHand.title, figure: delay(0.99)(byHand) },
			target: `at most half of ${PATIENCE_MS / 1000} s`,
			met: median(slowest.values) <= PATIENCE_MS / 2,
		},
	];
}

function detailsOf(results: readonly Results[]): Table {
	const rows = results.flatMap((result) =>
		(['ours', 'byHand', 'floor'] as const).flatMap((side) => {
			const way = result.ways[side];
			const all = result[side];
			if (!way || all.length === 0) return [];
			const failed = all.reduce((sum, one) => sum + one.failed, 0);
			const figures = [answered, ended].map((measure) => shown(measure(all)));
			const medians = [delay(0.5), delay(0.99), cpu].map((measure) => `${short(median(measure(all).values))} ms`);
			return [[`${way.title}, n8n ${result.version}`, String(result.atOnce), ...figures, ...medians, String(failed)]];
		}),
	);
	return { title: 'Everything that was measured', header: ['', 'at once', 'answered', 'ended', 'p50', 'p99', 'processor time each', 'failed'], rows };
}

const INTRODUCTION = `Callbacks as AssemblyAI sends them, from a process of their own, to a published workflow of a real n8n with its default
settings (SQLite, every execution saved). Each callback names another job; where the transcript is fetched, it comes from
the sandbox. The rate counts from the first request to the end of the last execution, the delay from a request to its answer, which was
200 each time. Processor time is n8n's, in all its threads: of all figures the one that other programs disturb least.`;

const FLOOR = `“The plainest trigger” is a node of this benchmark that compares one header with a credential and does nothing else:
no duplicates, no event, no metadata. It shows what n8n takes for the callback of any node but its own Webhook, which n8n
2.41 spares an engine for expressions (an isolate of V8, tens of milliseconds of processor time) that every other node's webhook
is given. That engine is the floor there; n8n 2.8 has none. Ours stays near or below the floor, since callbacks that come at
the same time share one reading of the credential, for which n8n starts another such engine.`;
