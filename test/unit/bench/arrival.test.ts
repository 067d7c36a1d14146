import { comparisonsOf, type Result, tablesOf } from '../../../bench/measurements/arrival/results';
import { variantsFor, type Name, PLANS, SOURCES } from '../../../bench/measurements/arrival/approaches';

const REQUESTS = { url: 2, file: 3 };

/** Creates results where each approach has the given delay. */
function results(delayMs: (name: Name) => number, more: Partial<Result> = {}): Result[] {
	return PLANS.flatMap(({ name }) =>
		SOURCES.map((source) => ({
			name,
			source,
			seconds: 30,
			requests: REQUESTS[source],
			delays: [delayMs(name) - 50, delayMs(name) + 50],
			...more,
		})),
	);
}

const judged = (all: Result[]) =>
	comparisonsOf(all)
		.filter(({ target }) => target)
		.map(({ met }) => met);

it("compares the trigger's mean delay with a tenth of each polling loop's", () => {
	const delays = (trigger: number) => (name: Name) =>
		name === 'trigger' ? trigger : name === 'polling5' ? 2500 : 7500;
	expect(judged(results(delays(250)))).toEqual([true, true, true, true]);
	expect(judged(results(delays(300)))).toEqual([false, true, true, true]);
	expect(judged(results(delays(800)))).toEqual([false, false, true, true]);
});

it('requires exactly two requests, or three with an upload', () => {
	const all = results(() => 100);
	const once = all.map((one) => (one.name === 'trigger' && one.source === 'file' ? { ...one, requests: 3.2 } : one));
	expect(judged(once).slice(-2)).toEqual([true, false]);
});

it("doesn't meet a target if nothing was measured", () => {
	expect(judged(results(() => NaN, { requests: NaN }))).toEqual([false, false, false, false]);
});

it('shows the delays of both sources together, in seconds, and the requests of each source', () => {
	const [delays, requests] = tablesOf(results(() => 100));
	expect(delays?.rows[0]).toEqual(['Submit and Trigger', '0.1', '0.1', '0.05', '0.15']);
	expect(requests?.rows[0]).toEqual(['Submit and Trigger', '2', '3']);
});

it('has a separate account for every approach, length, and source', () => {
	const names = variantsFor([2, 30]).map(({ account }) => account.name);
	expect(new Set(names).size).toBe(PLANS.length * SOURCES.length * 2);
});
