import type { Comparison, Figure, Section, Table } from '../../bench';
import { formatFigure, ratioOf } from '../../figure';
import type { ListCosts } from './lists';
import { FULL, LISTED, MANY, type RecordCosts } from './record';

/** How much more a callback may cost with a full record than with an empty one. */
const MOST = 1.3;

type Cost = Exclude<keyof RecordCosts, 'keys'>;

const ROWS: ReadonlyArray<{ cost: Cost; label: string; hasTarget?: boolean; headline?: string }> = [
	{ cost: 'callback', label: 'Time per callback', hasTarget: true, headline: 'Callback with a full record' },
	{ cost: 'callbackCpu', label: 'Processor time per callback', hasTarget: true },
	{ cost: 'acknowledge', label: 'Time per execution that acknowledges one event' },
	{ cost: 'acknowledgeCpu', label: 'Processor time per execution that acknowledges one event' },
	{
		cost: 'acknowledgeMany',
		label: `Time of an execution that acknowledges ${MANY.toLocaleString('en')} events`,
		headline: `${MANY.toLocaleString('en')} acknowledgements with a full record`,
	},
	{ cost: 'recoverFirst', label: `Time of the first run of Recover Missed after a start, ${LISTED} listed jobs` },
	{ cost: 'recoverAgain', label: `Time of the next run of Recover Missed, ${LISTED} listed jobs` },
];

const figureOf = (costs: RecordCosts, cost: Cost): Figure => ({ values: costs[cost], unit: 'ms' });
const keysOf = ({ keys }: RecordCosts) => `${keys.toLocaleString('en')} keys`;

/** @param records the costs by the size of the record, starting with the empty one */
export function recordComparisons(records: readonly RecordCosts[]): Comparison[] {
	const [empty, full] = [records[0], records.at(-1)];
	if (!empty || !full) return [];
	return ROWS.map(({ cost, label, hasTarget, headline }) => {
		const [ours, figure] = [figureOf(full, cost), figureOf(empty, cost)];
		return {
			label: `${label}, record of ${keysOf(full)}`,
			ours,
			baseline: { name: 'an empty record', figure },
			...(headline !== undefined && { headline }),
			...(hasTarget && { target: `at most ${MOST}`, met: ratioOf(ours, figure) <= MOST }),
		};
	});
}

export function recordTable(records: readonly RecordCosts[]): Table {
	return {
		title: 'By the number of keys in the record',
		header: ['', ...records.map(keysOf)],
		rows: ROWS.map(({ cost, label }) => [label, ...records.map((costs) => formatFigure(figureOf(costs, cost)))]),
	};
}

/** The time per job or item with the highest number, beside that with the next lower number. */
export function listComparisons(lists: readonly ListCosts[]): Comparison[] {
	return lists.flatMap(({ title, times }) => {
		const [previous, highest] = [...times.keys()].sort((a, b) => a - b).slice(-2);
		if (previous === undefined || highest === undefined) return [];
		const each = (count: number): Figure => ({ values: (times.get(count) ?? []).map((ms) => ms / count), unit: 'ms' });
		const [ours, figure] = [each(highest), each(previous)];
		return {
			label: `${title}: time for each of ${highest.toLocaleString('en')}`,
			ours,
			baseline: { name: `each of ${previous.toLocaleString('en')}`, figure },
			target: `linear: at most ${MOST}`,
			met: ratioOf(ours, figure) <= MOST,
		};
	});
}

function listTable(lists: readonly ListCosts[]): Table {
	return {
		title: 'By the number of listed jobs, or of exported items',
		header: ['', 'lowest', 'middle', 'highest'],
		rows: lists.map(({ title, times }) => {
			const cells = [...times].map(
				([count, values]) => `${count.toLocaleString('en')}: ${formatFigure({ values, unit: 'ms' })}`,
			);
			return [title, ...cells];
		}),
	};
}

export function sectionOf(records: readonly RecordCosts[], lists: readonly ListCosts[]): Section {
	return {
		introduction: INTRODUCTION,
		comparisons: [...recordComparisons(records), ...listComparisons(lists)],
		tables: [recordTable(records), listTable(lists)],
		notes: [FLOOR],
	};
}

const INTRODUCTION = `A workflow’s record of received and acknowledged events holds at most ${FULL.toLocaleString('en')} keys. Workflows whose records have different sizes take turns
in the same n8n 2.41 (regular mode, SQLite). Callbacks are sent one at a time, fetch their transcripts, and are recorded. Their events are
then acknowledged one at a time by another execution of the same workflow. The empty record grows to a few hundred keys while it is
measured. Before Recover Missed runs for the first time, n8n is restarted, so that it must look up every listed job in its record. All
listed jobs were acknowledged. Processor time is the total for all of n8n’s threads, and is the figure that other programs affect least.`;

const FLOOR = `n8n stores a workflow’s record in one row of its database. For each change, it reads and parses the whole row, puts its keys into a set, and writes the row back. That is the floor: with ${FULL.toLocaleString('en')} keys, the row has 270 kB, and in a separate program on this machine, these steps took 2 to 5 ms per change. To remove a key, n8n searches the record from the start, which took 0.1 to 0.2 ms for each key, whether or not it existed. An acknowledgement therefore removes only the keys that are known to exist.`;
