import fc from 'fast-check';
import { sign } from '../../../../nodes/Transcription/callback/headerSecret';
import { callback } from '../../../../nodes/Transcription/providers/soniox/callback';
import { aDelivery, received } from '../../callback/aDelivery';

const ID = '548d023b-2b3d-4dc2-a3ef-cca26d05fd9a';
const read = (body: unknown) => callback.read(aDelivery({ body: JSON.stringify(body) }));

describe('Soniox callback', () => {
	it('announces a completed job', () => {
		expect(read({ id: ID, status: 'completed' })).toEqual({ event: 'completed', id: ID });
	});

	it.each(['error', 'failed'])('announces a failed job with the status “%s”', (status) => {
		expect(read({ id: ID, status })).toEqual({ event: 'failed', id: ID });
	});

	it('accepts undocumented fields', () => {
		expect(read({ id: ID, status: 'completed', new_field: [1] })).toEqual({ event: 'completed', id: ID });
	});

	it.each(['processing', 'queued', 'something_new', '', 'constructor', '__proto__'])(
		'is ignored with the status “%s”',
		(status) => {
			expect(read({ id: ID, status })).toEqual({ ignored: expect.stringContaining('status') });
		},
	);

	it.each([
		['no ID', { status: 'completed' }],
		['no status', { id: ID }],
		['a list', [{ id: ID, status: 'completed' }]],
		['null', null],
	])('is unreadable with %s, but contains the ID if there is one', (_what, body) => {
		expect(read(body)).toEqual({
			unreadable: expect.stringContaining('documented Soniox notification'),
			...(JSON.stringify(body).includes(ID) && { id: ID }),
		});
	});

	it.each(['../../v1/files', 'a b', '', 'x'.repeat(129)])('is unreadable with the ID “%s”', (id) => {
		expect(read({ id, status: 'completed' })).toEqual({ unreadable: 'id isn’t a valid ID' });
	});

	it.each(['', '{', 'id=1', '\ufeff{}', '{"id":'])('is unreadable with the body “%s”', (body) => {
		expect(callback.read(aDelivery({ body }))).toEqual({ unreadable: expect.any(String) });
	});

	it('contains the ID even if the body is cut off', () => {
		const body = `{"id":"${ID}","status":"comp`;
		expect(callback.read(aDelivery({ body }))).toEqual({ unreadable: expect.any(String), id: ID });
		expect(callback.read(aDelivery({ body: body.slice(0, 25) }))).toEqual({ unreadable: expect.any(String) });
	});

	it('never throws while reading arbitrary bytes', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.uint8Array(),
					fc.json().map((json) => new TextEncoder().encode(json)),
				),
				(bytes) => {
					expect(() => callback.read({ ...aDelivery(), rawBody: Buffer.from(bytes) })).not.toThrow();
				},
			),
		);
	});
});

describe('Verification of Soniox callbacks', () => {
	const proof = { secrets: ['current', 'previous'], scope: 'w/soniox', settings: {}, nowSeconds: 0 };
	const verified = (headers: Record<string, string | string[]>) =>
		callback.verify(aDelivery({ headers, body: JSON.stringify({ id: ID, status: 'completed' }) }), proof);

	it.each(['current', 'previous'])('accepts the %s secret', (secret) => {
		expect(verified(received(sign(secret)))).toEqual({ ok: true });
	});

	it.each([
		['no header', {}],
		['an empty header', received(sign(''))],
		['another secret', received(sign('else'))],
		['a secret with an extra character', received(sign('current2'))],
		['a truncated secret', received(sign('curren'))],
		['the secret in upper case', received(sign('CURRENT'))],
		['the secret in another header', { authorization: 'current' }],
		['a duplicate header', { 'x-transcription-webhook-secret': ['current', 'current'] }],
	])('rejects %s', (_what, headers) => {
		expect(verified(headers as Record<string, string>)).toEqual({ ok: false, reason: expect.any(String) });
	});
});

describe('Webhook secret for Soniox', () => {
	it('may have 256 characters', () => {
		expect(callback.unfitSecret('s'.repeat(256), {})).toBeUndefined();
	});

	it('accepts a numeric ID', () => {
		expect(read({ id: 7, status: 'completed' })).toEqual({ event: 'completed', id: '7' });
	});

	it.each([
		['257 characters', 's'.repeat(257), '256 characters'],
		['2,000 characters', 's'.repeat(2000), '256 characters'],
		['a line break', 'a\nb', 'line breaks'],
		['a trailing space', 'secret ', 'space'],
	])('can’t have %s', (_what, secret, reason) => {
		expect(callback.unfitSecret(secret, {})).toContain(reason);
	});
});
