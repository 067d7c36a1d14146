import fc from 'fast-check';
import { redactSecrets } from '../../../nodes/Transcription/core/redact';
import { tokenFor } from '../../../nodes/Transcription/callback/token';

describe('redactSecrets', () => {
	it('redacts values that are nested too deeply', () => {
		const deep = JSON.parse(`${'['.repeat(100_000)}"S3CRET"${']'.repeat(100_000)}`) as unknown[];
		expect(JSON.stringify(redactSecrets({ a: 1, deep }, ['S3CRET']))).not.toContain('S3CRET');
	});

	it('replaces a secret at any depth and anywhere in a text', () => {
		expect(redactSecrets({ a: [{ b: 'key=S3CRET&x' }], n: 1, z: null }, ['S3CRET'])).toEqual({
			a: [{ b: 'key=[redacted]&x' }],
			n: 1,
			z: null,
		});
	});

	it('copies only parts that contain a secret', () => {
		const value = { words: [{ text: 'a word' }], url: 'https://example.com?key=S3CRET' };
		const clean = redactSecrets(value, ['S3CRET']) as typeof value;
		expect(clean.url).not.toContain('S3CRET');
		expect(clean.words).toBe(value.words);
	});

	it('replaces a secret in a key and keeps the order of the fields', () => {
		expect(JSON.stringify(redactSecrets({ a: 1, xS3CRET: 'S3CRET', b: 2 }, ['S3CRET']))).toBe(
			'{"a":1,"x[redacted]":"[redacted]","b":2}',
		);
	});

	it('replaces every occurrence', () => {
		expect(redactSecrets('S3CRET S3CRET', ['S3CRET'])).toBe('[redacted] [redacted]');
	});

	it('matches a secret literally, not as a pattern', () => {
		expect(redactSecrets('a.c abc', ['a.c'])).toBe('[redacted] abc');
	});

	it('ignores empty secrets', () => {
		expect(redactSecrets({ a: 'text' }, [''])).toEqual({ a: 'text' });
	});

	it('doesn’t modify its argument', () => {
		const value = { a: 'S3CRET' };
		redactSecrets(value, ['S3CRET']);
		expect(value).toEqual({ a: 'S3CRET' });
	});

	it('replaces all of a secret that starts with another secret', () => {
		expect(redactSecrets('old-and-longer', ['old', 'old-and-longer'])).toBe('[redacted]');
	});

	it('replaces a secret in a key', () => {
		expect(JSON.stringify(redactSecrets({ 'x-S3CRET': 1 }, ['S3CRET']))).not.toContain('S3CRET');
	});

	it('leaves no secret in any JSON value', () => {
		// Secrets consist of capital letters, which don’t occur in the placeholder, numbers, or JSON syntax.
		const secret = fc.string({ unit: fc.constantFrom('A', 'B', 'Q'), minLength: 3, maxLength: 6 });
		fc.assert(
			fc.property(
				fc.array(secret, { minLength: 1, maxLength: 3 }),
				fc.jsonValue(),
				fc.string(),
				(secrets, value, text) => {
					const input = { value, list: secrets.map((s) => `${text}${s}${text}`), joined: secrets.join('') };
					const json = JSON.stringify(redactSecrets(input, secrets));
					for (const s of secrets) expect(json).not.toContain(s);
				},
			),
		);
	});

	describe('without knowing the secret', () => {
		const SIGNATURE = 'd453c00383b5550e083f1b7939cefdffea75d56de5da46efedf295936cd042e0';
		const TOKEN = tokenFor('secret', 'wf/scriptix');
		const URL_ = `https://n8n.example.com/webhook-waiting/42?ref=r&signature=${SIGNATURE}&token=${TOKEN}`;

		it.each<[string, unknown]>([
			['a URL', URL_],
			['a URL at any depth', { a: [{ b: { url: URL_ } }] }],
			['a percent-encoded URL', `https://x.example.com/?callback=${encodeURIComponent(URL_)}&a=b`],
			['a double-encoded URL', encodeURIComponent(encodeURIComponent(URL_))],
			['JSON in a string', JSON.stringify(JSON.stringify({ url: URL_ }))],
			['a key', { [URL_]: true }],
		])('replaces tokens in %s', (_what, value) => {
			const json = JSON.stringify(redactSecrets(value, []));
			expect(json).toContain('[redacted]');
			expect(json).not.toContain(SIGNATURE);
			expect(json).not.toContain(TOKEN);
		});

		it.each<[string, unknown]>([
			['headers as an object', { webhook_headers: { 'x-transcription-webhook-secret': 'S3CRET' } }],
			['headers as strings', { auth_headers: ['X-Transcription-Webhook-Secret: S3CRET'] }],
			['headers as JSON', { headers: '{"X-Transcription-Webhook-Secret": "S3CRET"}' }],
			['headers as nested JSON', { headers: JSON.stringify('{"X-Transcription-Webhook-Secret":"S3CRET"}') }],
		])('replaces the value of the secret header in %s', (_what, value) => {
			expect(JSON.stringify(redactSecrets(value, []))).not.toContain('S3CRET');
		});

		it('keeps other parameters', () => {
			const url =
				'https://n8n.example.com/webhook/wf/scriptix?ref=r&token=short&signature=no-hex-digits-but-long-enough-to-be-a-signature';
			expect(redactSecrets(url, [])).toBe(url);
		});
	});
});
