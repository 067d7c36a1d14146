import type { RecordCosts } from '../../../bench/measurements/growth/record';
import { listComparisons, recordComparisons } from '../../../bench/measurements/growth/results';

const costs = (keys: number, callback: number[]): RecordCosts => ({
	keys,
	callback,
	callbackCpu: [1],
	acknowledge: [1],
	acknowledgeCpu: [1],
	acknowledgeMany: [1],
	recoverFirst: [1],
	recoverAgain: [1],
});

describe('records', () => {
	it.each([
		[130, true],
		[131, false],
	])('compares the full record with the empty one: %d to 100 ms', (full, met) => {
		const [callback] = recordComparisons([costs(0, [100]), costs(1000, [500]), costs(10_000, [full])]);
		expect(callback).toMatchObject({
			label: 'Time per callback, record of 10,000 keys',
			ours: { values: [full] },
			baseline: { name: 'an empty record', figure: { values: [100] } },
			target: 'at most 1.3',
			met,
		});
	});
});

describe('lists', () => {
	it('compares the time per job of the two largest lists', () => {
		const times = new Map([
			[100, [1000]],
			[1000, [2000, 4000]],
			[5000, [10_000, 20_000]],
		]);
		expect(listComparisons([{ title: 'Get Many', times }])).toEqual([
			expect.objectContaining({
				label: 'Get Many: time for each of 5,000',
				ours: { values: [2, 4], unit: 'ms' },
				baseline: { name: 'each of 1,000', figure: { values: [2, 4], unit: 'ms' } },
				met: true,
			}),
		]);
	});

	it('misses the target if the time grows faster than the list', () => {
		const times = new Map([
			[10, [10]],
			[100, [1000]],
		]);
		expect(listComparisons([{ title: 'Export', times }])[0]?.met).toBe(false);
	});
});
