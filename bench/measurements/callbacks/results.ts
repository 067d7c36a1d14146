import type { HostVersion } from '../../../tools/n8n';
import type { Comparison, Figure, Floor, Section, Table } from '../../bench';
import { formatNumber, median, quantile } from '../../../tools/lib/statistics';
import { formatFigure, ratioOf } from '../../figure';
import type { Received } from './receive';
import type { Receiver } from './receivers';

/** How long a service waits for a response, in ms. Source: AssemblyAI docs, “Webhooks”. */
const TIMEOUT_MS = 10_000;

/** Transcription Trigger, the equivalent built with n8n's own nodes, and a trigger that does as little as possible. */
export type Side = 'ours' | 'builtIn' | 'floor';

/** Each side's workflow. There is no floor for receivers that fetch transcripts. */
export interface Receivers extends Partial<Record<Side, Receiver>> {
	ours: Receiver;
	builtIn: Receiver;
}

/** Results of all sides for one kind of burst. */
export interface Results extends Record<Side, Received[]> {
	version: HostVersion;
	fetches: boolean;
	concurrency: number;
	receivers: Receivers;
}

type Measure = (all: readonly Received[]) => Figure;

const answered: Measure = (all) => ({ values: all.map((one) => one.answered), unit: '/s' });
const ended: Measure = (all) => ({ values: all.map((one) => one.finished), unit: '/s' });
const cpu: Measure = (all) => ({ values: all.map((one) => one.cpuMs), unit: 'ms' });
const delay =
	(share: number): Measure =>
	(all) => ({ values: all.map(({ delaysMs }) => quantile(delaysMs, share)), unit: 'ms' });

export function sectionOf(results: readonly Results[]): Section {
	return {
		introduction: INTRODUCTION,
		comparisons: results.flatMap(comparisonsOf),
		tables: [detailsOf(results)],
		notes: [FLOOR],
	};
}

function comparisonsOf(result: Results): Comparison[] {
	const { version, fetches, concurrency, ours, builtIn, receivers } = result;
	const label = `Callbacks per second, ${fetches ? 'fetched and deduplicated' : 'not fetched'}, ${concurrency} at a time, n8n ${version}`;
	const [target, least] = fetches ? ['more than 1', 1] : ['at least 0.9', 0.9];
	const slowest = delay(0.99)(ours);
	const ratio = ratioOf(ended(ours), ended(builtIn));
	const { floor } = result;
	return [
		{
			label,
			ours: ended(ours),
			baseline: { name: receivers.builtIn.title, figure: ended(builtIn) },
			target,
			met: fetches ? ratio > least : ratio >= least,
			...(!fetches && floor.length > 0 && { floor: plainestOf(ours, floor, receivers.floor?.title ?? '', least) }),
			...(fetches && concurrency !== 16 && { headline: label }),
		},
		{
			label: `${label}: response time, p99`,
			ours: slowest,
			baseline: { name: receivers.builtIn.title, figure: delay(0.99)(builtIn) },
			target: `at most half of ${TIMEOUT_MS / 1000} s`,
			met: median(slowest.values) <= TIMEOUT_MS / 2,
		},
	];
}

/** The floor is a trigger that does as little as possible, because n8n treats its own Webhook node differently. */
function plainestOf(ours: readonly Received[], floor: readonly Received[], name: string, least: number): Floor {
	const figure = ended(floor);
	return { name, figure, target: `at least ${least}`, met: ratioOf(ended(ours), figure) >= least };
}

function detailsOf(results: readonly Results[]): Table {
	const rows = results.flatMap((result) =>
		(['ours', 'builtIn', 'floor'] as const).flatMap((side) => {
			const receiver = result.receivers[side];
			const all = result[side];
			if (!receiver || all.length === 0) return [];
			const failed = all.reduce((sum, one) => sum + one.failed, 0);
			const figures = [answered, ended].map((measure) => formatFigure(measure(all)));
			const medians = [delay(0.5), delay(0.99), cpu].map(
				(measure) => `${formatNumber(median(measure(all).values))} ms`,
			);
			return [
				[
					`${receiver.title}, n8n ${result.version}`,
					String(result.concurrency),
					...figures,
					...medians,
					String(failed),
				],
			];
		}),
	);
	return {
		title: 'All results',
		header: ['', 'at a time', 'answered', 'ended', 'p50', 'p99', 'processor time each', 'failed'],
		rows,
	};
}

const INTRODUCTION = `A separate process sends callbacks in AssemblyAI's format to a published workflow in a real n8n instance with default settings
(SQLite, every execution saved). Each callback is about a different job, and the transcripts are fetched from the sandbox. The rate
covers the time from the first request to the end of the last execution. The response time is that of a single request, and every
response was a 200. Processor time is the total for all of n8n's threads, and is the figure that other programs affect least.`;

const FLOOR = `“The plainest trigger” is a node in this benchmark that only compares one header with a credential,
without deduplication, events, or metadata. It shows how much time n8n itself needs for a callback to any node other than its own Webhook
node. For every other node's webhook, n8n 2.41 starts an expression engine (a V8 isolate, which takes tens of milliseconds of processor
time). In n8n 2.41, that engine sets the floor. n8n 2.8 doesn't start one. Our trigger stays near or below the floor, because callbacks
that arrive at the same time share one read of the credential, for which n8n would start another such engine.`;
