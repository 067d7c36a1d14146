import { RowDeduplicator } from '../../engine/deduplicator';
import { aProcess, done, eventId, N8n, random, theOnlyProcess, WORKFLOW } from './n8n';

const [A, B] = [eventId('a'), eventId('b')];
const HOUR = 3600;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

/** Starts work that is killed midway, and waits until it makes no more progress. */
async function killed(work: Promise<unknown>): Promise<void> {
	work.catch(() => {});
	await jest.advanceTimersByTimeAsync(5000);
}

describe.each([
	['the only process', theOnlyProcess],
	['one of several processes', aProcess],
])('lookup by %s', (_which, start) => {
	it('reports events that were never received and leaves the record unchanged', async () => {
		const [process, n8n] = [start(), new N8n()];
		await done(process.recordReceived(n8n.execution(), [A]));
		const before = n8n.keys;
		for (let lookup = 0; lookup < 2; lookup++) {
			expect(await done(process.neverReceived(n8n.execution(), [A, B]))).toEqual([B]);
			expect(n8n.keys).toEqual(before);
		}
	});

	it('evicts no keys from a full record', async () => {
		const [process, n8n] = [start(), new N8n()];
		const events = Array.from({ length: 4000 }, (_, job) => eventId(job));
		await done(process.recordReceived(n8n.execution(), events));
		const full = n8n.keys;
		expect(full).toHaveLength(10_000);
		const others = Array.from({ length: 1500 }, (_, job) => eventId(`other-${job}`));
		expect(await done(process.neverReceived(n8n.execution(), [...others, eventId(3999)]))).toEqual(others);
		expect(n8n.keys).toEqual(full);
	});

	it('loses nothing if it is killed between its writes', async () => {
		const n8n = new N8n();
		await done(start().recordReceived(n8n.execution(), [A]));
		await killed(start().neverReceived(n8n.execution({ killedAfter: 1 }), [A, B]));
		expect(n8n.keys).toContain(B);
		const next = start();
		expect(await done(next.neverReceived(n8n.execution(), [B]))).toEqual([B]);
		expect(await done(next.recordReceived(n8n.execution(), [B]))).toEqual(new Set([B]));
		expect(await done(next.neverReceived(n8n.execution(), [B]))).toEqual([]);
	});

	it('doesn’t permanently hide events received or acknowledged after it was killed', async () => {
		const n8n = new N8n();
		await killed(start().neverReceived(n8n.execution({ killedAfter: 1 }), [A]));
		await done(start().recordReceived(n8n.execution(), [A]));
		const next = start();
		expect(await done(next.neverReceived(n8n.execution(), [A]))).toEqual([A]);
		expect(await done(next.recordReceived(n8n.execution(), [A]))).toEqual(new Set([A]));
		await killed(start().neverAcknowledged(n8n.execution({ killedAfter: 1 }), [A], HOUR));
		const last = start();
		await done(last.recordAcknowledged(n8n.execution(), [A]));
		expect(await done(last.neverAcknowledged(n8n.execution(), [A], 0))).toEqual([]);
		expect(await done(last.neverReceived(n8n.execution(), [A]))).toEqual([]);
	});

	it('returns jobs that aren’t known to belong to other workflows, per node', async () => {
		const [process, n8n] = [start(), new N8n()];
		await done(process.recordForeign(n8n.execution(), ['x', 'y', 'x']));
		expect(await done(process.withoutForeign(n8n.execution(), ['x', 'z']))).toEqual(['z']);
		expect(n8n.keys).toEqual([]);
		expect(n8n.row.recorded(`${WORKFLOW.id} n:node`)).toEqual(['x', 'y']);
	});
});

it('still knows which events were acknowledged if a lookup is killed', async () => {
	const [process, n8n] = [theOnlyProcess(), new N8n()];
	await done(process.recordAcknowledged(n8n.execution(), [A]));
	await killed(process.neverAcknowledged(n8n.execution({ killedAfter: 1 }), [A, B], HOUR));
	expect(await done(theOnlyProcess().neverAcknowledged(n8n.execution(), [A, B], HOUR))).toEqual([B]);
});

