import type { Crowd } from '../../../bench/measurements/waiting/crowd';
import { answersIn, comparisonsOf, tableOf } from '../../../bench/measurements/waiting/results';

const weight = (heap: number) => ({ heap, resident: 500e6, database: 2e6 });

const crowd = (more: Partial<Crowd>): Crowd => ({
	jobs: 1000,
	gathered: 1000,
	before: weight(200e6),
	waiting: weight(210e6),
	after: weight(201e6),
	resumedMs: 30_000,
	resumed: 1000,
	callbacks: { '200': 999, 'no answer within 10 s': 2 },
	...more,
});

const judged = (ours: Crowd) => comparisonsOf(ours, 'Polling', crowd({})).flatMap(({ met }) => met ?? []);

it('shares what was added while all wait among the jobs', () => {
	const [heap] = comparisonsOf(crowd({}), 'Polling', crowd({ waiting: weight(400e6) }));
	expect(heap).toMatchObject({ ours: { values: [10], unit: 'kB' }, beside: { name: 'Polling', figure: { values: [200], unit: 'kB' } } });
});

it('wants under 20 kB of heap for each, and none lost', () => {
	expect(judged(crowd({}))).toEqual([true, true, true]);
	expect(judged(crowd({ waiting: weight(221e6) }))).toEqual([false, true, true]);
	expect(judged(crowd({ resumed: 999 }))).toEqual([true, true, false]);
	expect(judged(crowd({ gathered: 999 }))).toEqual([true, false, true]);
});

it('shows every moment in MB, and how callbacks were answered', () => {
	expect(tableOf([['Ours', crowd({})]]).rows).toEqual([
		['Ours: before', '200', '500', '2'],
		['Ours: while all wait', '210', '500', '2'],
		['Ours: after', '201', '500', '2'],
	]);
	expect(answersIn(crowd({}))).toBe('999 × 200, 2 × no answer within 10 s');
});
