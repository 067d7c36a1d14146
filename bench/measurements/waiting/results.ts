import type { Comparison, Figure, Table } from '../../bench';
import { short } from '../../statistics';
import type { Crowd } from './crowd';

/** Of memory, for each job that waits. */
const MOST_BYTES = 20_000;

type Kind = 'heap' | 'resident' | 'database';

const perJob = ({ gathered, before, waiting }: Crowd, kind: Kind) => (waiting[kind] - before[kind]) / gathered;

const kilobytes = (crowd: Crowd, kind: Kind): Figure => ({ values: [perJob(crowd, kind) / 1000], unit: 'kB' });

/** @param name of what is beside */
export function comparisonsOf(ours: Crowd, name: string, other: Crowd): Comparison[] {
	const weight = (what: string, kind: Kind) => ({
		what: `${what} for each job that waits`,
		ours: kilobytes(ours, kind),
		beside: { name, figure: kilobytes(other, kind) },
	});
	return [
		{ ...weight('Heap', 'heap'), target: `under ${MOST_BYTES / 1000} kB`, met: perJob(ours, 'heap') < MOST_BYTES },
		weight('Resident memory', 'resident'),
		weight('Database', 'database'),
		{
			what: 'Executions that waited at the same time',
			ours: { values: [ours.gathered], unit: '' },
			beside: { name, figure: { values: [other.gathered], unit: '' } },
			target: `all ${ours.jobs}`,
			met: ours.gathered === ours.jobs,
		},
		{
			what: `Until all ${ours.jobs} have gone on`,
			ours: { values: [ours.resumedMs / 1000], unit: 's' },
			beside: { name, figure: { values: [other.resumedMs / 1000], unit: 's' } },
		},
		{
			what: 'Executions that went on and ended well',
			ours: { values: [ours.resumed], unit: '' },
			beside: { name, figure: { values: [other.resumed], unit: '' } },
			target: `all ${ours.jobs}`,
			met: ours.resumed === ours.jobs,
		},
	];
}

const MOMENTS = { before: 'before', waiting: 'while all wait', after: 'after' } as const;

export function tableOf(crowds: ReadonlyArray<[name: string, crowd: Crowd]>): Table {
	const rows = crowds.flatMap(([name, crowd]) =>
		(['before', 'waiting', 'after'] as const).map((moment) => {
			const { heap, resident, database } = crowd[moment];
			return [`${name}: ${MOMENTS[moment]}`, ...[heap, resident, database].map((bytes) => short(bytes / 1e6))];
		}),
	);
	return { title: 'In MB', header: ['', 'Heap', 'Resident', 'Database'], rows };
}

/** `1000 × 200, 3 × no answer within 10 s` */
export const answersIn = ({ callbacks }: Crowd): string =>
	Object.entries(callbacks).map(([answer, times]) => `${times} × ${answer}`).join(', ');
