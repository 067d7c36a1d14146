import { RowDeduplicator } from '../../engine/deduplicator';
import { aProcess, done, eventId, N8n, theOnlyProcess } from './n8n';

const [A, B] = [eventId('a'), eventId('b')];

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe.each([
	['the only process', theOnlyProcess],
	['one of several processes', aProcess],
])('%s', (_which, start) => {
	it('returns new events and omits events that were received before', async () => {
		const [process, n8n] = [start(), new N8n()];
		expect(await done(process.recordReceived(n8n.execution(), [A]))).toEqual(new Set([A]));
		expect(await done(process.recordReceived(n8n.execution(), [B, A]))).toEqual(new Set([B]));
	});

	it('returns an event once if the execution passes it twice', async () => {
		const [process, n8n] = [start(), new N8n()];
		expect([...(await done(process.recordReceived(n8n.execution(), [A, A])))]).toEqual([A]);
		expect(n8n.keys.filter((key) => key === A)).toEqual([A]);
	});

	it('returns the same result when a node is retried, and nothing to another execution', async () => {
		const [process, n8n] = [start(), new N8n()];
		const execution = n8n.execution();
		await done(process.recordReceived(execution, [A]));
		expect(await done(process.recordReceived(execution, [A]))).toEqual(new Set([A]));
		expect(await done(process.recordReceived(n8n.execution(), [A]))).toEqual(new Set());
		expect(await done(process.receivedElsewhere(execution, A))).toBe(false);
		expect(await done(process.receivedElsewhere(n8n.execution(), A))).toBe(true);
	});

	it('returns all events in a manual execution and records nothing', async () => {
		const [process, n8n] = [start(), new N8n()];
		const execution = n8n.execution({ mode: 'manual' });
		expect(await done(process.recordReceived(execution, [A, A]))).toEqual(new Set([A]));
		await done(process.recordAcknowledged(execution, [A]));
		await done(process.recordForeign(execution, ['job']));
		expect(n8n.row.writes).toBe(0);
	});

	it('returns an unacknowledged event again, but only once within a few minutes', async () => {
		const [process, n8n] = [start(), new N8n()];
		await done(process.recordReceived(n8n.execution(), [A]));
		expect(await done(process.recordReceivedAgain(n8n.execution(), [A]))).toEqual(new Set());
		await jest.advanceTimersByTimeAsync(600_000);
		const recovery = n8n.execution();
		expect(await done(process.recordReceivedAgain(recovery, [A]))).toEqual(new Set([A]));
		expect(await done(process.recordReceivedAgain(recovery, [A]))).toEqual(new Set([A]));
		expect(await done(process.recordReceivedAgain(n8n.execution(), [A]))).toEqual(new Set());
		expect(await done(process.neverAcknowledged(n8n.execution(), [A], 300))).toEqual([]);
	});

	it('continues if writing the record fails twice, and reports the error if it keeps failing', async () => {
		const [process, n8n] = [start(), new N8n()];
		n8n.row.failures = 2;
		expect(await done(process.recordReceived(n8n.execution(), [A]))).toEqual(new Set([A]));
		n8n.row.failures = 99;
		await expect(done(process.recordReceived(n8n.execution(), [B]))).rejects.toThrow('the database is locked');
	});

	it('returns the events that it recorded before writing the record failed', async () => {
		class Failing extends RowDeduplicator {
			override async checkProcessedAndRecord(...args: Parameters<RowDeduplicator['checkProcessedAndRecord']>) {
				if (this.writes > 0) throw new Error('the database is gone');
				return await super.checkProcessedAndRecord(...args);
			}
		}
		const [process, n8n] = [start(), new N8n(new Failing())];
		const events = Array.from({ length: 1500 }, (_, job) => eventId(job));
		const received = await done(process.recordReceived(n8n.execution(), events));
		expect([...received].sort()).toEqual(events.filter((id) => n8n.keys.includes(id)).sort());
		expect(received.size).toBe(1000);
		expect(n8n.warnings.join()).toContain('the database is gone');
	});

	it('records thousands of events at once and returns all of them', async () => {
		const [process, n8n] = [start(), new N8n()];
		const events = Array.from({ length: 4000 }, (_, job) => eventId(job));
		expect((await done(process.recordReceived(n8n.execution(), events))).size).toBe(4000);
		expect(n8n.keys).toHaveLength(10_000);
	});
});

it('lets several processes insert the first record concurrently', async () => {
	const n8n = new N8n();
	const processes = [aProcess(), aProcess(), aProcess(), aProcess()];
	const events = processes.map((_, index) => eventId(index));
	const all = processes.map(
		async (process, index) => await process.recordReceived(n8n.execution(), [events[index] as string]),
	);
	expect((await done(Promise.all(all))).map(({ size }) => size)).toEqual([1, 1, 1, 1]);
	expect(n8n.keys).toEqual(expect.arrayContaining(events));
});

it('returns an event once if several processes recover it concurrently', async () => {
	const n8n = new N8n();
	const processes = [aProcess(), aProcess()];
	await done(processes[0]!.recordReceived(n8n.execution(), [A]));
	await jest.advanceTimersByTimeAsync(3_600_000);
	const all = processes.map(async (process) => await process.recordReceivedAgain(n8n.execution(), [A]));
	expect((await done(Promise.all(all))).map(({ size }) => size).sort()).toEqual([0, 1]);
});

describe('in the only process', () => {
	it('needs one write for a callback, and at most two more for twenty concurrent ones', async () => {
		const [process, n8n] = [theOnlyProcess(), new N8n()];
		await done(process.recordReceived(n8n.execution(), [A]));
		expect(n8n.row.writes).toBe(1);
		const twenty = Array.from(
			{ length: 20 },
			async (_, job) => await process.recordReceived(n8n.execution(), [eventId(job)]),
		);
		expect((await done(Promise.all(twenty))).every(({ size }) => size === 1)).toBe(true);
		expect(n8n.row.writes).toBeLessThanOrEqual(3);
	});

	it('returns an event once if it arrives twenty times concurrently', async () => {
		const [process, n8n] = [theOnlyProcess(), new N8n()];
		const twenty = Array.from({ length: 20 }, async () => await process.recordReceived(n8n.execution(), [A]));
		expect((await done(Promise.all(twenty))).filter(({ size }) => size === 1)).toHaveLength(1);
	});
});

it('continues with a warning if other processes keep overwriting the record', async () => {
	class Overwritten extends RowDeduplicator {
		override async checkProcessedAndRecord(...args: Parameters<RowDeduplicator['checkProcessedAndRecord']>) {
			await this.clearAllProcessedItems(args[1], args[2]);
			return await super.checkProcessedAndRecord(...args);
		}
	}
	const n8n = new N8n(new Overwritten());
	expect(await done(aProcess().recordReceived(n8n.execution(), [A]))).toEqual(new Set([A]));
	expect(n8n.warnings).toEqual([expect.stringContaining(A)]);
});
