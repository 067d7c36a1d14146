import fc from 'fast-check';
import { sign } from '../../../../nodes/Transcription/callback/headerSecret';
import { readQuery, withQuery } from '../../../../nodes/Transcription/callback/url';
import { callback, unwrapped, wrapped } from '../../../../nodes/Transcription/providers/speechmatics/callback';
import { aDelivery, received } from '../../callback/aDelivery';

const TRIGGER = 'https://n8n.example.com/webhook/Ab12Cd34Ef56Gh78/speechmatics';
const ORIGINAL = `${TRIGGER}?contactId=4711&ref=abc`;
const PROOF = { secrets: ['the-secret', 'the-old-secret'], scope: 'w/speechmatics', settings: {}, nowSeconds: 0 };

/** Reads a callback with this query. */
const read = (query: string) => callback.read(aDelivery({ query: new URLSearchParams(query), body: '{"id":"x"}' }));
/** Returns the query of a callback, with the two parameters that the service adds. */
const callbackQuery = (url: string, id: string, status: string) => `${new URL(url).search}&id=${id}&status=${status}`;

describe('Speechmatics callback', () => {
	it('announces a completed job', () => {
		expect(read('id=r6sr3jlzjj&status=success')).toEqual({ event: 'completed', id: 'r6sr3jlzjj' });
	});

	it.each(['error', 'fetch_error', 'trim_error'])('announces a failed job with the status “%s”', (status) => {
		expect(read(`id=r6sr3jlzjj&status=${status}`)).toEqual({ event: 'failed', id: 'r6sr3jlzjj' });
	});

	it('contains the original URL from Submit', () => {
		expect(read(callbackQuery(wrapped(ORIGINAL), 'job-1', 'success'))).toEqual({
			event: 'completed',
			id: 'job-1',
			callbackUrl: ORIGINAL,
		});
	});

	it('distinguishes metadata from the service’s parameters', () => {
		const original = withQuery(TRIGGER, { id: 'contact-1', status: 'error', callback: 'x' }, 'abc');
		const event = read(callbackQuery(wrapped(original), 'job-1', 'success'));
		expect(event).toMatchObject({ event: 'completed', id: 'job-1' });
		const { callbackUrl } = event as { callbackUrl: string };
		expect(readQuery(new URL(callbackUrl).searchParams)).toEqual({
			metadata: { id: 'contact-1', status: 'error', callback: 'x' },
			ref: 'abc',
		});
	});

	it.each(['running', 'done', 'rejected', '', 'constructor', '__proto__'])(
		'is ignored with the status “%s”',
		(status) => {
			expect(read(`id=job-1&status=${status}`)).toEqual({ ignored: expect.stringContaining('status') });
		},
	);

	it.each(['', '..%2F..%2Fv2', 'a%20b', 'x'.repeat(129)])('is unreadable with the ID “%s”', (id) => {
		expect(read(`id=${id}&status=success`)).toEqual({ unreadable: expect.stringContaining('“id”') });
	});

	it('is unreadable without an ID, but contains the original URL', () => {
		expect(read('status=success')).toHaveProperty('unreadable');
		expect(read(`callback=${encodeURIComponent(ORIGINAL)}&status=success`)).toEqual({
			unreadable: expect.any(String),
			callbackUrl: ORIGINAL,
		});
	});

	it.each(['nonsense', 'javascript:alert(1)', ''])('is read without the original URL if that is “%s”', (meant) => {
		expect(read(`callback=${meant}&id=job-1&status=success`)).toEqual({ event: 'completed', id: 'job-1' });
	});

	it('never throws while reading arbitrary queries', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (id, meant) => {
				const query = new URLSearchParams({ id, status: 'success', callback: meant });
				expect(() => callback.read(aDelivery({ query }))).not.toThrow();
			}),
		);
	});
});

describe('wrapped', () => {
	it('keeps the path and contains the original URL', () => {
		expect(wrapped(ORIGINAL)).toBe(`${TRIGGER}?callback=${encodeURIComponent(ORIGINAL)}`);
	});

	it('is reversed by unwrapped', () => {
		expect(unwrapped(wrapped(ORIGINAL))).toBe(ORIGINAL);
	});

	it.each(['https://example.com/hook?id=1', 'https://example.com/hook?callback=https%3A%2F%2Fother.example.com'])(
		'doesn’t change URLs of other receivers: %s',
		(url) => {
			expect(wrapped(url)).toBe(url);
			expect(unwrapped(url)).toBe(url);
		},
	);

	it('preserves any metadata', () => {
		const pairs = fc.dictionary(fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}$/), fc.string({ unit: 'grapheme' }));
		fc.assert(
			fc.property(pairs, (metadata) => {
				const original = withQuery(TRIGGER, metadata, 'r');
				expect(unwrapped(wrapped(original))).toBe(original);
			}),
		);
	});
});

describe('Verification of Speechmatics callbacks', () => {
	const verify = (headers: Record<string, string>) => callback.verify(aDelivery({ headers: received(headers) }), PROOF);

	it.each(PROOF.secrets)('accepts a header with “%s”', (secret) => {
		expect(verify(sign(secret))).toEqual({ ok: true });
	});

	it('rejects another secret', () => {
		expect(verify(sign('the-secreT'))).toMatchObject({ ok: false });
	});

	it('rejects a missing header', () => {
		expect(verify({})).toMatchObject({ ok: false });
	});

	it('disallows a secret with a line break, which would add another header', () => {
		expect(callback.unfitSecret('a\r\nX-Other: b', {})).toContain('line breaks');
	});
});
