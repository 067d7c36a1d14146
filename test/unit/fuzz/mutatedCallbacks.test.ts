import { fuzz } from '../../../tools/fuzz/campaign';
import { genuineTargets } from '../../../tools/fuzz/genuine';
import type { FuzzTarget } from '../../../tools/fuzz/target';

/** `npm run test:fuzz` checks more cases, with any seed. */
const SEED = 1;
const COUNT = 10_000;

jest.setTimeout(5 * 60_000);

let targets: FuzzTarget[];
beforeAll(async () => {
	targets = await genuineTargets();
});

it('accepts genuine callbacks of every service and reads their job ID', () => {
	const announced = targets
		.filter(({ name }) => !name.endsWith('ping'))
		.map(({ verify, read, genuine, proof }) => ({
			ok: verify(genuine, proof).ok,
			...read(genuine),
		}));
	expect(announced).toEqual(
		announced.map(() => expect.objectContaining({ ok: true, event: 'completed', id: expect.any(String) })),
	);
	expect(targets.map(({ verify, genuine, proof }) => verify(genuine, proof).ok)).not.toContain(false);
});

it('rejects mutated callbacks unless their proof is intact, and never throws', () => {
	const { failures, forged, valid } = fuzz(targets, SEED, COUNT);
	expect(failures).toEqual([]);
	expect(forged).toBe(COUNT);
	expect(valid).toBeGreaterThan(COUNT / 10);
});

describe('detects a verifier that', () => {
	const changed = (change: (target: FuzzTarget) => FuzzTarget['verify']) =>
		fuzz(
			targets.map((target) => ({ ...target, verify: change(target) })),
			SEED,
			500,
		).failures.join('\n');

	it('accepts everything', () => {
		expect(changed(() => () => ({ ok: true }))).toMatch(/it was accepted/);
	});

	it('ignores the body', () => {
		expect(
			changed(
				({ verify, genuine }) =>
					(delivery, proof) =>
						verify({ ...delivery, rawBody: genuine.rawBody }, proof),
			),
		).toMatch(/it was accepted/);
	});

	it('uses the first of several headers', () => {
		const first = (value: unknown) => (Array.isArray(value) ? value[0] : value) as string;
		expect(
			changed(({ verify }) => (delivery, proof) => {
				const headers = Object.fromEntries(
					Object.entries(delivery.headers).map(([name, value]) => [name, first(value)]),
				);
				return verify({ ...delivery, headers }, proof);
			}),
		).toMatch(/it was accepted/);
	});

	it("doesn't check the time", () => {
		expect(
			changed(
				({ verify, proof: { nowSeconds } }) =>
					(delivery, proof) =>
						verify(delivery, { ...proof, nowSeconds }),
			),
		).toMatch(/it was accepted/);
	});

	it("throws if a header isn't a string", () => {
		expect(
			changed(({ verify, kind }) => (delivery, proof) => {
				for (const name of kind.headers) (delivery.headers[name] as string).trim();
				return verify(delivery, proof);
			}),
		).toMatch(/it threw TypeError/);
	});

	it('rejects genuine callbacks', () => {
		expect(changed(() => () => ({ ok: false, reason: 'no' }))).toMatch(/it was rejected/);
	});
});

it('generates the same cases for the same seed', () => {
	const countsOf = () => fuzz(targets, 7, 300).byTarget;
	expect(countsOf()).toEqual(countsOf());
});
