import { fuzz } from '../../../tools/fuzz/campaign';
import { genuineTargets } from '../../../tools/fuzz/genuine';
import type { FuzzTarget } from '../../../tools/fuzz/target';

/** `npm run test:fuzz` checks more of them, with any seed. */
const SEED = 1;
const COUNT = 10_000;

jest.setTimeout(5 * 60_000);

let targets: FuzzTarget[];
beforeAll(async () => {
	targets = await genuineTargets();
});

it('callbacks as every service sends them are accepted, and announce a job', () => {
	const announced = targets.filter(({ name }) => !name.endsWith('ping')).map(({ verify, read, genuine, proof }) => ({
		ok: verify(genuine, proof).ok,
		...read(genuine),
	}));
	expect(announced).toEqual(announced.map(() => expect.objectContaining({ ok: true, event: 'completed', id: expect.any(String) })));
	expect(targets.map(({ verify, genuine, proof }) => verify(genuine, proof).ok)).not.toContain(false);
});

it('mutated callbacks are refused unless their proof is intact, and none makes verifying or reading throw', () => {
	const { failures, forged, stillProven } = fuzz(targets, SEED, COUNT);
	expect(failures).toEqual([]);
	expect(forged).toBe(COUNT);
	expect(stillProven).toBeGreaterThan(COUNT / 10);
});

describe('the mutations find a verifier that', () => {
	const changed = (change: (target: FuzzTarget) => FuzzTarget['verify']) =>
		fuzz(targets.map((target) => ({ ...target, verify: change(target) })), SEED, 500).failures.join('\n');

	it('accepts everything', () => {
		expect(changed(() => () => ({ ok: true }))).toMatch(/it was accepted/);
	});

	it('ignores the body', () => {
		expect(changed(({ verify, genuine }) => (delivery, proof) => verify({ ...delivery, rawBody: genuine.rawBody }, proof))).toMatch(/it was accepted/);
	});

	it('takes the first of several headers', () => {
		const first = (value: unknown) => (Array.isArray(value) ? value[0] : value) as string;
		expect(
			changed(({ verify }) => (delivery, proof) => {
				const headers = Object.fromEntries(Object.entries(delivery.headers).map(([name, value]) => [name, first(value)]));
				return verify({ ...delivery, headers }, proof);
			}),
		).toMatch(/it was accepted/);
	});

	it('has stopped the clock', () => {
		expect(changed(({ verify, proof: { nowSeconds } }) => (delivery, proof) => verify(delivery, { ...proof, nowSeconds }))).toMatch(/it was accepted/);
	});

	it('throws at a header that is no text', () => {
		expect(
			changed(({ verify, kind }) => (delivery, proof) => {
				for (const name of kind.headers) (delivery.headers[name] as string).trim();
				return verify(delivery, proof);
			}),
		).toMatch(/it threw TypeError/);
	});

	it('refuses genuine ones', () => {
		expect(changed(() => () => ({ ok: false, reason: 'no' }))).toMatch(/it was refused/);
	});
});

it('the same seed gives the same cases', () => {
	const countsOf = () => fuzz(targets, 7, 300).byTarget;
	expect(countsOf()).toEqual(countsOf());
});
