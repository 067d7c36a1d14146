import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { tokenFor } from '../../../../nodes/Transcription/callback/token';
import { callback } from '../../../../nodes/Transcription/providers/instantTranscriber/callback';
import { aDelivery, received } from '../../callback/aDelivery';

const ID = '4ac2a89e-1572-4b68-84a7-21d0493df4d5';
const SECRET = 'the-secret-of-the-job';
const SCOPE = 'wf/instantTranscriber';
const BODY = JSON.stringify({ id: ID, status: 'completed' });
const URL_WITH_TOKEN = new URL((callback.urlFor as NonNullable<typeof callback.urlFor>)('https://n8n.example.com/webhook/wf/instantTranscriber?contactId=4711&ref=r', SECRET, {}));

const SIGNED = { signatureCheck: 'required', signatureHeader: 'X-Signature', signaturePrefix: 'sha256=', signatureEncoding: 'hex' };
const hmac = (encoding: 'hex' | 'base64' = 'hex', secret = SECRET, body = BODY) =>
	createHmac('sha256', secret).update(body).digest(encoding);

function verify(
	parts: { query?: URLSearchParams; headers?: Record<string, string | string[]>; body?: string },
	settings: Record<string, string> = {},
	secrets = [SECRET],
) {
	const { query = URL_WITH_TOKEN.searchParams, headers = {}, body = BODY } = parts;
	return callback.verify(aDelivery({ query, headers, body }), { secrets, scope: SCOPE, settings, nowSeconds: 0 });
}
const reason = (result: ReturnType<typeof verify>) => (result.ok ? 'accepted' : result.reason);

describe('the callback URL for InstantTranscriber', () => {
	it('keeps what it carries and has a token that is not the secret', () => {
		const query = Object.fromEntries(URL_WITH_TOKEN.searchParams);
		expect(query).toEqual({ contactId: '4711', ref: 'r', token: tokenFor(SECRET, SCOPE) });
		expect(URL_WITH_TOKEN.href).not.toContain(SECRET);
	});
});

describe('a callback of InstantTranscriber is accepted', () => {
	it('by its token, as unsigned', () => {
		expect(verify({})).toEqual({ ok: true });
	});

	it.each(['current', 'previous'])('by the token of the %s secret', (which) => {
		const secrets = which === 'current' ? [SECRET, 'other'] : ['other', SECRET];
		expect(verify({}, {}, secrets)).toEqual({ ok: true });
	});

	it.each<[string, string, Record<string, string>]>([
		['with the prefix', `sha256=${hmac()}`, {}],
		['in capitals', `sha256=${hmac().toUpperCase()}`, {}],
		['without a prefix', hmac(), { signaturePrefix: '' }],
		['in base64', `v1 ${hmac('base64')}`, { signaturePrefix: 'v1 ', signatureEncoding: 'base64' }],
	])('by token and signature, where that is required: %s', (_what, signature, settings) => {
		expect(verify({ headers: { 'x-signature': signature } }, { ...SIGNED, ...settings })).toEqual({ ok: true, bodySigned: true });
	});

	it('by the signature in the default form, where the credential says only that it is required', () => {
		const headers = received({ 'X-InstantTranscriber-Signature': `sha256=${hmac()}` });
		expect(verify({ headers }, { signatureCheck: 'required' })).toEqual({ ok: true, bodySigned: true });
	});

	it('whatever the signature is, where it is not checked', () => {
		expect(verify({ headers: { 'x-signature': 'sha256=00' } }, { ...SIGNED, signatureCheck: 'off' })).toEqual({ ok: true });
	});
});

describe('a callback of InstantTranscriber is refused', () => {
	it.each<[string, URLSearchParams]>([
		['without a token', new URLSearchParams('ref=r')],
		['with an empty token', new URLSearchParams('token=')],
		['with two tokens', new URLSearchParams([['token', tokenFor(SECRET, SCOPE)], ['token', 'x']])],
	])('%s', (_what, query) => {
		expect(reason(verify({ query }))).toContain('missing');
	});

	it.each<[string, string]>([
		['of another secret', tokenFor('another', SCOPE)],
		['of another workflow', tokenFor(SECRET, 'other/instantTranscriber')],
		['that is the secret itself', SECRET],
		['that is cut short', tokenFor(SECRET, SCOPE).slice(0, -1)],
	])('with a token %s', (_what, token) => {
		expect(reason(verify({ query: new URLSearchParams({ token }) }))).toBe('the token in the URL was derived from a different secret');
	});

	it('with the right signature but without a token', () => {
		const headers = { 'x-signature': `sha256=${hmac()}` };
		expect(verify({ query: new URLSearchParams(), headers }, SIGNED)).toMatchObject({ ok: false });
	});

	it.each<[string, Record<string, string | string[]>, string]>([
		['without a signature', {}, 'missing'],
		['with an empty signature', { 'x-signature': '' }, 'missing'],
		['with two signatures', { 'x-signature': [`sha256=${hmac()}`, `sha256=${hmac()}`] }, 'missing'],
		['with a signature without the prefix', { 'x-signature': hmac() }, 'does not begin with “sha256=”'],
		['with a signature of another secret', { 'x-signature': `sha256=${hmac('hex', 'another')}` }, 'is no hex HMAC-SHA256'],
		['with a signature of another body', { 'x-signature': `sha256=${hmac('hex', SECRET, '{}')}` }, 'is no hex HMAC-SHA256'],
		['with a signature in another encoding', { 'x-signature': `sha256=${hmac('base64')}` }, 'is no hex HMAC-SHA256'],
		['with the prefix alone', { 'x-signature': 'sha256=' }, 'is no hex HMAC-SHA256'],
	])('%s, where that is required', (_what, headers, why) => {
		expect(reason(verify({ headers }, SIGNED))).toContain(why);
	});

	it('with the signature of another accepted secret than its token', () => {
		const headers = { 'x-signature': `sha256=${hmac('hex', 'other')}` };
		expect(verify({ headers }, SIGNED, [SECRET, 'other'])).toMatchObject({ ok: false });
	});

	it('with a body that was changed by one byte', () => {
		const headers = { 'x-signature': `sha256=${hmac()}` };
		expect(verify({ headers, body: BODY.replace('4ac2', '4ac3') }, SIGNED)).toMatchObject({ ok: false });
	});

	it('unsigned, where Signature Check is something this version does not know', () => {
		expect(verify({}, { signatureCheck: 'optional' })).toMatchObject({ ok: false });
	});

	it('with a reason that names neither token nor secret', () => {
		const results = [verify({ query: new URLSearchParams({ token: 'another' }) }), verify({}, SIGNED)];
		for (const result of results) {
			expect(reason(result)).not.toContain(tokenFor(SECRET, SCOPE));
			expect(reason(result)).not.toContain(SECRET);
		}
	});
});