it('removes its keys later if the cleanup fails, so that no event becomes uncertain or counts as received', async () => {
	class OftenLocked extends RowDeduplicator {
		locked = 3;

		override async removeProcessed(...args: Parameters<RowDeduplicator['removeProcessed']>) {
			if (this.locked-- > 0) throw new Error('the database is locked');
			await super.removeProcessed(...args);
		}
	}
	const n8n = new N8n(new OftenLocked());
	await done(theOnlyProcess().recordReceived(n8n.execution(), [A]));
	const process = theOnlyProcess();
	expect(await done(process.neverReceived(n8n.execution(), [A, B]))).toEqual([B]);
	expect(n8n.warnings).toEqual([expect.stringContaining('Couldn’t clean up')]);
	expect(await done(process.recordReceived(n8n.execution(), [B]))).toEqual(new Set([B]));
	expect(await done(theOnlyProcess().neverReceived(n8n.execution(), [A, B]))).toEqual([]);
});

it('reports that a Remove Duplicates node uses the record', async () => {
	class OtherMode extends RowDeduplicator {
		override async checkProcessedAndRecord(): Promise<never> {
			throw new Error(
				'Deduplication data was originally saved with an incompatible setting of the ‘Keep Items Where’ parameter.',
			);
		}
	}
	const work = theOnlyProcess().recordReceived(new N8n(new OtherMode()).execution(), [A]);
	await expect(done(work)).rejects.toMatchObject({
		message: expect.stringContaining('Remove Duplicates'),
		description: expect.stringContaining('Scope: Node'),
	});
});

it('only looks up leases of received events, so that thousands of other workflows’ jobs need few writes', async () => {
	const [process, n8n] = [theOnlyProcess(), new N8n()];
	const events = Array.from({ length: 2000 }, (_, job) => eventId(job));
	await done(process.recordReceived(n8n.execution(), [A]));
	n8n.row.writes = 0;
	expect(await done(process.neverAcknowledged(n8n.execution(), [A, ...events], 24 * HOUR))).toEqual(events);
	expect(n8n.row.writes).toBeLessThan(30);
});

it('loses no event if several workers look up and receive the same events', async () => {
	const workers = [aProcess(), aProcess(), aProcess()];
	for (let seed = 0; seed < 60; seed++) {
		const chance = random(seed);
		jest.spyOn(Math, 'random').mockImplementation(chance);
		const n8n = new N8n(new RowDeduplicator(() => 1 + chance() * 40));
		const events = Array.from({ length: 5 }, (_, job) => eventId(job));
		const emitted: string[] = [];
		const never: string[] = [];
		const later = async () => await new Promise((resolve) => setTimeout(resolve, chance() * 1500));
		const anyWorker = () => workers[Math.floor(chance() * workers.length)]!;
		const lookups = [1, 2].map(async () => {
			await later();
			never.push(...(await anyWorker().neverReceived(n8n.execution(), events)));
		});
		const deliveries = [...events, ...events].map(async (id) => {
			await later();
			emitted.push(...(await anyWorker().recordReceived(n8n.execution(), [id])));
		});
		await done(Promise.all([...lookups, ...deliveries]));
		expect({ seed, all: [...new Set([...emitted, ...never])].sort() }).toEqual({ seed, all: events });
		expect({ seed, twice: emitted.filter((id, index) => emitted.indexOf(id) !== index) }).toEqual({ seed, twice: [] });
		const rest = await done(workers[0]!.neverReceived(n8n.execution(), events));
		expect({ seed, forgotten: rest.filter((id) => emitted.includes(id)) }).toEqual({ seed, forgotten: [] });
		expect({ seed, left: n8n.keys.filter((key) => key.startsWith('?')) }).toEqual({ seed, left: [] });
	}
}, 120_000);
