import { RowDeduplicator } from '../../engine/deduplicator';
import { aProcess, done, eventId, N8n, random, theOnlyProcess } from './n8n';

const [A, B, C] = [eventId('a'), eventId('b'), eventId('c')];
const HOUR = 3600;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

describe.each([
	['the only process', theOnlyProcess],
	['one of several processes', aProcess],
])('%s', (_which, start) => {
	it('reports events that were received but not acknowledged after the grace period', async () => {
		const [process, n8n] = [start(), new N8n()];
		const execution = n8n.execution();
		await done(process.recordReceived(execution, [A, B]));
		await done(process.recordAcknowledged(execution, [A]));
		expect(await done(process.neverAcknowledged(n8n.execution(), [A, B, C], HOUR))).toEqual([C]);
		await jest.advanceTimersByTimeAsync((HOUR + 150) * 1000);
		await done(process.recordReceived(n8n.execution(), [C]));
		const before = n8n.keys;
		expect(await done(process.neverAcknowledged(n8n.execution(), [A, B, C], HOUR))).toEqual([B]);
		expect(n8n.keys).toEqual(before);
	});

	it('keeps two keys for an acknowledged event', async () => {
		const [process, n8n] = [start(), new N8n()];
		const execution = n8n.execution();
		await done(process.recordReceived(execution, [A]));
		await jest.advanceTimersByTimeAsync(200_000);
		expect(await done(process.recordAcknowledged(execution, [A, A]))).toEqual(new Set());
		expect(n8n.keys).toHaveLength(2);
	});

	it('returns acknowledged events that it hadn’t received, and drops them from then on', async () => {
		const [process, n8n] = [start(), new N8n()];
		expect(await done(process.recordAcknowledged(n8n.execution(), [A]))).toEqual(new Set([A]));
		expect(await done(process.recordReceived(n8n.execution(), [A]))).toEqual(new Set());
		expect(await done(process.neverAcknowledged(n8n.execution(), [A], 0))).toEqual([]);
	});
});

it('needs four writes for twenty concurrent acknowledgements and keeps two keys per event', async () => {
	const [process, n8n] = [theOnlyProcess(), new N8n()];
	const executions = Array.from({ length: 20 }, (_, job) => ({ execution: n8n.execution(), id: eventId(job) }));
	for (const { execution, id } of executions) await done(process.recordReceived(execution, [id]));
	n8n.row.writes = 0;
	await done(
		Promise.all(executions.map(async ({ execution, id }) => await process.recordAcknowledged(execution, [id]))),
	);
	expect(n8n.row.writes).toBeLessThanOrEqual(4);
	expect(n8n.keys).toHaveLength(40);
});

describe('keys to remove', () => {
	it('are only those that exist, if the process received the event itself', async () => {
		const [process, n8n] = [theOnlyProcess(), new N8n()];
		const execution = n8n.execution();
		await done(process.recordReceived(execution, [A]));
		await done(process.recordAcknowledged(execution, [A]));
		expect([n8n.row.searches, n8n.keys.length]).toEqual([2, 2]);
	});

	it('include the lease of an event that was received again', async () => {
		const [process, n8n] = [theOnlyProcess(), new N8n()];
		const execution = n8n.execution();
		await done(process.recordReceived(n8n.execution(), [A]));
		await jest.advanceTimersByTimeAsync(300_000);
		await done(process.recordReceivedAgain(execution, [A]));
		await done(process.recordAcknowledged(execution, [A]));
		expect(n8n.keys).toHaveLength(2);
	});

	it('include the leases that an earlier process of n8n recorded', async () => {
		const n8n = new N8n();
		const execution = n8n.execution();
		await done(theOnlyProcess().recordReceived(execution, [A]));
		await done(theOnlyProcess().recordAcknowledged(execution, [A]));
		expect(n8n.keys).toHaveLength(2);
	});
});

it('keeps every acknowledgement that several workers write concurrently with receipts and lookups', async () => {
	const workers = [aProcess(), aProcess(), aProcess()];
	for (let seed = 0; seed < 60; seed++) {
		const chance = random(seed);
		jest.spyOn(Math, 'random').mockImplementation(chance);
		const n8n = new N8n(new RowDeduplicator(() => 1 + chance() * 40));
		const events = Array.from({ length: 10 }, (_, job) => eventId(job));
		const work = events.map(async (id, index) => {
			const worker = workers[index % workers.length]!;
			const execution = n8n.execution();
			await new Promise((resolve) => setTimeout(resolve, chance() * 200));
			await worker.recordReceived(execution, [id]);
			await worker.recordAcknowledged(execution, [id]);
		});
		const lookup = workers[0]!.neverAcknowledged(n8n.execution(), events, 0);
		await done(Promise.all([...work, lookup]));
		await jest.advanceTimersByTimeAsync(600_000);
		expect({ seed, open: await done(workers[1]!.neverAcknowledged(n8n.execution(), events, 0)) }).toEqual({
			seed,
			open: [],
		});
	}
}, 120_000);

it('remembers nearly 5,000 acknowledged events', async () => {
	const [process, n8n] = [theOnlyProcess(), new N8n(new RowDeduplicator(() => 0))];
	for (let hundred = 0; hundred < 60; hundred++) {
		const execution = n8n.execution();
		const events = Array.from({ length: 100 }, (_, job) => eventId(hundred * 100 + job));
		await done(process.recordReceived(execution, events));
		await done(process.recordAcknowledged(execution, events));
	}
	const last = Array.from({ length: 4800 }, (_, job) => eventId(1200 + job));
	expect(await done(process.neverAcknowledged(n8n.execution(), last, 0))).toEqual([]);
	expect(await done(process.neverReceived(n8n.execution(), last))).toEqual([]);
});
