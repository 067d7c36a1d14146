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

describe('a signed callback of the batch upload API', () => {
	const BODY = '{"event":"transcription.completed","data":{"id":"stt_abc123","name":"Grüße"}}';
	const check = (header: Record<string, string>, body = BODY, ...secrets: string[]) =>
		callback.verify(aDelivery({ body, headers: received(header) }), proof(STT, ...secrets));
	const signed = (value: string) => ({ 'X-Scriptix-Signature': value });

	it.each(vectors.cases.map((one) => [one.name, one] as const))('is verified as the documentation says: %s', (_name, one) => {
		expect(check(signed(one.header), one.raw_body_utf8, one.secret)).toEqual({ ok: true, bodySigned: true });
	});

	it('is verified with any of the secrets that are valid now', () => {
		expect(check(signed(`sha256=${hex(BODY)}`), BODY, 'new', 'older', SECRET)).toMatchObject({ ok: true });
	});

	const FORGED: Array<[string, Record<string, string>, string?]> = [
		['without the header', {}],
		['with an empty header', signed('')],
		['with another prefix', signed(`sha512=${hex(BODY)}`)],
		['without the prefix', signed(hex(BODY))],
		['with upper-case digits', signed(`sha256=${hex(BODY).toUpperCase()}`)],
		['with a digit less', signed(`sha256=${hex(BODY).slice(0, -1)}`)],
		['with a digit more', signed(`sha256=${hex(BODY)}0`)],
		['with another last digit', signed(`sha256=${hex(BODY).slice(0, -1)}${hex(BODY).endsWith('0') ? '1' : '0'}`)],
		['with a blank in front', signed(` sha256=${hex(BODY)}`)],
		['with base64 in place of hex digits', signed(`sha256=${createHmac('sha256', SECRET).update(BODY).digest('base64')}`)],
		['with the signature of another secret', signed(`sha256=${hex(BODY, 'other')}`)],
		['with the signature of another body', signed(`sha256=${hex('{}')}`)],
		['with a body that was parsed and written again', signed(`sha256=${hex(BODY)}`), JSON.stringify(JSON.parse(BODY), null, 1)],
		['with a line break after the body', signed(`sha256=${hex(BODY)}`), `${BODY}\n`],
		['with the documented test value', signed('sha256=test123')],
		['with the signature in another header', { 'X-Signature': `sha256=${hex(BODY)}` }],
		['with the secret itself', { [SECRET_HEADER]: SECRET }],
	];
	it.each(FORGED.map(([what, headers, body = BODY]) => [what, headers, body] as const))('is refused %s', (_what, headers, body) => {
		expect(check(headers, body)).toMatchObject({ ok: false, reason: expect.stringContaining('X-Scriptix-Signature') });
	});

	it('is refused where the header came twice', () => {
		const headers = { 'x-scriptix-signature': [`sha256=${hex(BODY)}`, `sha256=${hex(BODY)}`] };
		expect(callback.verify(aDelivery({ body: BODY, headers }), proof(STT))).toMatchObject({ ok: false });
	});

	it('is verified on the bytes as they came, also where they are no UTF-8', () => {
		const rawBody = Buffer.from([0xff, 0xfe, 0x7b]);
		const signature = createHmac('sha256', SECRET).update(rawBody).digest('hex');
		const delivery = { ...aDelivery({ headers: received(signed(`sha256=${signature}`)) }), rawBody };
		expect(callback.verify(delivery, proof(STT))).toMatchObject({ ok: true });
	});

	it('is refused by its token, where a signature is wanted', () => {
		const query = new URL(callback.urlFor?.('https://n/x', SECRET, STT) ?? '').searchParams;
		expect(callback.verify(aDelivery({ body: BODY, query }), proof(STT))).toMatchObject({ ok: false });
	});
});

