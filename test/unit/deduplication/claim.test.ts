import { RowDeduplicator } from '../../engine/deduplicator';
import { aProcess, done, eventId, N8n, theOnlyProcess } from './n8n';

const [A, B] = [eventId('a'), eventId('b')];

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe.each([
	['the only process', theOnlyProcess],
	['one of several processes', aProcess],
])('%s', (_which, start) => {
	it('hands on what comes for the first time, and nothing that came before', async () => {
		const [process, n8n] = [start(), new N8n()];
		expect(await done(process.recordReceived(n8n.execution(), [A]))).toEqual(new Set([A]));
		expect(await done(process.recordReceived(n8n.execution(), [B, A]))).toEqual(new Set([B]));
	});

	it('hands an event on once though it stands twice among those of an execution', async () => {
		const [process, n8n] = [start(), new N8n()];
		expect([...(await done(process.recordReceived(n8n.execution(), [A, A])))]).toEqual([A]);
		expect(n8n.keys.filter((key) => key === A)).toEqual([A]);
	});

	it('gives an execution whose node is tried again the same answer, and none to another', async () => {
		const [process, n8n] = [start(), new N8n()];
		const execution = n8n.execution();
		await done(process.recordReceived(execution, [A]));
		expect(await done(process.recordReceived(execution, [A]))).toEqual(new Set([A]));
		expect(await done(process.recordReceived(n8n.execution(), [A]))).toEqual(new Set());
		expect(await done(process.receivedElsewhere(execution, A))).toBe(false);
		expect(await done(process.receivedElsewhere(n8n.execution(), A))).toBe(true);
	});

	it('hands on everything in a test by hand, and leaves no trace', async () => {
		const [process, n8n] = [start(), new N8n()];
		const execution = n8n.execution({ mode: 'manual' });
		expect(await done(process.recordReceived(execution, [A, A]))).toEqual(new Set([A]));
		await done(process.recordAcknowledged(execution, [A]));
		await done(process.recordForeign(execution, ['job']));
		expect(n8n.row.writes).toBe(0);
	});

	it('hands on again what was never acknowledged, once within some minutes', async () => {
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

	it('goes on where the record fails twice, and says what is the matter where it always does', async () => {
		const [process, n8n] = [start(), new N8n()];
		n8n.row.failures = 2;
		expect(await done(process.recordReceived(n8n.execution(), [A]))).toEqual(new Set([A]));
		n8n.row.failures = 99;
		await expect(done(process.recordReceived(n8n.execution(), [B]))).rejects.toThrow('the database is locked');
	});

	it('keeps what it recorded where the record fails after that', async () => {
		class Failing extends RowDeduplicator {
			override async checkProcessedAndRecord(...args: Parameters<RowDeduplicator['checkProcessedAndRecord']>) {
				if (this.writes > 0) throw new Error('the database is gone');
				return await super.checkProcessedAndRecord(...args);
			}
		}
		const [process, n8n] = [start(), new N8n(new Failing())];
		const events = Array.from({ length: 1500 }, (_, job) => eventId(job));
		const mine = await done(process.recordReceived(n8n.execution(), events));
		expect([...mine].sort()).toEqual(events.filter((id) => n8n.keys.includes(id)).sort());
		expect(mine.size).toBe(1000);
		expect(n8n.warnings.join()).toContain('the database is gone');
	});

	it('records thousands of events at once, each handed on', async () => {
		const [process, n8n] = [start(), new N8n()];
		const events = Array.from({ length: 4000 }, (_, job) => eventId(job));
		expect((await done(process.recordReceived(n8n.execution(), events))).size).toBe(4000);
		expect(n8n.keys).toHaveLength(10_000);
	});
});

it('several processes that insert the first record at once all get through', async () => {
	const n8n = new N8n();
	const processes = [aProcess(), aProcess(), aProcess(), aProcess()];
	const events = processes.map((_, index) => eventId(index));
	const all = processes.map(async (process, index) => await process.recordReceived(n8n.execution(), [events[index] as string]));
	expect((await done(Promise.all(all))).map((mine) => mine.size)).toEqual([1, 1, 1, 1]);
	expect(n8n.keys).toEqual(expect.arrayContaining(events));
});

it('several processes that recover an event at once hand it on again once', async () => {
	const n8n = new N8n();
	const processes = [aProcess(), aProcess()];
	await done(processes[0]!.recordReceived(n8n.execution(), [A]));
	await jest.advanceTimersByTimeAsync(3_600_000);
	const all = processes.map(async (process) => await process.recordReceivedAgain(n8n.execution(), [A]));
	expect((await done(Promise.all(all))).map((mine) => mine.size).sort()).toEqual([0, 1]);
});

describe('in the only process', () => {
	it('a callback costs one write, and twenty at once cost two', async () => {
		const [process, n8n] = [theOnlyProcess(), new N8n()];
		await done(process.recordReceived(n8n.execution(), [A]));
		expect(n8n.row.writes).toBe(1);
		const twenty = Array.from({ length: 20 }, async (_, job) => await process.recordReceived(n8n.execution(), [eventId(job)]));
		expect((await done(Promise.all(twenty))).every(({ size }) => size === 1)).toBe(true);
		expect(n8n.row.writes).toBeLessThanOrEqual(3);
	});

	it('an event that comes twenty times at once is handed on once', async () => {
		const [process, n8n] = [theOnlyProcess(), new N8n()];
		const twenty = Array.from({ length: 20 }, async () => await process.recordReceived(n8n.execution(), [A]));
		expect((await done(Promise.all(twenty))).filter(({ size }) => size === 1)).toHaveLength(1);
	});
});

it('goes on, with a warning, where others overwrite the record for ever', async () => {
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
