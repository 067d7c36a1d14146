import { SECRET_HEADER } from '../../../../nodes/Transcription/core/redact';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { callback } from '../../../../nodes/Transcription/providers/scriptix/callback';
import { aDelivery, received } from '../../callback/aDelivery';
import vectors from './vectors.json';

const SECRET = 'scriptix_secret_123';
const STT = { apiGeneration: 'stt' };
const SESSIONS = { apiGeneration: 'sessions' };
const proof = (settings: Record<string, string>, ...secrets: string[]) => ({
	secrets: secrets.length > 0 ? secrets : [SECRET],
	scope: 'w/scriptix',
	settings,
	nowSeconds: 1_700_000_000,
});
const hex = (body: string, secret = SECRET) => createHmac('sha256', secret).update(body).digest('hex');

describe('Signed callback of the batch upload API', () => {
	const BODY = '{"event":"transcription.completed","data":{"id":"stt_abc123","name":"Grüße"}}';
	const check = (header: Record<string, string>, body = BODY, ...secrets: string[]) =>
		callback.verify(aDelivery({ body, headers: received(header) }), proof(STT, ...secrets));
	const signed = (value: string) => ({ 'X-Scriptix-Signature': value });

	it.each(vectors.cases.map((one) => [one.name, one] as const))('is accepted as documented: %s', (_name, one) => {
		expect(check(signed(one.header), one.raw_body_utf8, one.secret)).toEqual({ ok: true, bodySigned: true });
	});

	it('is accepted with any valid secret', () => {
		expect(check(signed(`sha256=${hex(BODY)}`), BODY, 'new', 'older', SECRET)).toMatchObject({ ok: true });
	});

	const FORGED: Array<[string, Record<string, string>, string?]> = [
		['without the header', {}],
		['with an empty header', signed('')],
		['with another prefix', signed(`sha512=${hex(BODY)}`)],
		['without the prefix', signed(hex(BODY))],
		['with upper-case digits', signed(`sha256=${hex(BODY).toUpperCase()}`)],
		['with a digit missing', signed(`sha256=${hex(BODY).slice(0, -1)}`)],
		['with an extra digit', signed(`sha256=${hex(BODY)}0`)],
		['with another last digit', signed(`sha256=${hex(BODY).slice(0, -1)}${hex(BODY).endsWith('0') ? '1' : '0'}`)],
		['with a leading space', signed(` sha256=${hex(BODY)}`)],
		['with base64 instead of hex', signed(`sha256=${createHmac('sha256', SECRET).update(BODY).digest('base64')}`)],
		['with the signature of another secret', signed(`sha256=${hex(BODY, 'other')}`)],
		['with the signature of another body', signed(`sha256=${hex('{}')}`)],
		['with a reformatted body', signed(`sha256=${hex(BODY)}`), JSON.stringify(JSON.parse(BODY), null, 1)],
		['with a line break after the body', signed(`sha256=${hex(BODY)}`), `${BODY}\n`],
		['with the documented test value', signed('sha256=test123')],
		['with the signature in another header', { 'X-Signature': `sha256=${hex(BODY)}` }],
		['with the secret itself', { [SECRET_HEADER]: SECRET }],
	];
	it.each(FORGED.map(([what, headers, body = BODY]) => [what, headers, body] as const))(
		'is rejected %s',
		(_what, headers, body) => {
			expect(check(headers, body)).toMatchObject({
				ok: false,
				reason: expect.stringContaining('X-Scriptix-Signature'),
			});
		},
	);

	it('is rejected with a duplicate header', () => {
		const headers = { 'x-scriptix-signature': [`sha256=${hex(BODY)}`, `sha256=${hex(BODY)}`] };
		expect(callback.verify(aDelivery({ body: BODY, headers }), proof(STT))).toMatchObject({ ok: false });
	});

	it('is verified on raw bytes even if they aren’t UTF-8', () => {
		const rawBody = Buffer.from([0xff, 0xfe, 0x7b]);
		const signature = createHmac('sha256', SECRET).update(rawBody).digest('hex');
		const delivery = { ...aDelivery({ headers: received(signed(`sha256=${signature}`)) }), rawBody };
		expect(callback.verify(delivery, proof(STT))).toMatchObject({ ok: true });
	});

	it('is rejected with only a token if a signature is required', () => {
		const query = new URL(callback.urlFor?.('https://n/x', SECRET, STT) ?? '').searchParams;
		expect(callback.verify(aDelivery({ body: BODY, query }), proof(STT))).toMatchObject({ ok: false });
	});
});

