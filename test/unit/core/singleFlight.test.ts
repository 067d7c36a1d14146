import { singleFlight } from '../../../nodes/Transcription/core/singleFlight';

const KEY = 'key';

/** A source whose reads end when the test ends them. Each read returns its sequence number. */
function aSource() {
	const started: Array<{ end(): void; fail(error: Error): void }> = [];
	const read = async () => {
		const number = started.length + 1;
		await new Promise<void>((resolve, reject) => started.push({ end: resolve, fail: reject }));
		return number;
	};
	return { read, started };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const advance = async (milliseconds: number) => await jest.advanceTimersByTimeAsync(milliseconds);

describe('current', () => {
	it('shares the read in progress, per key', async () => {
		const { read, started } = aSource();
		const reads = singleFlight<number>();
		expect(reads.current(KEY)).toBeUndefined();
		const first = reads.fresh(KEY, read);
		const second = reads.current(KEY);
		expect(reads.current('another key')).toBeUndefined();
		started[0]?.end();
		expect([await first, await second]).toEqual([1, 1]);
		expect(started).toHaveLength(1);
	});

	it('caches nothing after the read has ended', async () => {
		const reads = singleFlight<number>();
		await reads.fresh(KEY, async () => 1);
		expect(reads.current(KEY)).toBeUndefined();
	});

	it('doesn’t share a read that started a second ago, since it may hang', async () => {
		const { read, started } = aSource();
		const reads = singleFlight<number>();
		const hanging = reads.fresh(KEY, read);
		await advance(999);
		const joined = reads.current(KEY);
		await advance(1);
		expect(reads.current(KEY)).toBeUndefined();
		const other = reads.fresh(KEY, read);
		started[1]?.end();
		expect(await other).toBe(2);
		started[0]?.end();
		expect([await hanging, await joined]).toEqual([1, 1]);
	});
});

describe('next', () => {
	it('starts one read after the call for all waiting callers', async () => {
		const { read, started } = aSource();
		const reads = singleFlight<number>();
		const first = reads.fresh(KEY, read);
		const waiting = Array.from({ length: 100 }, async () => await reads.next(KEY, read));
		await advance(0);
		expect(started).toHaveLength(2);
		started[0]?.end();
		started[1]?.end();
		expect(await first).toBe(1);
		expect(new Set(await Promise.all(waiting))).toEqual(new Set([2]));
	});

	it('doesn’t join a read that started before the call', async () => {
		const { read, started } = aSource();
		const reads = singleFlight<number>();
		const early = reads.next(KEY, read);
		await advance(0);
		const late = reads.next(KEY, read);
		started[0]?.end();
		expect(await early).toBe(1);
		await advance(1000);
		started[1]?.end();
		expect(await late).toBe(2);
	});

	it('starts at most one read per second and key', async () => {
		let readCount = 0;
		const reads = singleFlight<number>();
		const read = async () => ++readCount;
		const results: Array<Promise<number>> = [];
		for (let call = 0; call < 100; call++) {
			results.push(reads.next(KEY, read));
			await advance(50);
		}
		await advance(1000);
		await Promise.all(results);
		// In five seconds, there is one read at the start and one after each second.
		expect(readCount).toBe(6);
		const other = reads.next('another key', read);
		await advance(0);
		expect(await other).toBe(7);
	});

	it('lets callers of fresh join the read that others are waiting for', async () => {
		const { read, started } = aSource();
		const reads = singleFlight<number>();
		const failed = reads.next(KEY, read);
		const arrived = reads.fresh(KEY, read);
		await advance(0);
		expect(started).toHaveLength(1);
		started[0]?.end();
		expect([await failed, await arrived]).toEqual([1, 1]);
	});

	it('rejects for all waiting callers if the read fails, and starts a new read afterwards', async () => {
		const { read, started } = aSource();
		const reads = singleFlight<number>();
		const waiting = Promise.allSettled([reads.next(KEY, read), reads.next(KEY, read)]);
		await advance(0);
		started[0]?.fail(new Error('gone'));
		expect(await waiting).toMatchObject([{ reason: { message: 'gone' } }, { reason: { message: 'gone' } }]);
		const again = reads.next(KEY, read);
		await advance(1000);
		started[1]?.end();
		expect(await again).toBe(2);
	});
});
