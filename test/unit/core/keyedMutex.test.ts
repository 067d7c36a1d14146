import { runExclusive } from '../../../nodes/Transcription/core/keyedMutex';

/** Gives the other tasks every chance to come in between. */
const tick = async () => await new Promise((resolve) => setImmediate(resolve));

describe('inTurn', () => {
	it('lets tasks of one key run one after the other, in the order of the calls', async () => {
		const log: string[] = [];
		await Promise.all(
			[1, 2, 3].map(
				async (n) =>
					await runExclusive('key', async () => {
						log.push(`begin ${n}`);
						await tick();
						log.push(`end ${n}`);
					}),
			),
		);
		expect(log).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3']);
	});

	it('lets tasks of different keys run at the same time', async () => {
		let secondBegan = () => {};
		const second = new Promise<void>((resolve) => (secondBegan = resolve));
		const first = runExclusive('a', async () => await second);
		await runExclusive('b', async () => secondBegan());
		await expect(first).resolves.toBeUndefined();
	});

	it('gives each caller the result of its own task', async () => {
		expect(await Promise.all([runExclusive('key', async () => 1), runExclusive('key', async () => 2)])).toEqual([1, 2]);
	});

	it('runs the next task after one that failed', async () => {
		const failing = runExclusive('key', async () => {
			throw new Error('no');
		});
		const next = runExclusive('key', async () => 'ran');
		await expect(failing).rejects.toThrow('no');
		await expect(next).resolves.toBe('ran');
	});

	it('takes a task that comes while the last one is finishing', async () => {
		await runExclusive('key', async () => 1);
		expect(await runExclusive('key', async () => 2)).toBe(2);
	});
});
