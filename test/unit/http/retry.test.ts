import fc from 'fast-check';
import {
	MAX_ATTEMPTS,
	retryAfterMs,
	retryDelayMs,
	type RequestFailure,
} from '../../../nodes/Transcription/http/retry';

const delay = (setback: RequestFailure, idempotent = true, attempt = 1, random = 0) =>
	retryDelayMs(setback, idempotent, attempt, random, 0);

describe('retryDelayMs', () => {
	it.each([408, 429, 500, 502, 503, 504])('repeats a read after status %d', (status) => {
		expect(delay({ status })).toBeGreaterThan(0);
	});

	it.each([300, 301, 400, 401, 402, 403, 404, 409, 413, 422])('does not repeat a read after status %d', (status) => {
		expect(delay({ status })).toBeUndefined();
	});

	it('repeats a submit after 429, where the service certainly did not take it', () => {
		expect(delay({ status: 429 }, false)).toBeGreaterThan(0);
	});

	it.each([408, 500, 502, 503, 504])('never repeats a submit after status %d', (status) => {
		expect(delay({ status }, false)).toBeUndefined();
	});

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('repeats a submit that never left, after %s', (networkCode) => {
		expect(delay({ networkCode }, false)).toBeGreaterThan(0);
	});

	it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ECONNABORTED'])(
		'never repeats a submit that may have arrived, after %s',
		(networkCode) => {
			expect(delay({ networkCode }, false)).toBeUndefined();
		},
	);

	it.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNREFUSED'])('repeats a read after %s', (networkCode) => {
		expect(delay({ networkCode })).toBeGreaterThan(0);
	});

	it('repeats a read whose answer cannot be read, but not a submit', () => {
		expect([delay({ unreadableAnswer: true }), delay({ unreadableAnswer: true }, false)]).toEqual([500, undefined]);
	});

	it('repeats a read that ran out of time once, but not a submit', () => {
		const attempts = [delay({ timedOut: true }), delay({ timedOut: true }, true, 2), delay({ timedOut: true }, false)];
		expect(attempts).toEqual([500, undefined, undefined]);
	});

	it('never repeats a read whose answer is too large', () => {
		expect(delay({ tooLarge: true })).toBeUndefined();
	});

	it('doubles the wait with each attempt', () => {
		expect([1, 2, 3, 4].map((attempt) => delay({ status: 500 }, true, attempt))).toEqual([500, 1000, 2000, 4000]);
	});

	it('waits at least as long as the service asks', () => {
		expect(delay({ status: 429, retryAfter: '7' })).toBe(7000);
	});

	it('gives up where the service asks for more than two minutes', () => {
		expect([delay({ status: 429, retryAfter: '120' }), delay({ status: 429, retryAfter: '121' })]).toEqual([120_000, undefined]);
	});

	it('gives up after the last attempt', () => {
		expect(delay({ status: 503 }, true, MAX_ATTEMPTS)).toBeUndefined();
	});

	it('ignores a Retry-After that cannot be read', () => {
		expect(delay({ status: 429, retryAfter: 'soon' })).toBe(500);
	});

	it('stays within its bounds whatever happens', () => {
		const setback = fc.oneof(
			fc.record({ status: fc.integer({ min: 300, max: 599 }), retryAfter: fc.oneof(fc.string(), fc.nat().map(String)) }),
			fc.record({ networkCode: fc.string() }),
			fc.constantFrom({ unreadableAnswer: true }, { timedOut: true }, { tooLarge: true }) as fc.Arbitrary<RequestFailure>,
		);
		const repeat = fc.boolean();
		const random = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(setback, repeat, fc.integer({ min: 1, max: 10 }), random, fc.nat(), (s, r, attempt, rnd, now) => {
				const ms = retryDelayMs(s, r, attempt, rnd, now);
				if (attempt >= MAX_ATTEMPTS) expect(ms).toBeUndefined();
				if (ms === undefined) return;
				expect(ms).toBeGreaterThanOrEqual(0);
				expect(ms).toBeLessThanOrEqual(121_000);
			}),
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

	it('takes a date in the past for now', () => {
		expect(retryAfterMs('Thu, 01 Jan 2026 00:00:10 GMT', Date.parse('2026-02-01'))).toBe(0);
	});

	it.each([undefined, '', 'soon'])('gives nothing for %p', (header) => {
		expect(retryAfterMs(header, 0)).toBeUndefined();
	});
});