describe('a callback of the sessions API', () => {
	const check = (headers: Record<string, string>, settings: Record<string, string> = SESSIONS) =>
		callback.verify(aDelivery({ body: '{"sessionId":"a"}', headers: received(headers) }), proof(settings));

	it.each<Record<string, string>>([SESSIONS, {}, { apiGeneration: '', webhookVerification: 'automatic' }, { webhookVerification: 'header' }])(
		'is verified by the secret in our header, with %j',
		(settings) => {
			expect(check({ [SECRET_HEADER]: SECRET }, settings)).toEqual({ ok: true });
		},
	);

	it.each<[string, Record<string, string>]>([
		['without the header', {}],
		['with another secret', { [SECRET_HEADER]: 'other' }],
		['with a signature in its place', { 'X-Scriptix-Signature': `sha256=${hex('{"sessionId":"a"}')}` }],
	])('is refused %s', (_what, headers) => {
		expect(check(headers)).toMatchObject({ ok: false });
	});
});

describe.each([
	['batch upload', { ...STT, webhookVerification: 'token' }],
	['sessions', { ...SESSIONS, webhookVerification: 'token' }],
])('a token in the URL, with the generation %s', (_name, settings) => {
	const URL_ = 'https://n8n.example.com/webhook/w/scriptix?ref=r&a=b%20c';
	const url = callback.urlFor?.(URL_, SECRET, settings) ?? '';
	const check = (query: URLSearchParams, ...secrets: string[]) => callback.verify(aDelivery({ query }), proof(settings, ...secrets));

	it('stands beside what the URL carries already, and is not the secret', () => {
		const query = new URL(url).searchParams;
		expect([...query.keys()]).toEqual(['ref', 'a', 'token']);
		expect(query.get('a')).toBe('b c');
		expect(url).not.toContain(SECRET);
	});

	it('is verified, with any of the secrets that are valid now', () => {
		expect(check(new URL(url).searchParams, 'new', SECRET)).toEqual({ ok: true });
	});

	it.each<[string, (token: string) => string]>([
		['missing', () => ''],
		['empty', () => 'token='],
		['that of another secret', () => `token=${new URL(callback.urlFor?.(URL_, 'other', settings) ?? '').searchParams.get('token')}`],
		['that of another workflow', () => `token=${new URL(callback.urlFor?.(URL_.replace('/w/', '/other/'), SECRET, settings) ?? '').searchParams.get('token')}`],
		['the secret itself', () => `token=${SECRET}`],
		['there twice', (token) => `token=${token}&token=${token}`],
		['in upper case', (token) => `token=${token.toUpperCase()}`],
		['a digit shorter', (token) => `token=${token.slice(1)}`],
	])('is refused where it is %s', (_what, query) => {
		const token = new URL(url).searchParams.get('token') ?? '';
		expect(check(new URLSearchParams(query(token)))).toMatchObject({ ok: false, reason: expect.stringContaining('token') });
	});
});

it('a sessions URL carries no token unless that is how it is verified', () => {
	expect(callback.urlFor?.('https://n/x', SECRET, SESSIONS)).toBe('https://n/x');
});

it('nothing is accepted with a verification that there is not', () => {
	const headers = received({ [SECRET_HEADER]: SECRET });
	expect(callback.verify(aDelivery({ headers }), proof({ webhookVerification: 'none' }))).toMatchObject({ ok: false });
});

describe('a credential with which no callback could be verified', () => {
	it.each<[string, Record<string, string>, boolean, string]>([
		['a signature of the sessions API', { ...SESSIONS, webhookVerification: 'hmac' }, true, 'doesn’t sign callbacks'],
		['our header with batch upload', { ...STT, webhookVerification: 'header' }, true, 'doesn’t send custom headers'],
		['a signature without a Webhook Secret', { ...STT, webhookVerification: 'hmac' }, false, '“Webhook Secret” in the credential is empty'],
		['batch upload as it is, without a Webhook Secret', STT, false, '“Webhook Secret” in the credential is empty'],
		['a verification that there is not', { ...STT, webhookVerification: 'none' }, true, 'none'],
	])('is refused: %s', (_what, settings, hasSecret, message) => {
		expect(callback.unverifiable?.(settings, hasSecret)).toMatchObject({
			message: expect.stringContaining(message),
			description: expect.stringMatching(/select|set /i),
		});
	});

	it.each<[string, Record<string, string>, boolean]>([
		['sessions as they are', SESSIONS, false],
		['sessions with a token', { ...SESSIONS, webhookVerification: 'token' }, false],
		['batch upload with a Webhook Secret', STT, true],
		['batch upload with a token', { ...STT, webhookVerification: 'token' }, false],
	])('is not: %s', (_what, settings, hasSecret) => {
		expect(callback.unverifiable?.(settings, hasSecret)).toBeUndefined();
	});

	it('may have a Webhook Secret of any characters, unless it travels in a header', () => {
		expect(callback.unfitSecret(' Geheimnis ü ', STT)).toBeUndefined();
		expect(callback.unfitSecret(' Geheimnis ü ', SESSIONS)).toMatch(/ASCII/);
	});
});

