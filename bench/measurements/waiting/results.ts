import type { Comparison, Figure, Table } from '../../bench';
import { formatNumber } from '../../../tools/lib/statistics';
import type { WaitingExecutions } from './waitingExecutions';

/** Maximum heap used per waiting job. */
const MOST_BYTES = 20_000;

type Kind = 'heap' | 'resident' | 'database';

const perJob = ({ reached, before, waiting }: WaitingExecutions, kind: Kind) =>
	(waiting[kind] - before[kind]) / reached;

const kilobytes = (waiting: WaitingExecutions, kind: Kind): Figure => ({
	values: [perJob(waiting, kind) / 1000],
	unit: 'kB',
});

/** @param name name of the baseline */
export function comparisonsOf(ours: WaitingExecutions, name: string, other: WaitingExecutions): Comparison[] {
	const usage = (label: string, kind: Kind) => ({
		label: `${label} per waiting job`,
		ours: kilobytes(ours, kind),
		baseline: { name, figure: kilobytes(other, kind) },
	});
	return [
		{
			...usage('Heap', 'heap'),
			target: `under ${MOST_BYTES / 1000} kB`,
			met: perJob(ours, 'heap') < MOST_BYTES,
			headline: 'Heap per waiting job',
		},
		usage('Resident memory', 'resident'),
		usage('Database', 'database'),
		{
			label: 'Executions that waited at the same time',
			ours: { values: [ours.reached], unit: '' },
			baseline: { name, figure: { values: [other.reached], unit: '' } },
			target: `all ${ours.jobs}`,
			met: ours.reached === ours.jobs,
		},
		{
			label: `Time until all ${ours.jobs} have continued`,
			ours: { values: [ours.resumedMs / 1000], unit: 's' },
			baseline: { name, figure: { values: [other.resumedMs / 1000], unit: 's' } },
		},
		{
			label: 'Executions that continued and succeeded',
			ours: { values: [ours.resumed], unit: '' },
			baseline: { name, figure: { values: [other.resumed], unit: '' } },
			target: `all ${ours.jobs}`,
			met: ours.resumed === ours.jobs,
		},
	];
}

const MOMENTS = { before: 'before', waiting: 'while all wait', after: 'after' } as const;

export function tableOf(sides: ReadonlyArray<[name: string, waiting: WaitingExecutions]>): Table {
	const rows = sides.flatMap(([name, waiting]) =>
		(['before', 'waiting', 'after'] as const).map((moment) => {
			const { heap, resident, database } = waiting[moment];
			return [`${name}: ${MOMENTS[moment]}`, ...[heap, resident, database].map((bytes) => formatNumber(bytes / 1e6))];
		}),
	);
	return { title: 'In MB', header: ['', 'Heap', 'Resident', 'Database'], rows };
}

/** e.g. `1000 × 200, 3 × no response within 10 s` */
export const formatResponses = ({ callbacks }: WaitingExecutions): string =>
	Object.entries(callbacks)
		.map(([response, times]) => `${times} × ${response}`)
		.join(', ');
