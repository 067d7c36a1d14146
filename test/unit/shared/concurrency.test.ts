import { mapConcurrently } from '../../../nodes/Transcription/shared/concurrency';

const numbers = (length: number) => Array.from({ length }, (_, index) => index);
const turn = async () => await new Promise((resolve) => setImmediate(resolve));

describe('mapConcurrently', () => {
	it('returns the results in the order of the items', async () => {
		const slowFirst = async (item: number) => {
			for (let turns = item; turns < 20; turns++) await turn();
			return item;
		};
		expect(await mapConcurrently(numbers(20), slowFirst, 7)).toEqual(numbers(20));
	});

	it.each([1, 3, 50])('has at most %d items in progress, and as many if there are enough', async (limit) => {
		let [inProgress, most] = [0, 0];
		const count = async () => {
			most = Math.max(most, ++inProgress);
			await turn();
			inProgress--;
		};
		await mapConcurrently(numbers(60), count, limit);
		expect(most).toBe(limit);
	});

	it('starts nothing after a failure, and throws when the items in progress have ended', async () => {
		const [started, ended]: number[][] = [[], []];
		const work = async (item: number) => {
			started?.push(item);
			if (item === 3) throw new Error('item 3');
			for (let turns = 0; turns < 5; turns++) await turn();
			ended?.push(item);
		};
		await expect(mapConcurrently(numbers(20), work, 5)).rejects.toThrow('item 3');
		expect(started).toEqual([0, 1, 2, 3, 4]);
		expect(ended).toEqual([0, 1, 2, 4]);
	});

	it('throws the error of the first item that failed, even if a later item failed before it', async () => {
		const failing = async (item: number) => {
			for (let turns = item; turns < 5; turns++) await turn();
			throw new Error(`item ${item}`);
		};
		await expect(mapConcurrently(numbers(20), failing, 3)).rejects.toThrow('item 0');
	});

	it('throws an error that is undefined', async () => {
		const failing = async () => await Promise.reject<never>(undefined);
		await expect(mapConcurrently([1], failing)).rejects.toBeUndefined();
	});
});