describe('Callback of the sessions API', () => {
	const check = (headers: Record<string, string>, settings: Record<string, string> = SESSIONS) =>
		callback.verify(aDelivery({ body: '{"sessionId":"a"}', headers: received(headers) }), proof(settings));

	it.each<Record<string, string>>([
		SESSIONS,
		{ ...SESSIONS, webhookVerification: '' },
		{ ...SESSIONS, webhookVerification: 'automatic' },
		{ webhookVerification: 'header' },
	])('is accepted with the secret in our header and the settings %j', (settings) => {
		expect(check({ [SECRET_HEADER]: SECRET }, settings)).toEqual({ ok: true });
	});

	it.each<[string, Record<string, string>]>([
		['without the header', {}],
		['with another secret', { [SECRET_HEADER]: 'other' }],
		['with a signature instead', { 'X-Scriptix-Signature': `sha256=${hex('{"sessionId":"a"}')}` }],
	])('is rejected %s', (_what, headers) => {
		expect(check(headers)).toMatchObject({ ok: false });
	});
});

describe.each([
	['batch upload', { ...STT, webhookVerification: 'token' }],
	['sessions', { ...SESSIONS, webhookVerification: 'token' }],
])('Token in the URL with the API generation %s', (_name, settings) => {
	const URL_ = 'https://n8n.example.com/webhook/w/scriptix?ref=r&a=b%20c';
	const url = callback.urlFor?.(URL_, SECRET, settings) ?? '';
	const check = (query: URLSearchParams, ...secrets: string[]) =>
		callback.verify(aDelivery({ query }), proof(settings, ...secrets));

	it('is added to the query and isn’t the secret', () => {
		const query = new URL(url).searchParams;
		expect([...query.keys()]).toEqual(['ref', 'a', 'token']);
		expect(query.get('a')).toBe('b c');
		expect(url).not.toContain(SECRET);
	});

	it('is accepted with any valid secret', () => {
		expect(check(new URL(url).searchParams, 'new', SECRET)).toEqual({ ok: true });
	});

	it.each<[string, (token: string) => string]>([
		['missing', () => ''],
		['empty', () => 'token='],
		[
			'that of another secret',
			() => `token=${new URL(callback.urlFor?.(URL_, 'other', settings) ?? '').searchParams.get('token')}`,
		],
		[
			'that of another workflow',
			() =>
				`token=${new URL(callback.urlFor?.(URL_.replace('/w/', '/other/'), SECRET, settings) ?? '').searchParams.get('token')}`,
		],
		['the secret itself', () => `token=${SECRET}`],
		['duplicated', (token) => `token=${token}&token=${token}`],
		['in upper case', (token) => `token=${token.toUpperCase()}`],
		['truncated', (token) => `token=${token.slice(1)}`],
	])('is rejected if it is %s', (_what, query) => {
		const token = new URL(url).searchParams.get('token') ?? '';
		expect(check(new URLSearchParams(query(token)))).toMatchObject({
			ok: false,
			reason: expect.stringContaining('token'),
		});
	});
});

describe.each([
	['automatic', { ...STT, webhookVerification: 'automatic' }],
	['none', {}],
])('Webhook Verification %s with the batch upload API', (_name, settings) => {
	const BODY = '{"event":"transcription.completed","data":{"id":"stt_1"}}';
	const query = new URL(callback.urlFor?.('https://n/w/scriptix', SECRET, settings) ?? '').searchParams;
	const headers = received({ 'X-Scriptix-Signature': `sha256=${hex(BODY)}` });
	const check = (delivery: Parameters<typeof aDelivery>[0], isSecretDerived: boolean) =>
		callback.verify(aDelivery({ body: BODY, ...delivery }), { ...proof(settings), isSecretDerived }).ok;

	it('requires the token in the URL without a Webhook Secret', () => {
		expect([check({ query }, true), check({ headers }, true), check({}, true)]).toEqual([true, false, false]);
	});

	it('requires the signature with a Webhook Secret', () => {
		expect([check({ headers }, false), check({ query }, false), check({}, false)]).toEqual([true, false, false]);
	});
});

it('adds no token to the URL of a session unless callbacks are verified by token', () => {
	expect(callback.urlFor?.('https://n/x', SECRET, SESSIONS)).toBe('https://n/x');
});

it('rejects unknown verification modes', () => {
	const headers = received({ [SECRET_HEADER]: SECRET });
	expect(callback.verify(aDelivery({ headers }), proof({ webhookVerification: 'none' }))).toMatchObject({ ok: false });
});

describe('unverifiable', () => {
	it.each<[string, Record<string, string>, boolean, string]>([
		['a signature of the sessions API', { ...SESSIONS, webhookVerification: 'hmac' }, true, 'doesn’t sign callbacks'],
		['our header with batch upload', { ...STT, webhookVerification: 'header' }, true, 'doesn’t send custom headers'],
		[
			'a signature without a Webhook Secret',
			{ ...STT, webhookVerification: 'hmac' },
			false,
			'“Webhook Secret” in the credential is empty',
		],
		['an unknown verification mode', { ...STT, webhookVerification: 'none' }, true, 'none'],
	])('explains %s', (_what, settings, hasSecret, message) => {
		expect(callback.unverifiable?.(settings, hasSecret)).toMatchObject({
			message: expect.stringContaining(message),
			description: expect.stringMatching(/select|set /i),
		});
	});

	it.each<[string, Record<string, string>, boolean]>([
		['sessions with defaults', SESSIONS, false],
		['sessions with a token', { ...SESSIONS, webhookVerification: 'token' }, false],
		['batch upload with a Webhook Secret', STT, true],
		['batch upload without a Webhook Secret', STT, false],
		['defaults', {}, false],
		['batch upload with a token', { ...STT, webhookVerification: 'token' }, false],
	])('accepts %s', (_what, settings, hasSecret) => {
		expect(callback.unverifiable?.(settings, hasSecret)).toBeUndefined();
	});

	it('allows any characters in Webhook Secret unless it is sent in a header', () => {
		expect(callback.unfitSecret(' Geheimnis ü ', STT)).toBeUndefined();
		expect(callback.unfitSecret(' Geheimnis ü ', SESSIONS)).toMatch(/ASCII/);
	});
});

