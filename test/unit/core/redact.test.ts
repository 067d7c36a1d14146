import fc from 'fast-check';
import { redactSecrets } from '../../../nodes/Transcription/core/redact';
import { tokenFor } from '../../../nodes/Transcription/callback/token';

describe('redactSecrets', () => {
	it('lets nothing through that is nested without end', () => {
		const deep = JSON.parse(`${'['.repeat(100_000)}"S3CRET"${']'.repeat(100_000)}`) as unknown[];
		expect(JSON.stringify(redactSecrets({ a: 1, deep }, ['S3CRET']))).not.toContain('S3CRET');
	});

	it('replaces a secret at any depth, wherever it stands in a text', () => {
		expect(redactSecrets({ a: [{ b: 'key=S3CRET&x' }], n: 1, z: null }, ['S3CRET'])).toEqual({
			a: [{ b: 'key=[redacted]&x' }],
			n: 1,
			z: null,
		});
	});

	it('copies only what holds a secret', () => {
		const given = { words: [{ text: 'a word' }], url: 'https://example.com?key=S3CRET' };
		const clean = redactSecrets(given, ['S3CRET']) as typeof given;
		expect(clean.url).not.toContain('S3CRET');
		expect(clean.words).toBe(given.words);
	});

	it('replaces a secret in a name, and keeps the order of the fields', () => {
		expect(JSON.stringify(redactSecrets({ a: 1, xS3CRET: 'S3CRET', b: 2 }, ['S3CRET']))).toBe('{"a":1,"x[redacted]":"[redacted]","b":2}');
	});

	it('replaces every occurrence', () => {
		expect(redactSecrets('S3CRET S3CRET', ['S3CRET'])).toBe('[redacted] [redacted]');
	});

	it('takes a secret literally, not as a pattern', () => {
		expect(redactSecrets('a.c abc', ['a.c'])).toBe('[redacted] abc');
	});

	it('ignores secrets that are empty', () => {
		expect(redactSecrets({ a: 'text' }, [''])).toEqual({ a: 'text' });
	});

	it('leaves its argument as it was', () => {
		const given = { a: 'S3CRET' };
		redactSecrets(given, ['S3CRET']);
		expect(given).toEqual({ a: 'S3CRET' });
	});

	it('leaves nothing of a secret that begins with another secret', () => {
		expect(redactSecrets('old-and-longer', ['old', 'old-and-longer'])).toBe('[redacted]');
	});

	it('replaces a secret in the name of a member', () => {
		expect(JSON.stringify(redactSecrets({ 'x-S3CRET': 1 }, ['S3CRET']))).not.toContain('S3CRET');
	});

	it('leaves no secret in any JSON value', () => {
		// Capitals: nothing that the replacement text, a number or JSON itself contains.
		const secret = fc.string({ unit: fc.constantFrom('A', 'B', 'Q'), minLength: 3, maxLength: 6 });
		fc.assert(
			fc.property(fc.array(secret, { minLength: 1, maxLength: 3 }), fc.jsonValue(), fc.string(), (secrets, value, text) => {
				const given = { value, list: secrets.map((s) => `${text}${s}${text}`), joined: secrets.join('') };
				const json = JSON.stringify(redactSecrets(given, secrets));
				for (const s of secrets) expect(json).not.toContain(s);
			}),
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
			['a URL that was encoded twice', encodeURIComponent(encodeURIComponent(URL_))],
			['JSON inside a text', JSON.stringify(JSON.stringify({ url: URL_ }))],
			['the name of a member', { [URL_]: true }],
		])('replaces tokens in %s', (_what, value) => {
			const json = JSON.stringify(redactSecrets(value, []));
			expect(json).toContain('[redacted]');
			expect(json).not.toContain(SIGNATURE);
			expect(json).not.toContain(TOKEN);
		});

		it.each<[string, unknown]>([
			['headers as an object', { webhook_headers: { 'x-transcription-webhook-secret': 'S3CRET' } }],
			['headers as texts', { auth_headers: ['X-Transcription-Webhook-Secret: S3CRET'] }],
			['headers as JSON', { headers: '{"X-Transcription-Webhook-Secret": "S3CRET"}' }],
			['headers as JSON inside JSON', { headers: JSON.stringify('{"X-Transcription-Webhook-Secret":"S3CRET"}') }],
		])('replaces our header’s value in %s', (_what, value) => {
			expect(JSON.stringify(redactSecrets(value, []))).not.toContain('S3CRET');
		});

		it('leaves other parameters as they are', () => {
			const url = 'https://n8n.example.com/webhook/wf/scriptix?ref=r&token=short&signature=no-hex-digits-but-rather-long-all-the-same';
			expect(redactSecrets(url, [])).toBe(url);
		});
	});
});
