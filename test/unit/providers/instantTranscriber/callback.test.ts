import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { tokenFor } from '../../../../nodes/Transcription/callback/token';
import { callback } from '../../../../nodes/Transcription/providers/instantTranscriber/callback';
import { aDelivery, received } from '../../callback/aDelivery';

const ID = '4ac2a89e-1572-4b68-84a7-21d0493df4d5';
const SECRET = 'the-secret-of-the-job';
const SCOPE = 'wf/instantTranscriber';
const BODY = JSON.stringify({ id: ID, status: 'completed' });
const URL_WITH_TOKEN = new URL(
	(callback.urlFor as NonNullable<typeof callback.urlFor>)(
		'https://n8n.example.com/webhook/wf/instantTranscriber?contactId=4711&ref=r',
		SECRET,
		{},
	),
);

const SIGNED = {
	signatureCheck: 'required',
	signatureHeader: 'X-Signature',
	signaturePrefix: 'sha256=',
	signatureEncoding: 'hex',
};
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
const reasonOf = (result: ReturnType<typeof verify>) => (result.ok ? 'accepted' : result.reason);

describe('InstantTranscriber callback URL', () => {
	it('keeps its query and contains a token that isn’t the secret', () => {
		const query = Object.fromEntries(URL_WITH_TOKEN.searchParams);
		expect(query).toEqual({ contactId: '4711', ref: 'r', token: tokenFor(SECRET, SCOPE) });
		expect(URL_WITH_TOKEN.href).not.toContain(SECRET);
	});
});

describe('InstantTranscriber callback is accepted', () => {
	it('by its token, without authenticating the body', () => {
		expect(verify({})).toEqual({ ok: true });
	});

	it('with the names of headers that look like a signature, but not their values', () => {
		const headers = received({
			'X-IT-Signature': 'v1=s3cret',
			'Webhook-HMAC': 's3cret',
			'X-Hub-Signature-256': 's3cret',
			'Content-Type': 'application/json',
			'X-Design': 'blue',
		});
		const result = verify({ headers });
		expect(result).toEqual({
			ok: true,
			uncheckedSignatures: ['x-it-signature', 'webhook-hmac', 'x-hub-signature-256'],
		});
		expect(JSON.stringify(result)).not.toContain('s3cret');
	});

	it.each(['current', 'previous'])('by the token from the %s secret', (which) => {
		const secrets = which === 'current' ? [SECRET, 'other'] : ['other', SECRET];
		expect(verify({}, {}, secrets)).toEqual({ ok: true });
	});

	it.each<[string, string, Record<string, string>]>([
		['with the prefix', `sha256=${hmac()}`, {}],
		['in upper case', `sha256=${hmac().toUpperCase()}`, {}],
		['without a prefix', hmac(), { signaturePrefix: '' }],
		['in base64', `v1 ${hmac('base64')}`, { signaturePrefix: 'v1 ', signatureEncoding: 'base64' }],
	])('by token and signature if required: %s', (_what, signature, settings) => {
		expect(verify({ headers: { 'x-signature': signature } }, { ...SIGNED, ...settings })).toEqual({
			ok: true,
			bodySigned: true,
		});
	});

	it('by a signature in the default format if Signature Check is the only setting', () => {
		const headers = received({ 'X-InstantTranscriber-Signature': `sha256=${hmac()}` });
		expect(verify({ headers }, { signatureCheck: 'required' })).toEqual({ ok: true, bodySigned: true });
	});

	it('with any signature if signatures aren’t checked', () => {
		expect(verify({ headers: { 'x-signature': 'sha256=00' } }, { ...SIGNED, signatureCheck: 'off' })).toEqual({
			ok: true,
			uncheckedSignatures: ['x-signature'],
		});
	});
});

describe('InstantTranscriber callback is rejected', () => {
	it.each<[string, URLSearchParams]>([
		['without a token', new URLSearchParams('ref=r')],
		['with an empty token', new URLSearchParams('token=')],
		[
			'with two tokens',
			new URLSearchParams([
				['token', tokenFor(SECRET, SCOPE)],
				['token', 'x'],
			]),
		],
	])('%s', (_what, query) => {
		expect(reasonOf(verify({ query }))).toContain('missing');
	});

	it.each<[string, string]>([
		['of another secret', tokenFor('another', SCOPE)],
		['of another workflow', tokenFor(SECRET, 'other/instantTranscriber')],
		['that is the secret itself', SECRET],
		['that is truncated', tokenFor(SECRET, SCOPE).slice(0, -1)],
	])('with a token %s', (_what, token) => {
		expect(reasonOf(verify({ query: new URLSearchParams({ token }) }))).toBe(
			'the token in the URL was derived from a different secret',
		);
	});

	it('with a valid signature but without a token', () => {
		const headers = { 'x-signature': `sha256=${hmac()}` };
		expect(verify({ query: new URLSearchParams(), headers }, SIGNED)).toMatchObject({ ok: false });
	});

	it.each<[string, Record<string, string | string[]>, string]>([
		['without a signature', {}, 'missing'],
		['with an empty signature', { 'x-signature': '' }, 'missing'],
		['with two signatures', { 'x-signature': [`sha256=${hmac()}`, `sha256=${hmac()}`] }, 'missing'],
		['with a signature without the prefix', { 'x-signature': hmac() }, 'doesn’t start with “sha256=”'],
		[
			'with a signature of another secret',
			{ 'x-signature': `sha256=${hmac('hex', 'another')}` },
			'isn’t the hex HMAC-SHA256',
		],
		[
			'with a signature of another body',
			{ 'x-signature': `sha256=${hmac('hex', SECRET, '{}')}` },
			'isn’t the hex HMAC-SHA256',
		],
		[
			'with a signature in another encoding',
			{ 'x-signature': `sha256=${hmac('base64')}` },
			'isn’t the hex HMAC-SHA256',
		],
		['with the prefix alone', { 'x-signature': 'sha256=' }, 'isn’t the hex HMAC-SHA256'],
	])('%s if required', (_what, headers, reason) => {
		expect(reasonOf(verify({ headers }, SIGNED))).toContain(reason);
	});

	it('with the signature of a different accepted secret than its token', () => {
		const headers = { 'x-signature': `sha256=${hmac('hex', 'other')}` };
		expect(verify({ headers }, SIGNED, [SECRET, 'other'])).toMatchObject({ ok: false });
	});

	it('with a body in which one byte was changed', () => {
		const headers = { 'x-signature': `sha256=${hmac()}` };
		expect(verify({ headers, body: BODY.replace('4ac2', '4ac3') }, SIGNED)).toMatchObject({ ok: false });
	});

	it('without a signature if Signature Check has an unknown value', () => {
		expect(verify({}, { signatureCheck: 'optional' })).toMatchObject({ ok: false });
	});

	it('with a reason that contains neither token nor secret', () => {
		const results = [verify({ query: new URLSearchParams({ token: 'another' }) }), verify({}, SIGNED)];
		for (const result of results) {
			expect(reasonOf(result)).not.toContain(tokenFor(SECRET, SCOPE));
			expect(reasonOf(result)).not.toContain(SECRET);
		}
	});
});

