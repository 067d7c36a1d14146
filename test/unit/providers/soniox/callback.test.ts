import fc from 'fast-check';
import { sign } from '../../../../nodes/Transcription/callback/headerSecret';
import { callback } from '../../../../nodes/Transcription/providers/soniox/callback';
import { aDelivery, received } from '../../callback/aDelivery';

const ID = '548d023b-2b3d-4dc2-a3ef-cca26d05fd9a';
const read = (body: unknown) => callback.read(aDelivery({ body: JSON.stringify(body) }));

describe('a callback of Soniox', () => {
	it('announces a completed job', () => {
		expect(read({ id: ID, status: 'completed' })).toEqual({ event: 'completed', id: ID });
	});

	it.each(['error', 'failed'])('announces a failed job with the status “%s”', (status) => {
		expect(read({ id: ID, status })).toEqual({ event: 'failed', id: ID });
	});

	it('may say more than is documented', () => {
		expect(read({ id: ID, status: 'completed', new_field: [1] })).toEqual({ event: 'completed', id: ID });
	});

	it.each(['processing', 'queued', 'something_new', '', 'constructor', '__proto__'])('is left aside with the status “%s”', (status) => {
		expect(read({ id: ID, status })).toEqual({ ignored: expect.stringContaining('status') });
	});

	it.each([
		['no ID', { status: 'completed' }],
		['no status', { id: ID }],
		['a list', [{ id: ID, status: 'completed' }]],
		['null', null],
	])('is left aside with %s', (_what, body) => {
		expect(read(body)).toEqual({ ignored: expect.stringContaining('no notification') });
	});

	it.each(['../../v1/files', 'a b', '', 'x'.repeat(129)])('is left aside with the ID “%s”', (id) => {
		expect(read({ id, status: 'completed' })).toEqual({ ignored: 'id is not an ID' });
	});

	it.each(['', '{', 'id=1', '\ufeff{}', '{"id":'])('is left aside with the body “%s”', (body) => {
		expect(callback.read(aDelivery({ body }))).toHaveProperty('ignored');
	});

	it('never makes reading throw, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array(), fc.json().map((json) => new TextEncoder().encode(json))), (bytes) => {
				expect(() => callback.read({ ...aDelivery(), rawBody: Buffer.from(bytes) })).not.toThrow();
			}),
		);
	});
});

describe('verification', () => {
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
		['a secret that goes on', received(sign('current2'))],
		['the beginning of a secret', received(sign('curren'))],
		['the secret in capitals', received(sign('CURRENT'))],
		['the secret in another header', { authorization: 'current' }],
		['the header twice', { 'x-transcription-webhook-secret': ['current', 'current'] }],
	])('refuses %s', (_what, headers) => {
		expect(verified(headers as Record<string, string>)).toEqual({ ok: false, reason: expect.any(String) });
	});
});

describe('a secret of the user’s own', () => {
	it('may have the 256 characters that a header may have', () => {
		expect(callback.unfitSecret('s'.repeat(256), {})).toBeUndefined();
	});

	it('is read with an ID that is a number', () => {
		expect(read({ id: 7, status: 'completed' })).toEqual({ event: 'completed', id: '7' });
	});

	it.each([
		['a character more', 's'.repeat(257), '256 characters'],
		['much more', 's'.repeat(2000), '256 characters'],
		['a line break', 'a\nb', 'line breaks'],
		['a blank at the end', 'secret ', 'space'],
	])('is unfit with %s', (_what, secret, why) => {
		expect(callback.unfitSecret(secret, {})).toContain(why);
	});
});
