import { RowDeduplicator } from '../../engine/deduplicator';
import { aProcess, done, eventId, N8n, random, type Record, theOnlyProcess } from './n8n';

/** n8n's queue mode: workers that write one row without knowing of each other. */

const workers = [aProcess(), aProcess(), aProcess()];
const SEEDS = Array.from({ length: 150 }, (_, seed) => seed);

beforeEach(() => void jest.useFakeTimers());
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

/** n8n with a row of some age, whose database takes up to 40 ms between reading and writing. */
function slowN8n(seed: number): { n8n: N8n; chance: () => number } {
	const chance = random(seed);
	jest.spyOn(Math, 'random').mockImplementation(chance);
	return { n8n: new N8n(new RowDeduplicator(() => 1 + chance() * 40)), chance };
}

const anyOf = (processes: Record[], chance: () => number) => processes[Math.floor(chance() * processes.length)] as Record;

/** Hands `count` deliveries of every event to the workers, all within 50 ms. @returns how often each was handed on */
async function deliver(seed: number, processes: Record[], jobs: number, count: number) {
	const { n8n, chance } = slowN8n(seed);
	await done(workers[0]!.recordAcknowledged(n8n.execution(), [eventId('earlier')]));
	const handedOn = new Map<string, number>();
	const deliveries = Array.from({ length: jobs * count }, async (_, delivery) => {
		const id = eventId(delivery % jobs);
		const worker = anyOf(processes, chance);
		await later(chance() * 50);
		const mine = await worker.recordReceived(n8n.execution(), [id]);
		if (mine.has(id)) handedOn.set(id, (handedOn.get(id) ?? 0) + 1);
	});
	await done(Promise.all(deliveries));
	return { n8n, times: [...handedOn.values()], missing: jobs - handedOn.size };
}

const later = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

it('would hand on more than once, were nothing read back', async () => {
	const careless = [theOnlyProcess(), theOnlyProcess()];
	const results = [];
	for (const seed of SEEDS.slice(0, 20)) results.push(await deliver(seed, careless, 1, 4));
	expect(results.flatMap(({ times }) => times).some((times) => times > 1)).toBe(true);
});

it('hands on once what comes two to five times at once on three workers', async () => {
	for (const seed of SEEDS) {
		const { times, missing, n8n } = await deliver(seed, workers, 1, 2 + (seed % 4));
		expect({ seed, times, missing, warnings: n8n.warnings }).toEqual({ seed, times: [1], missing: 0, warnings: [] });
	}
}, 120_000);

it('hands on once, and keeps, each of twenty events that come twice at once on three workers', async () => {
	for (const seed of SEEDS.slice(0, 40)) {
		const { times, missing, n8n } = await deliver(seed, workers, 20, 2);
		expect({ seed, missing, times }).toEqual({ seed, missing: 0, times: Array(20).fill(1) });
		const events = Array.from({ length: 20 }, (_, job) => eventId(job));
		expect({ seed, keys: n8n.keys }).toEqual({ seed, keys: expect.arrayContaining(events) });
	}
}, 120_000);
