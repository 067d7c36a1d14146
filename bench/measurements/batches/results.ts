import { formatNumber, median } from '../../../tools/lib/statistics';
import { DEFAULT_CONCURRENCY } from '../../../nodes/Transcription/shared/concurrency';
import type { Comparison, Figure, Section, Table } from '../../bench';
import { formatFigure, ratioOf } from '../../figure';
import { MOST, type Side, type Work } from './nodes';
import { CONNECTION_MEGABYTES } from './service';

/** The durations of a batch, in seconds. */
export interface Batch {
	work: Work;
	latencyMs: number;
	count: number;
	seconds: Record<Side, number[]>;
}

/** The durations of the same uploads, in seconds, and the growth of n8n's memory. */
export interface Uploads {
	count: number;
	megabytes: number;
	ours: Cost[];
	oneByOne: Cost[];
}

interface Cost {
	seconds: number;
	mebibytes: number;
}

const TITLES: Record<Work, string> = { submit: 'Submit', get: 'Get' };
const CONCURRENCY: Record<Work, number> = { submit: DEFAULT_CONCURRENCY.submitUrl, get: DEFAULT_CONCURRENCY.read };

/** The batch that the targets are about. */
const TARGET = { count: 100, latencyMs: 200 };
const MOST_RATIO_TO_HTTP_REQUEST = 1.5;
const MOST_RATIO_TO_IDEAL = 1.3;
const LEAST_SPEEDUP = 2;
const MOST_MEBIBYTES = 64;

export function sectionOf(batches: readonly Batch[], uploads: Uploads): Section {
	return {
		introduction: INTRODUCTION,
		comparisons: [...batches.flatMap(comparisonsOf), ...uploadComparisons(uploads)],
		tables: [everything(batches)],
		notes: [NOTE],
	};
}

const seconds = (values: readonly number[]): Figure => ({ values, unit: 's' });

/** @returns the seconds that a batch takes if nothing but the latency takes time */
const idealOf = ({ count, latencyMs }: Batch, concurrency: number) =>
	(Math.ceil(count / concurrency) * latencyMs) / 1000;

function comparisonsOf(batch: Batch): Comparison[] {
	const { work, count, latencyMs } = batch;
	if (count !== TARGET.count || latencyMs !== TARGET.latencyMs) return [];
	const label = `${TITLES[work]}, ${count} items, ${latencyMs} ms away`;
	const [ours, most, httpRequest] = [
		seconds(batch.seconds.ours),
		seconds(batch.seconds.most),
		seconds(batch.seconds.httpRequest),
	];
	const ideal = seconds([idealOf(batch, CONCURRENCY[work])]);
	return [
		{
			label: `${label}, Concurrency ${MOST}`,
			headline: `${label}, Concurrency ${MOST}`,
			ours: most,
			baseline: { name: 'HTTP Request, all in flight', figure: httpRequest },
			target: `at most ${MOST_RATIO_TO_HTTP_REQUEST}`,
			met: ratioOf(most, httpRequest) <= MOST_RATIO_TO_HTTP_REQUEST,
		},
		{
			label: `${label}, default Concurrency`,
			headline: `${label}, default Concurrency`,
			ours,
			baseline: { name: `⌈${count} / ${CONCURRENCY[work]}⌉ × latency`, figure: ideal },
			target: `at most ${MOST_RATIO_TO_IDEAL}`,
			met: ratioOf(ours, ideal) <= MOST_RATIO_TO_IDEAL,
		},
	];
}

function uploadComparisons({ count, megabytes, ours, oneByOne }: Uploads): Comparison[] {
	const [mine, other] = [ours, oneByOne].map((costs) => seconds(costs.map((cost) => cost.seconds))) as [Figure, Figure];
	const label = `${count} uploads of ${megabytes} MB`;
	const growth = (costs: readonly Cost[]): Figure => ({ values: costs.map(({ mebibytes }) => mebibytes), unit: 'MiB' });
	return [
		{
			label,
			headline: label,
			ours: mine,
			baseline: { name: 'one after the other', figure: other },
			target: `at most ${1 / LEAST_SPEEDUP}`,
			met: ratioOf(mine, other) <= 1 / LEAST_SPEEDUP,
		},
		{
			label: `Memory for ${label}`,
			headline: `Memory for ${label}`,
			ours: growth(ours),
			baseline: { name: 'one after the other', figure: growth(oneByOne) },
			target: `at most ${MOST_MEBIBYTES} MiB`,
			met: Math.max(...growth(ours).values) <= MOST_MEBIBYTES,
		},
	];
}

function everything(batches: readonly Batch[]): Table {
	return {
		title: 'All batches',
		header: ['', 'default', 'ideal', 'ratio', `Concurrency ${MOST}`, 'ideal', 'HTTP Request', `ratio of ${MOST}`],
		rows: batches.map((batch) => {
			const { work, count, latencyMs, seconds: all } = batch;
			const [ideal, idealOfMost] = [idealOf(batch, CONCURRENCY[work]), idealOf(batch, MOST)];
			return [
				`${TITLES[work]}, ${count} items, ${latencyMs} ms`,
				formatFigure(seconds(all.ours)),
				`${formatNumber(ideal)} s`,
				formatNumber(median(all.ours) / ideal),
				formatFigure(seconds(all.most)),
				`${formatNumber(idealOfMost)} s`,
				formatFigure(seconds(all.httpRequest)),
				formatNumber(median(all.most) / median(all.httpRequest)),
			];
		}),
	};
}

const INTRODUCTION = `A server in a separate process responds to every request after a fixed time. Submit sends a URL for each item, and Get fetches a
transcript for each. n8n's own HTTP Request node sends the same requests with a header credential and without Batching, which means
that all are in flight at the same time. All nodes run in the same n8n 2.41, alternately, and the figures are the durations of the
nodes. The ideal is ⌈items / concurrency⌉ × latency. The uploads go to the same server over connections that carry at most
${CONNECTION_MEGABYTES} MB/s each, and it responds after 200 ms. Memory is measured as for [single
uploads](#uploads-through-a-real-n8n), each side in a fresh n8n.`;

const NOTE = `Submit records all items in n8n's database before it sends the first one, so that no recording is paid for twice. HTTP Request
has no such record, and no limit for what is in flight. As long as n8n has received no callback since it started, Submit can't know
whether other processes write to the record, as they do in queue mode, and waits for them once per run: for 0.4 to 0.6 s.`;
