import fc from 'fast-check';
import { callback, sign } from '../../../../nodes/Transcription/providers/revAi/callback';
import { aDelivery, received } from '../../callback/aDelivery';

const PROOF = { secrets: ['the-secret', 'the-old-secret'], scope: 'w/revAi', settings: {}, nowSeconds: 0 };

const read = (body: unknown) =>
	callback.read(aDelivery({ body: typeof body === 'string' ? body : JSON.stringify(body) }));

describe('Rev AI callback', () => {
	// Source: Rev AI docs, “Asynchronous API reference”, webhooks.
	it('announces a completed job', () => {
		expect(
			read({
				job: {
					id: 'Umx5c6F7pH7r',
					status: 'transcribed',
					created_on: '2018-05-05T23:23:22.29Z',
					duration_seconds: 356.24,
					type: 'async',
				},
			}),
		).toEqual({ event: 'completed', id: 'Umx5c6F7pH7r' });
	});

	it('announces a failed job', () => {
		expect(read({ job: { id: 'Umx5c6F7pH7r', status: 'failed', failure: 'download_failure' } })).toEqual({
			event: 'failed',
			id: 'Umx5c6F7pH7r',
		});
	});

	it('announces a job transcribed by humans', () => {
		expect(read({ job: { id: 'a', status: 'transcribed', type: 'human_tc' } })).toEqual({
			event: 'completed',
			id: 'a',
		});
	});

	it.each<[string, object]>([
		['a job in progress', { job: { id: 'a', status: 'in_progress' } }],
		['a new status', { job: { id: 'a', status: 'constructor' } }],
		['a job of another API', { job: { id: 'a', status: 'completed', type: 'sentiment_analysis' } }],
		['a custom vocabulary', { custom_vocabulary: { id: 'a', status: 'complete' } }],
	])('is ignored for %s', (_what, body) => {
		expect(read(body)).toEqual({ ignored: expect.any(String) });
	});

	it.each<[string, unknown]>([
		['no job', { id: 'a' }],
		['a job that isn’t an object', { job: 'a' }],
		['no status', { job: { id: 'a' } }],
		['no ID', { job: { status: 'transcribed' } }],
		['an unsafe ID', { job: { id: '../account', status: 'transcribed' } }],
		['no JSON', 'job=a'],
		['nothing', ''],
	])('is unreadable with %s', (_what, body) => {
		expect(read(body)).toHaveProperty('unreadable');
	});

	it('contains the ID even if it is truncated', () => {
		expect(read('{"job":{"id":"Umx5c6F7pH7r","status":"transcr')).toMatchObject({ id: 'Umx5c6F7pH7r' });
	});

	it('never throws while reading arbitrary bodies', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.jsonValue()), (body) => {
				expect(() => read(body)).not.toThrow();
			}),
		);
	});
});

describe('Verification of Rev AI callbacks', () => {
	const verify = (headers: Record<string, string>) => callback.verify(aDelivery({ headers: received(headers) }), PROOF);

	it.each(PROOF.secrets)('accepts a header with “%s”', (secret) => {
		expect(verify(sign(secret))).toEqual({ ok: true });
	});

	it.each<[string, Record<string, string>]>([
		['another secret', sign('the-secreT')],
		['another scheme', { Authorization: 'Basic the-secret' }],
		['no scheme', { Authorization: 'the-secret' }],
		['an empty token', { Authorization: 'Bearer ' }],
		['an empty header', { Authorization: '' }],
		['no header', {}],
		['the header of other services', { 'X-Transcription-Webhook-Secret': 'the-secret' }],
	])('rejects %s', (_what, headers) => {
		expect(verify(headers)).toMatchObject({ ok: false });
	});

	it.each([
		['a\r\nX-Other: b', 'line breaks'],
		['two words', 'spaces'],
	])('disallows the secret %j', (secret, reason) => {
		expect(callback.unfitSecret(secret, {})).toContain(reason);
	});

	it('allows a secret without spaces', () => {
		expect(callback.unfitSecret('s3cret!-_~', {})).toBeUndefined();
	});
});