const read = (body: unknown) => callback.read(aDelivery({ body: JSON.stringify(body) }));

describe('InstantTranscriber callback', () => {
	it('announces a completed job as in the documented example', () => {
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

	it.each(['complete', 'done', 'succeeded', 'COMPLETED'])(
		'announces a completed job with the status “%s”',
		(status) => {
			expect(read({ id: ID, status })).toEqual({ event: 'completed', id: ID });
		},
	);

	it.each(['failed', 'error', 'failure', 'cancelled', 'Failed'])(
		'announces a failed job with the status “%s”',
		(status) => {
			expect(read({ id: ID, status })).toEqual({ event: 'failed', id: ID });
		},
	);

	it.each<[string, object]>([
		['error as text', { error: 'No speech' }],
		['error with a message', { error: { code: 'no_speech', message: 'No speech' } }],
		['error_message', { error_message: 'No speech' }],
		['message', { message: 'No speech' }],
	])('contains the reason of a failure from %s', (_what, fields) => {
		expect(read({ id: ID, status: 'failed', ...fields })).toEqual({
			event: 'failed',
			id: ID,
			details: { errorMessage: 'No speech' },
		});
	});

	it('redacts the token in the reason', () => {
		const error = `Could not call https://n8n.example.com/webhook/wf/instantTranscriber?ref=r&token=${tokenFor(SECRET, SCOPE)}`;
		expect(JSON.stringify(read({ id: ID, status: 'failed', error }))).not.toContain(tokenFor(SECRET, SCOPE));
	});

	it.each(['processing', 'queued', 'something_new', '', 'constructor', '__proto__'])(
		'is ignored with the status “%s”',
		(status) => {
			expect(read({ id: ID, status })).toEqual({ ignored: expect.stringContaining('status') });
		},
	);

	it.each([
		['no ID', { status: 'completed' }],
		['an ID that isn’t text', { id: true, status: 'completed' }],
		['no status', { id: ID }],
		['a list', [{ id: ID, status: 'completed' }]],
		['null', null],
	])('is unreadable with %s, but contains the ID if there is one', (_what, body) => {
		expect(read(body)).toEqual({
			unreadable: expect.stringContaining('documented InstantTranscriber notification'),
			...(JSON.stringify(body).includes(ID) && { id: ID }),
		});
	});

	it.each(['../export/x', 'a b', '', 'x'.repeat(129)])('is unreadable with the ID “%s”', (id) => {
		expect(read({ id, status: 'completed' })).toEqual({ unreadable: 'id isn’t a valid ID' });
	});

	it.each<[string, unknown]>([
		['text', 'none'],
		['a list', ['https://x.example.com/a']],
		['invalid URLs', { txt: 'javascript:alert(1)', srt: 7, vtt: null }],
		['names that aren’t formats', { __proto__x: 'https://x.example.com/a', 'a b': 'https://x.example.com/a' }],
	])('has no links if download_urls contains %s', (_what, download_urls) => {
		expect(read({ id: ID, status: 'completed', download_urls })).toEqual({ event: 'completed', id: ID });
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

describe('Webhook secret for InstantTranscriber', () => {
	it.each(['with\nlines', 'schlüssel', ' blank', 'x'.repeat(1001)])('can’t be “%s”', (secret) => {
		expect(callback.unfitSecret(secret, {})).toMatch(/\w/);
	});

	it('can be any plain text', () => {
		expect(callback.unfitSecret('a b=&?"c', {})).toBeUndefined();
	});
});

it('names headers that look like a signature if the expected one is missing', () => {
	const headers = received({ 'X-IT-Signature': `sha256=${hmac()}` });
	const reason = reasonOf(verify({ headers }, SIGNED));
	expect(reason).toContain('the X-Signature header is missing');
	expect(reason).toContain('headers that look like a signature: x-it-signature');
	expect(reason).not.toContain(hmac());
});
