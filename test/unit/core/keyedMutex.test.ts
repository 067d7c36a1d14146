import { runExclusive } from '../../../nodes/Transcription/core/keyedMutex';

/** Lets other tasks run. */
const tick = async () => await new Promise((resolve) => setImmediate(resolve));

describe('runExclusive', () => {
	it('runs tasks with the same key one at a time, in the order of the calls', async () => {
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

	it('runs tasks with different keys concurrently', async () => {
		let startSecond = () => {};
		const second = new Promise<void>((resolve) => (startSecond = resolve));
		const first = runExclusive('a', async () => await second);
		await runExclusive('b', async () => startSecond());
		await expect(first).resolves.toBeUndefined();
	});

	it('returns the result of its own task to each caller', async () => {
		expect(await Promise.all([runExclusive('key', async () => 1), runExclusive('key', async () => 2)])).toEqual([1, 2]);
	});

	it('runs the next task after a failed one', async () => {
		const failing = runExclusive('key', async () => {
			throw new Error('no');
		});
		const next = runExclusive('key', async () => 'ran');
		await expect(failing).rejects.toThrow('no');
		await expect(next).resolves.toBe('ran');
	});

	it('accepts a task while the last one is finishing', async () => {
		await runExclusive('key', async () => 1);
		expect(await runExclusive('key', async () => 2)).toBe(2);
	});
});