const read = (body: unknown) => callback.read(aDelivery({ body: JSON.stringify(body) }));

describe('a callback of InstantTranscriber', () => {
	it('announces a completed job, as in the documented example', () => {
		const download_urls = {
			txt: 'https://api.instanttranscriber.com/export/4ac2a89e.txt',
			srt: 'https://api.instanttranscriber.com/export/4ac2a89e.srt',
		};
		expect(read({ id: ID, status: 'completed', download_urls })).toEqual({
			event: 'completed',
			id: ID,
			details: { txtUrl: download_urls.txt, srtUrl: download_urls.srt },
		});
	});

	it.each(['complete', 'done', 'succeeded', 'COMPLETED'])('announces a completed job with the status “%s” too', (status) => {
		expect(read({ id: ID, status })).toEqual({ event: 'completed', id: ID });
	});

	it.each(['failed', 'error', 'failure', 'cancelled', 'Failed'])('announces a failed job with the status “%s”', (status) => {
		expect(read({ id: ID, status })).toEqual({ event: 'failed', id: ID });
	});

	it.each<[string, object]>([
		['error as text', { error: 'No speech' }],
		['error with a message', { error: { code: 'no_speech', message: 'No speech' } }],
		['error_message', { error_message: 'No speech' }],
		['message', { message: 'No speech' }],
	])('tells why a job failed, from %s', (_what, fields) => {
		expect(read({ id: ID, status: 'failed', ...fields })).toEqual({ event: 'failed', id: ID, details: { errorMessage: 'No speech' } });
	});

	it('does not repeat the token in the reason', () => {
		const error = `Could not call https://n8n.example.com/webhook/wf/instantTranscriber?ref=r&token=${tokenFor(SECRET, SCOPE)}`;
		expect(JSON.stringify(read({ id: ID, status: 'failed', error }))).not.toContain(tokenFor(SECRET, SCOPE));
	});

	it.each(['processing', 'queued', 'something_new', '', 'constructor', '__proto__'])('is left aside with the status “%s”', (status) => {
		expect(read({ id: ID, status })).toEqual({ ignored: expect.stringContaining('status') });
	});

	it.each([
		['no ID', { status: 'completed' }],
		['an ID that is no text', { id: true, status: 'completed' }],
		['no status', { id: ID }],
		['a list', [{ id: ID, status: 'completed' }]],
		['null', null],
	])('is left aside with %s', (_what, body) => {
		expect(read(body)).toEqual({ ignored: expect.stringContaining('no notification') });
	});

	it.each(['../export/x', 'a b', '', 'x'.repeat(129)])('is left aside with the ID “%s”', (id) => {
		expect(read({ id, status: 'completed' })).toEqual({ ignored: 'id is not an ID' });
	});

	it.each<[string, unknown]>([
		['no object', 'none'],
		['a list', ['https://x.example.com/a']],
		['no URLs', { txt: 'javascript:alert(1)', srt: 7, vtt: null }],
		['names that are no formats', { __proto__x: 'https://x.example.com/a', 'a b': 'https://x.example.com/a' }],
	])('has no links where download_urls holds %s', (_what, download_urls) => {
		expect(read({ id: ID, status: 'completed', download_urls })).toEqual({ event: 'completed', id: ID });
	});

	it('never makes reading throw, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array(), fc.json().map((json) => new TextEncoder().encode(json))), (bytes) => {
				expect(() => callback.read({ ...aDelivery(), rawBody: Buffer.from(bytes) })).not.toThrow();
			}),
		);
	});
});

describe('a secret for InstantTranscriber', () => {
	it.each(['with\nlines', 'schlüssel', ' blank', 'x'.repeat(1001)])('cannot be “%s”', (secret) => {
		expect(callback.unfitSecret(secret, {})).toMatch(/\w/);
	});

	it('can be any plain text', () => {
		expect(callback.unfitSecret('a b=&?"c', {})).toBeUndefined();
	});
});
