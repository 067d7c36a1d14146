import { polling, submitAndWait } from '../../../tools/compare/canvases';
import type { Comparison, Measurement, Section, Table } from '../../bench';
import { short } from '../../statistics';
import { type Crowd, gather } from './crowd';

const JOBS = 1000;
const QUICK_JOBS = 50;
const POLL_SECONDS = 15;

/** Of memory, for each job that waits. */
const MOST_BYTES = 20_000;

export const waiting: Measurement = {
	name: 'waiting',
	title: 'A thousand jobs that wait at the same time',
	measure: async (bench) => {
		const jobs = bench.quick ? QUICK_JOBS : JOBS;
		const ours = await gather({ jobs, bench, status: 'waiting', plan: { name: 'wait', title: 'Submit and Wait', draw: submitAndWait() } });
		const other = await gather({
			jobs,
			bench,
			status: 'running',
			plan: { name: 'polling', title: `Polling every ${POLL_SECONDS} s`, draw: polling(POLL_SECONDS) },
		});
		return sectionOf(jobs, ours, other);
	},
};

function sectionOf(jobs: number, ours: Crowd, other: Crowd): Section {
	return {
		introduction: `${jobs} executions with one job each, of a recording given as a URL; the sandbox ends no job before all of them wait, and then all at the same moment. Each side in a fresh n8n with SQLite, after 50 executions that came and went. Memory is that of n8n's main process, its heap after forced garbage collections, over its inspector; the database is what stands in its pages. Beside: HTTP Request (submit), Wait ${POLL_SECONDS} s, HTTP Request (status), IF, back to Wait.`,
		comparisons: comparisonsOf(ours, other),
		tables: [tableOf(ours, other)],
		notes: [`Answers to the callbacks of Submit and Wait: ${Object.entries(ours.callbacks).map(([answer, times]) => `${times} × ${answer}`).join(', ')}.`],
	};
}

const perJob = ({ jobs, before, waiting: then }: Crowd, of: 'heap' | 'resident' | 'database') => (then[of] - before[of]) / jobs;

function comparisonsOf(ours: Crowd, other: Crowd): Comparison[] {
	const name = `Polling every ${POLL_SECONDS} s`;
	const kB = (crowd: Crowd, of: 'heap' | 'resident' | 'database') => ({ values: [perJob(crowd, of) / 1000], unit: 'kB' });
	return [
		{
			what: 'Heap for each job that waits',
			ours: kB(ours, 'heap'),
			beside: { name, figure: kB(other, 'heap') },
			target: `under ${MOST_BYTES / 1000} kB`,
			met: perJob(ours, 'heap') < MOST_BYTES,
		},
		{ what: 'Resident memory for each job that waits', ours: kB(ours, 'resident'), beside: { name, figure: kB(other, 'resident') } },
		{ what: 'Database for each job that waits', ours: kB(ours, 'database'), beside: { name, figure: kB(other, 'database') } },
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

function tableOf(ours: Crowd, other: Crowd): Table {
	const rows = [ours, other].flatMap((crowd, index) => {
		const name = index === 0 ? 'Submit and Wait' : `Polling every ${POLL_SECONDS} s`;
		return (['before', 'waiting', 'after'] as const).map((when) => {
			const { heap, resident, database } = crowd[when];
			return [`${name}: ${when === 'waiting' ? 'while all wait' : when}`, ...[heap, resident, database].map((bytes) => short(bytes / 1e6))];
		});
	});
	return { title: 'In MB', header: ['', 'Heap', 'Resident', 'Database'], rows };
}
