import type { WaitingExecutions } from '../../../bench/measurements/waiting/waitingExecutions';
import { formatResponses, comparisonsOf, tableOf } from '../../../bench/measurements/waiting/results';

const usage = (heap: number) => ({ heap, resident: 500e6, database: 2e6 });

const waiting = (more: Partial<WaitingExecutions>): WaitingExecutions => ({
	jobs: 1000,
	reached: 1000,
	before: usage(200e6),
	waiting: usage(210e6),
	after: usage(201e6),
	resumedMs: 30_000,
	resumed: 1000,
	callbacks: { '200': 999, 'no response within 10 s': 2 },
	...more,
});

const judged = (ours: WaitingExecutions) => comparisonsOf(ours, 'Polling', waiting({})).flatMap(({ met }) => met ?? []);

it('divides the increase while all wait by the number of jobs', () => {
	const [heap] = comparisonsOf(waiting({}), 'Polling', waiting({ waiting: usage(400e6) }));
	expect(heap).toMatchObject({
		ours: { values: [10], unit: 'kB' },
		baseline: { name: 'Polling', figure: { values: [200], unit: 'kB' } },
	});
});

it('requires less than 20 kB of heap per job and no lost execution', () => {
	expect(judged(waiting({}))).toEqual([true, true, true]);
	expect(judged(waiting({ waiting: usage(221e6) }))).toEqual([false, true, true]);
	expect(judged(waiting({ resumed: 999 }))).toEqual([true, true, false]);
	expect(judged(waiting({ reached: 999 }))).toEqual([true, false, true]);
});

it('shows every moment in MB, and the responses to callbacks', () => {
	expect(tableOf([['Ours', waiting({})]]).rows).toEqual([
		['Ours: before', '200', '500', '2'],
		['Ours: while all wait', '210', '500', '2'],
		['Ours: after', '201', '500', '2'],
	]);
	expect(formatResponses(waiting({}))).toBe('999 × 200, 2 × no response within 10 s');
});
