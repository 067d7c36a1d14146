import fc from 'fast-check';
import { sign } from '../../../../nodes/Transcription/callback/headerSecret';
import { readQuery, withQuery } from '../../../../nodes/Transcription/callback/url';
import { callback, unwrapped, wrapped } from '../../../../nodes/Transcription/providers/speechmatics/callback';
import { aDelivery, received } from '../../callback/aDelivery';

const TRIGGER = 'https://n8n.example.com/webhook/Ab12Cd34Ef56Gh78/speechmatics';
const MEANT = `${TRIGGER}?contactId=4711&ref=abc`;
const PROOF = { secrets: ['the-secret', 'the-old-secret'], scope: 'w/speechmatics', settings: {}, nowSeconds: 0 };

/** What `read` makes of the URL to which the service sends its callback. */
const read = (query: string) => callback.read(aDelivery({ query: new URLSearchParams(query), body: '{"id":"x"}' }));
/** The query of a callback to a URL: the service adds two parameters. */
const added = (url: string, id: string, status: string) => `${new URL(url).search}&id=${id}&status=${status}`;

describe('a callback of Speechmatics', () => {
	it('announces a completed job', () => {
		expect(read('id=r6sr3jlzjj&status=success')).toEqual({ event: 'completed', id: 'r6sr3jlzjj' });
	});

	it.each(['error', 'fetch_error', 'trim_error'])('announces a failed job with the status “%s”', (status) => {
		expect(read(`id=r6sr3jlzjj&status=${status}`)).toEqual({ event: 'failed', id: 'r6sr3jlzjj' });
	});

	it('names the URL that Submit meant', () => {
		expect(read(added(wrapped(MEANT), 'job-1', 'success'))).toEqual({ event: 'completed', id: 'job-1', callbackUrl: MEANT });
	});

	it('takes no metadata for its own parameters', () => {
		const meant = withQuery(TRIGGER, { id: 'contact-1', status: 'error', callback: 'x' }, 'abc');
		const event = read(added(wrapped(meant), 'job-1', 'success'));
		expect(event).toMatchObject({ event: 'completed', id: 'job-1' });
		const { callbackUrl } = event as { callbackUrl: string };
		expect(readQuery(new URL(callbackUrl).searchParams)).toEqual({
			metadata: { id: 'contact-1', status: 'error', callback: 'x' },
			ref: 'abc',
		});
	});

	it.each(['running', 'done', 'rejected', '', 'constructor', '__proto__'])('is left aside with the status “%s”', (status) => {
		expect(read(`id=job-1&status=${status}`)).toEqual({ ignored: expect.stringContaining('status') });
	});

	it.each(['', '..%2F..%2Fv2', 'a%20b', 'x'.repeat(129)])('is left aside with the ID “%s”', (id) => {
		expect(read(`id=${id}&status=success`)).toEqual({ ignored: expect.stringContaining('“id”') });
	});

	it('is left aside without an ID', () => {
		expect(read('status=success')).toHaveProperty('ignored');
	});

	it.each(['nonsense', 'javascript:alert(1)', ''])('is read without the URL that was meant where that is “%s”', (meant) => {
		expect(read(`callback=${meant}&id=job-1&status=success`)).toEqual({ event: 'completed', id: 'job-1' });
	});

	it('never makes reading throw, whatever the query', () => {
		fc.assert(fc.property(fc.string(), fc.string(), (id, meant) => {
			const query = new URLSearchParams({ id, status: 'success', callback: meant });
			expect(() => callback.read(aDelivery({ query }))).not.toThrow();
		}));
	});
});

describe('the callback URL as the service gets it', () => {
	it('leads to the same place and carries the URL that Submit meant', () => {
		expect(wrapped(MEANT)).toBe(`${TRIGGER}?callback=${encodeURIComponent(MEANT)}`);
	});

	it('is read again from a job', () => {
		expect(unwrapped(wrapped(MEANT))).toBe(MEANT);
	});

	it.each(['https://example.com/hook?id=1', 'https://example.com/hook?callback=https%3A%2F%2Fother.example.com'])(
		'stays what it is for receivers that are no trigger: %s',
		(url) => {
			expect(wrapped(url)).toBe(url);
			expect(unwrapped(url)).toBe(url);
		},
	);

	it('carries any metadata there and back', () => {
		const pairs = fc.dictionary(fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}$/), fc.string({ unit: 'grapheme' }));
		fc.assert(fc.property(pairs, (metadata) => {
			const meant = withQuery(TRIGGER, metadata, 'r');
			expect(unwrapped(wrapped(meant))).toBe(meant);
		}));
	});
});

describe('the proof of a callback', () => {
	const verify = (headers: Record<string, string>) => callback.verify(aDelivery({ headers: received(headers) }), PROOF);

	it.each(PROOF.secrets)('is a header with “%s”', (secret) => {
		expect(verify(sign(secret))).toEqual({ ok: true });
	});

	it('is refused with another secret', () => {
		expect(verify(sign('the-secreT'))).toMatchObject({ ok: false });
	});

	it('is refused without the header', () => {
		expect(verify({})).toMatchObject({ ok: false });
	});

	it('cannot be a secret with a line break, which would make another header of it', () => {
		expect(callback.unfitSecret('a\r\nX-Other: b', {})).toContain('line breaks');
	});
});
