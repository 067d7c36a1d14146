import fc from 'fast-check';
import { tokenFor, withToken } from '../../../../nodes/Transcription/callback/token';
import { callback } from '../../../../nodes/Transcription/providers/gladia/callback';
import { aDelivery } from '../../callback/aDelivery';

const SCOPE = 'Ab12Cd34Ef56Gh78/gladia';
const PROOF = { secrets: ['the-secret', 'the-old-secret'], scope: SCOPE, settings: {}, nowSeconds: 0 };
const ID = '1fa428c1-7d4e-4b86-9a3b-0c5d1e2f4a6b';

const read = (body: unknown) =>
	callback.read(aDelivery({ body: typeof body === 'string' ? body : JSON.stringify(body) }));

describe('Gladia callback', () => {
	it.each(['transcription.success', 'success'])('announces a completed job with the event %s', (event) => {
		expect(read({ id: ID, event, payload: { transcription: {} } })).toEqual({ event: 'completed', id: ID });
	});

	it.each(['transcription.error', 'error'])('announces a failed job and its reason with the event %s', (event) => {
		expect(read({ id: ID, event, error: { code: 500, message: 'Out of order' } })).toEqual({
			event: 'failed',
			id: ID,
			details: { errorMessage: 'Out of order' },
		});
	});

	it('announces a failed job without a reason', () => {
		expect(read({ id: ID, event: 'transcription.error', error: null })).toEqual({ event: 'failed', id: ID });
	});

	it('reads the ID in the form of the account’s webhooks', () => {
		expect(read({ event: 'transcription.success', payload: { id: ID } })).toEqual({ event: 'completed', id: ID });
	});

	it.each([{ transcription_id: ID }, { payload: { transcription_id: ID } }])(
		'reads the ID in the form of the support pages: %j',
		(body) => {
			expect(read({ event: 'success', ...body })).toEqual({ event: 'completed', id: ID });
		},
	);

	it.each(['transcription.created', 'live.start_session', '', 'constructor'])(
		'is ignored with the event “%s”',
		(event) => {
			expect(read({ id: ID, event })).toEqual({ ignored: expect.any(String) });
		},
	);

	it.each<[string, unknown]>([
		['no event', { id: ID }],
		['no ID', { event: 'transcription.success' }],
		['an unsafe ID', { id: '../x', event: 'transcription.success' }],
		['no JSON', 'id=1'],
		['nothing', ''],
	])('is unreadable with %s', (_what, body) => {
		expect(read(body)).toHaveProperty('unreadable');
	});

	it('contains the ID even if it is truncated', () => {
		expect(read(`{"id":"${ID}","event":"transcription.success","payload":{"metad`)).toMatchObject({ id: ID });
	});

	it('never throws while reading arbitrary bodies', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.jsonValue()), (body) => {
				expect(() => read(body)).not.toThrow();
			}),
		);
	});
});

describe('Verification of Gladia callbacks', () => {
	const verify = (query: URLSearchParams) => callback.verify(aDelivery({ query }), PROOF);

	it.each(PROOF.secrets)('accepts the token that Submit adds with “%s”', (secret) => {
		const url = callback.urlFor?.(`https://n8n.example.com/webhook/${SCOPE}?ref=a`, secret, {});
		expect(url).toBe(withToken(`https://n8n.example.com/webhook/${SCOPE}?ref=a`, secret));
		expect(verify(new URL(url ?? '').searchParams)).toEqual({ ok: true });
	});

	it.each<[string, string]>([
		['no token', ''],
		['an empty token', 'token='],
		['the secret itself', 'token=the-secret'],
		['a token from another secret', `token=${tokenFor('another', SCOPE)}`],
		['a token of another workflow', `token=${tokenFor('the-secret', 'other/gladia')}`],
		['two tokens', `token=${tokenFor('the-secret', SCOPE)}&token=x`],
	])('rejects %s', (_what, query) => {
		expect(verify(new URLSearchParams(query))).toMatchObject({ ok: false });
	});

	it('accepts any secret, because it is never sent', () => {
		expect(callback.unfitSecret('two words\nGrüße', {})).toBeUndefined();
	});
});