describe('what a callback announces', () => {
	const read = (body: unknown, headers: Record<string, string> = {}) =>
		callback.read(aDelivery({ body: JSON.stringify(body), headers: received(headers) }));
	const DATA = { id: 'stt_abc123', status: 'completed', document_id: 456 };

	it('is a completed job of the batch upload API, with its document', () => {
		const body = { event: 'transcription.completed', timestamp: '2025-01-17T10:30:00Z', data: { ...DATA, duration_seconds: 3600, language: 'en' } };
		expect(read(body)).toEqual({ event: 'completed', id: 'stt_abc123', details: { documentId: '456' } });
	});

	it('is a failed job of the batch upload API, with the reason where it is given', () => {
		const body = { event: 'transcription.failed', data: { id: 'stt_abc123', status: 'failed', error: { message: 'No speech' } } };
		expect(read(body)).toEqual({ event: 'failed', id: 'stt_abc123', details: { errorMessage: 'No speech' } });
	});

	it.each<[string, unknown, Record<string, string>]>([
		['sessionId', { sessionId: 's-1', zoom_id: 'z-1' }, {}],
		['session_id', { session_id: 's-1' }, {}],
		['data.session_id', { data: { session_id: 's-1' } }, {}],
		['id', { id: 's-1' }, {}],
		['the header X-Scriptix-Session', {}, { 'X-Scriptix-Session': 's-1' }],
		['both body and header', { sessionId: 's-1' }, { 'X-Scriptix-Session': 's-1' }],
	])('is a completed session, named by %s', (_where, body, headers) => {
		expect(read(body, headers)).toEqual({ event: 'completed', id: 's-1' });
	});

	it.each<[string, unknown, Record<string, string>]>([
		['documentId', { sessionId: 's-1', documentId: 7 }, {}],
		['document_id', { sessionId: 's-1', document_id: '7' }, {}],
		['the header X-Scriptix-Document', { sessionId: 's-1' }, { 'X-Scriptix-Document': '7' }],
	])('carries the document, named by %s', (_where, body, headers) => {
		expect(read(body, headers)).toMatchObject({ details: { documentId: '7' } });
	});

	it('is a session named by the header although there is no body', () => {
		const headers = received({ 'X-Scriptix-Session': 's-1' });
		expect(callback.read(aDelivery({ headers }))).toEqual({ event: 'completed', id: 's-1' });
	});

	it('prefers the ID of the job to that of the event', () => {
		expect(read({ id: 'evt_1', event: 'transcription.completed', data: DATA })).toMatchObject({ id: 'stt_abc123' });
	});

	it.each<[string, unknown, Record<string, string>]>([
		['body and header name different sessions', { sessionId: 's-1' }, { 'X-Scriptix-Session': 's-2' }],
		['nothing names a job', { event: 'transcription.completed' }, {}],
		['the ID is none', { sessionId: '../../account/me' }, {}],
		['the event is another', { event: 'document.updated', data: DATA }, {}],
		['the state is no end', { sessionId: 's-1', status: 'queued' }, {}],
		['the body is a list', [DATA], {}],
		['the body is null', null, {}],
	])('is nothing where %s', (_what, body, headers) => {
		expect(read(body, headers)).toEqual({ ignored: expect.any(String) });
	});

	it('leaves out a document that is no ID', () => {
		expect(read({ sessionId: 's-1', documentId: '../x' })).toEqual({ event: 'completed', id: 's-1' });
	});

	it('never makes reading throw, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array(), fc.json().map((json) => new TextEncoder().encode(json))), (bytes) => {
				expect(() => callback.read({ ...aDelivery(), rawBody: Buffer.from(bytes) })).not.toThrow();
			}),
		);
	});
});
