import fc from 'fast-check';
import { MAX_ATTEMPTS, retryAfterMs, retryDelayMs, type RequestFailure } from '../../../nodes/Transcription/http/retry';

const delay = (failure: RequestFailure, idempotent = true, attempt = 1, random = 0) =>
	retryDelayMs(failure, idempotent, attempt, random, 0);

describe('retryDelayMs', () => {
	it.each([408, 429, 500, 502, 503, 504])('retries a read after status %d', (status) => {
		expect(delay({ status })).toBeGreaterThan(0);
	});

	it.each([300, 301, 400, 401, 402, 403, 404, 409, 413, 422])('doesn’t retry a read after status %d', (status) => {
		expect(delay({ status })).toBeUndefined();
	});

	it('retries a submit after 429, which means that the service didn’t accept it', () => {
		expect(delay({ status: 429 }, false)).toBeGreaterThan(0);
	});

	it.each([408, 500, 502, 503, 504])('never retries a submit after status %d', (status) => {
		expect(delay({ status }, false)).toBeUndefined();
	});

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
		'retries a submit that was never sent, after %s',
		(networkCode) => {
			expect(delay({ networkCode }, false)).toBeGreaterThan(0);
		},
	);

	it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ECONNABORTED'])(
		'never retries a submit that may have arrived, after %s',
		(networkCode) => {
			expect(delay({ networkCode }, false)).toBeUndefined();
		},
	);

	it.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNREFUSED'])('retries a read after %s', (networkCode) => {
		expect(delay({ networkCode })).toBeGreaterThan(0);
	});

	it('retries a read with an unreadable response, but not a submit', () => {
		expect([delay({ unreadableResponse: true }), delay({ unreadableResponse: true }, false)]).toEqual([500, undefined]);
	});

	it('retries a read once after a timeout, but not a submit', () => {
		const attempts = [delay({ timedOut: true }), delay({ timedOut: true }, true, 2), delay({ timedOut: true }, false)];
		expect(attempts).toEqual([500, undefined, undefined]);
	});

	it('never retries a read with a response that is too large', () => {
		expect(delay({ tooLarge: true })).toBeUndefined();
	});

	it('doubles the delay with each attempt', () => {
		expect([1, 2, 3, 4].map((attempt) => delay({ status: 500 }, true, attempt))).toEqual([500, 1000, 2000, 4000]);
	});

	it('waits at least as long as the service requests', () => {
		expect(delay({ status: 429, retryAfter: '7' })).toBe(7000);
	});

	it('gives up if the service requests more than two minutes', () => {
		expect([delay({ status: 429, retryAfter: '120' }), delay({ status: 429, retryAfter: '121' })]).toEqual([
			120_000,
			undefined,
		]);
	});

	it('gives up after the last attempt', () => {
		expect(delay({ status: 503 }, true, MAX_ATTEMPTS)).toBeUndefined();
	});

	it('ignores an invalid Retry-After', () => {
		expect(delay({ status: 429, retryAfter: 'soon' })).toBe(500);
	});

	it('returns a delay within its bounds for any failure', () => {
		const anyFailure = fc.oneof(
			fc.record({
				status: fc.integer({ min: 300, max: 599 }),
				retryAfter: fc.oneof(fc.string(), fc.nat().map(String)),
			}),
			fc.record({ networkCode: fc.string() }),
			fc.constantFrom(
				{ unreadableResponse: true },
				{ timedOut: true },
				{ tooLarge: true },
			) as fc.Arbitrary<RequestFailure>,
		);
		const idempotent = fc.boolean();
		const random = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(
				anyFailure,
				idempotent,
				fc.integer({ min: 1, max: 10 }),
				random,
				fc.nat(),
				(failure, isIdempotent, attempt, rnd, now) => {
					const ms = retryDelayMs(failure, isIdempotent, attempt, rnd, now);
					if (attempt >= MAX_ATTEMPTS) expect(ms).toBeUndefined();
					if (ms === undefined) return;
					expect(ms).toBeGreaterThanOrEqual(0);
					expect(ms).toBeLessThanOrEqual(121_000);
				},
			),
		);
	});
});

describe('retryAfterMs', () => {
	it('reads seconds', () => {
		expect(retryAfterMs(' 3 ', 0)).toBe(3000);
	});

	it('reads an HTTP date', () => {
		const now = Date.parse('2026-01-01T00:00:00Z');
		expect(retryAfterMs('Thu, 01 Jan 2026 00:00:10 GMT', now)).toBe(10_000);
	});

	it('returns 0 for a date in the past', () => {
		expect(retryAfterMs('Thu, 01 Jan 2026 00:00:10 GMT', Date.parse('2026-02-01'))).toBe(0);
	});

	it.each([undefined, '', 'soon'])('returns undefined for %p', (header) => {
		expect(retryAfterMs(header, 0)).toBeUndefined();
	});
});