describe('Scriptix callback', () => {
	const read = (body: unknown, headers: Record<string, string> = {}) =>
		callback.read(aDelivery({ body: JSON.stringify(body), headers: received(headers) }));
	const DATA = { id: 'stt_abc123', status: 'completed', document_id: 456 };

	it('announces a completed job of the batch upload API with its document', () => {
		const body = {
			event: 'transcription.completed',
			timestamp: '2025-01-17T10:30:00Z',
			data: { ...DATA, duration_seconds: 3600, language: 'en' },
		};
		expect(read(body)).toEqual({
			event: 'completed',
			id: 'stt_abc123',
			details: { documentId: '456', durationSeconds: 3600, language: 'en', timestamp: '2025-01-17T10:30:00Z' },
		});
	});

	it('announces a failed job of the batch upload API with the reason', () => {
		const body = {
			event: 'transcription.failed',
			data: { id: 'stt_abc123', status: 'failed', error: { message: 'No speech' } },
		};
		expect(read(body)).toEqual({ event: 'failed', id: 'stt_abc123', details: { errorMessage: 'No speech' } });
	});

	it.each<[string, unknown, Record<string, string>]>([
		['sessionId', { sessionId: 's-1', zoom_id: 'z-1' }, {}],
		['session_id', { session_id: 's-1' }, {}],
		['data.session_id', { data: { session_id: 's-1' } }, {}],
		['id', { id: 's-1' }, {}],
		['the X-Scriptix-Session header', {}, { 'X-Scriptix-Session': 's-1' }],
		['both body and header', { sessionId: 's-1' }, { 'X-Scriptix-Session': 's-1' }],
	])('announces a completed session identified by %s', (_where, body, headers) => {
		expect(read(body, headers)).toEqual({ event: 'completed', id: 's-1' });
	});

	it.each<[string, unknown, Record<string, string>]>([
		['documentId', { sessionId: 's-1', documentId: 7 }, {}],
		['document_id', { sessionId: 's-1', document_id: '7' }, {}],
		['the X-Scriptix-Document header', { sessionId: 's-1' }, { 'X-Scriptix-Document': '7' }],
	])('contains the document identified by %s', (_where, body, headers) => {
		expect(read(body, headers)).toMatchObject({ details: { documentId: '7' } });
	});

	it('announces a session identified by the header even without a body', () => {
		const headers = received({ 'X-Scriptix-Session': 's-1' });
		expect(callback.read(aDelivery({ headers }))).toEqual({ event: 'completed', id: 's-1' });
	});

	it('prefers the ID of the job to the ID of the event', () => {
		expect(read({ id: 'evt_1', event: 'transcription.completed', data: DATA })).toMatchObject({ id: 'stt_abc123' });
	});

	it.each<[string, unknown]>([
		['the event is unknown', { event: 'document.updated', data: DATA }],
		['the status isn’t final', { sessionId: 's-1', status: 'queued' }],
	])('is ignored if %s', (_what, body) => {
		expect(read(body)).toEqual({ ignored: expect.any(String) });
	});

	it.each<[string, unknown, Record<string, string>, string | undefined]>([
		['body and header contain different sessions', { sessionId: 's-1' }, { 'X-Scriptix-Session': 's-2' }, undefined],
		['there is no job ID', { event: 'transcription.completed' }, {}, undefined],
		['the ID is invalid', { sessionId: '../../account/me' }, {}, undefined],
		['the body is a list', [DATA], {}, 'stt_abc123'],
		['the body is null', null, {}, undefined],
	])('is unreadable if %s', (_what, body, headers, id) => {
		expect(read(body, headers)).toEqual({ unreadable: expect.any(String), ...(id && { id }) });
	});

	it('contains the ID even if the body is cut off', () => {
		const body = JSON.stringify({ event: 'transcription.completed', data: DATA }).slice(0, -5);
		expect(callback.read(aDelivery({ body }))).toEqual({ unreadable: expect.any(String), id: 'stt_abc123' });
	});

	it('ignores an invalid document ID', () => {
		expect(read({ sessionId: 's-1', documentId: '../x' })).toEqual({ event: 'completed', id: 's-1' });
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
