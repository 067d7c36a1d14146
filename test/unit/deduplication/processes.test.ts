import { RowDeduplicator } from '../../engine/deduplicator';
import { aProcess, done, eventId, N8n, random, type Record, theOnlyProcess } from './n8n';

/** n8n's queue mode: independent workers that write to the same database row. */

const workers = [aProcess(), aProcess(), aProcess()];
const SEEDS = Array.from({ length: 150 }, (_, seed) => seed);

beforeEach(() => void jest.useFakeTimers());
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

/** An n8n instance whose database takes up to 40 ms between a read and a write. */
function slowN8n(seed: number): { n8n: N8n; chance: () => number } {
	const chance = random(seed);
	jest.spyOn(Math, 'random').mockImplementation(chance);
	return { n8n: new N8n(new RowDeduplicator(() => 1 + chance() * 40)), chance };
}

const anyOf = (processes: Record[], chance: () => number) =>
	processes[Math.floor(chance() * processes.length)] as Record;

/** Sends every event `count` times to random workers within 50 ms. @returns how often each event was emitted */
async function deliver(seed: number, processes: Record[], jobs: number, count: number) {
	const { n8n, chance } = slowN8n(seed);
	await done(workers[0]!.recordAcknowledged(n8n.execution(), [eventId('earlier')]));
	const emitted = new Map<string, number>();
	const deliveries = Array.from({ length: jobs * count }, async (_, delivery) => {
		const id = eventId(delivery % jobs);
		const worker = anyOf(processes, chance);
		await later(chance() * 50);
		const received = await worker.recordReceived(n8n.execution(), [id]);
		if (received.has(id)) emitted.set(id, (emitted.get(id) ?? 0) + 1);
	});
	await done(Promise.all(deliveries));
	return { n8n, times: [...emitted.values()], missing: jobs - emitted.size };
}

const later = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

it('emits duplicates without checking writes, which shows that the check is needed', async () => {
	const unchecked = [theOnlyProcess(), theOnlyProcess()];
	const results = [];
	for (const seed of SEEDS.slice(0, 20)) results.push(await deliver(seed, unchecked, 1, 4));
	expect(results.flatMap(({ times }) => times).some((times) => times > 1)).toBe(true);
});

it('emits an event once if it arrives two to five times concurrently on three workers', async () => {
	for (const seed of SEEDS) {
		const { times, missing, n8n } = await deliver(seed, workers, 1, 2 + (seed % 4));
		expect({ seed, times, missing, warnings: n8n.warnings }).toEqual({ seed, times: [1], missing: 0, warnings: [] });
	}
}, 120_000);

it('emits each of twenty events once and keeps it, if all arrive twice concurrently on three workers', async () => {
	for (const seed of SEEDS.slice(0, 40)) {
		const { times, missing, n8n } = await deliver(seed, workers, 20, 2);
		expect({ seed, missing, times }).toEqual({ seed, missing: 0, times: Array(20).fill(1) });
		const events = Array.from({ length: 20 }, (_, job) => eventId(job));
		expect({ seed, keys: n8n.keys }).toEqual({ seed, keys: expect.arrayContaining(events) });
	}
}, 120_000);
