import { singleFlight } from '../../../nodes/Transcription/core/singleFlight';

const KEY = 'key';

/** A source whose readings end when the test says so. A reading returns its number. */
function aSource() {
	const begun: Array<{ end(): void; fail(error: Error): void }> = [];
	const read = async () => {
		const number = begun.length + 1;
		await new Promise<void>((resolve, reject) => begun.push({ end: resolve, fail: reject }));
		return number;
	};
	return { read, begun };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const passing = async (milliseconds: number) => await jest.advanceTimersByTimeAsync(milliseconds);

describe('current', () => {
	it('shares the reading in progress, per key', async () => {
		const { read, begun } = aSource();
		const readings = singleFlight<number>();
		expect(readings.current(KEY)).toBeUndefined();
		const first = readings.fresh(KEY, read);
		const second = readings.current(KEY);
		expect(readings.current('another key')).toBeUndefined();
		begun[0]?.end();
		expect([await first, await second]).toEqual([1, 1]);
		expect(begun).toHaveLength(1);
	});

	it('keeps nothing once the reading has ended', async () => {
		const readings = singleFlight<number>();
		await readings.fresh(KEY, async () => 1);
		expect(readings.current(KEY)).toBeUndefined();
	});

	it('shares no reading that began a second ago, since it may hang', async () => {
		const { read, begun } = aSource();
		const readings = singleFlight<number>();
		const hanging = readings.fresh(KEY, read);
		await passing(999);
		const joined = readings.current(KEY);
		await passing(1);
		expect(readings.current(KEY)).toBeUndefined();
		const other = readings.fresh(KEY, read);
		begun[1]?.end();
		expect(await other).toBe(2);
		begun[0]?.end();
		expect([await hanging, await joined]).toEqual([1, 1]);
	});
});

describe('next', () => {
	it('begins one reading after the call for all that wait', async () => {
		const { read, begun } = aSource();
		const readings = singleFlight<number>();
		const first = readings.fresh(KEY, read);
		const waiting = Array.from({ length: 100 }, async () => await readings.next(KEY, read));
		await passing(0);
		expect(begun).toHaveLength(2);
		begun[0]?.end();
		begun[1]?.end();
		expect(await first).toBe(1);
		expect(new Set(await Promise.all(waiting))).toEqual(new Set([2]));
	});

	it('does not count a reading that began before the call', async () => {
		const { read, begun } = aSource();
		const readings = singleFlight<number>();
		const early = readings.next(KEY, read);
		await passing(0);
		const late = readings.next(KEY, read);
		begun[0]?.end();
		expect(await early).toBe(1);
		await passing(1000);
		begun[1]?.end();
		expect(await late).toBe(2);
	});

	it('begins one reading per second and key, however often it is called', async () => {
		let readings = 0;
		const flights = singleFlight<number>();
		const read = async () => ++readings;
		const answers: Array<Promise<number>> = [];
		for (let call = 0; call < 100; call++) {
			answers.push(flights.next(KEY, read));
			await passing(50);
		}
		await passing(1000);
		await Promise.all(answers);
		// Five seconds: one at the start, and one after each of them.
		expect(readings).toBe(6);
		const other = flights.next('another key', read);
		await passing(0);
		expect(await other).toBe(7);
	});

	it('lets callers of fresh join the reading that others wait for', async () => {
		const { read, begun } = aSource();
		const readings = singleFlight<number>();
		const failed = readings.next(KEY, read);
		const arrived = readings.fresh(KEY, read);
		await passing(0);
		expect(begun).toHaveLength(1);
		begun[0]?.end();
		expect([await failed, await arrived]).toEqual([1, 1]);
	});

	it('passes a failure on to all that wait, and begins anew afterwards', async () => {
		const { read, begun } = aSource();
		const readings = singleFlight<number>();
		const waiting = Promise.allSettled([readings.next(KEY, read), readings.next(KEY, read)]);
		await passing(0);
		begun[0]?.fail(new Error('gone'));
		expect(await waiting).toMatchObject([{ reason: { message: 'gone' } }, { reason: { message: 'gone' } }]);
		const again = readings.next(KEY, read);
		await passing(1000);
		begun[1]?.end();
		expect(await again).toBe(2);
	});
});
