import fc from 'fast-check';
import { sign, unfitForHeader, verify } from '../../../nodes/Transcription/callback/headerSecret';
import { acceptedSecrets, callbackSecret } from '../../../nodes/Transcription/callback/secrets';
import { triggerScope } from '../../../nodes/Transcription/callback/url';
import { aDelivery, received } from './aDelivery';

const SCOPE = triggerScope('Ab12Cd34', 'assemblyAi');
const credential = { apiKey: 'the-api-key' };
const signed = (material = credential, scope = SCOPE) => received(sign(callbackSecret(material, scope)));
const HEADER = 'x-transcription-webhook-secret';

describe('verification by header secret', () => {
	it('accepts the secret of the same credential and trigger', () => {
		expect(verify(aDelivery({ headers: signed() }), acceptedSecrets(credential, SCOPE))).toEqual({ ok: true });
	});

	it('accepts a secret that the user chose', () => {
		const chosen = { ...credential, webhookSecret: 'correct horse battery staple' };
		expect(verify(aDelivery({ headers: signed(chosen) }), acceptedSecrets(chosen, SCOPE)).ok).toBe(true);
	});

	it('accepts the previous webhook secret during a rotation', () => {
		const before = { ...credential, webhookSecret: 'old secret' };
		const after = { ...credential, webhookSecret: 'new secret', previousWebhookSecret: 'old secret' };
		expect(verify(aDelivery({ headers: signed(before) }), acceptedSecrets(after, SCOPE)).ok).toBe(true);
	});

	it('accepts the secret derived from the previous API key during a rotation', () => {
		const after = { apiKey: 'a new key', previousWebhookSecret: credential.apiKey };
		expect(verify(aDelivery({ headers: signed() }), acceptedSecrets(after, SCOPE)).ok).toBe(true);
	});

	it.each([
		['a wrong secret', { [HEADER]: 'guessed' }, 'different secret'],
		['no header', {}, 'missing'],
		['an empty header', { [HEADER]: '' }, 'missing'],
		['the API key itself', { [HEADER]: credential.apiKey }, 'different secret'],
		['the right secret with a suffix', { [HEADER]: `${signed()[HEADER]}0` }, 'different secret'],
		['a truncated secret', { [HEADER]: signed()[HEADER]?.slice(0, -1) }, 'different secret'],
		[
			'the right secret twice, as an array',
			{ [HEADER]: [signed()[HEADER] as string, signed()[HEADER] as string] },
			'missing',
		],
		[
			'the right secret twice, as joined by Node.js',
			{ [HEADER]: `${signed()[HEADER]}, ${signed()[HEADER]}` },
			'different secret',
		],
		['the secret of another workflow', signed(credential, triggerScope('Other', 'assemblyAi')), 'different secret'],
		['the secret of another provider', signed(credential, triggerScope('Ab12Cd34', 'soniox')), 'different secret'],
		['the secret of another API key', signed({ apiKey: 'another key' }), 'different secret'],
		['the right secret in another header', { 'x-secret': signed()[HEADER] }, 'missing'],
	])('rejects %s', (_what, headers, reason) => {
		const verification = verify(aDelivery({ headers }), acceptedSecrets(credential, SCOPE));
		expect(verification).toEqual({ ok: false, reason: expect.stringContaining(reason) });
	});

	it('rejects the old secret after the rotation', () => {
		const before = { ...credential, webhookSecret: 'old secret' };
		const after = { ...credential, webhookSecret: 'new secret' };
		expect(verify(aDelivery({ headers: signed(before) }), acceptedSecrets(after, SCOPE)).ok).toBe(false);
	});

	it('accepts the derived secret after the user chose a secret, because jobs in progress use it', () => {
		const chosen = { ...credential, webhookSecret: 'mine' };
		expect(verify(aDelivery({ headers: signed() }), acceptedSecrets(chosen, SCOPE)).ok).toBe(true);
	});

	it('rejects the derived secret of another trigger after the user chose a secret', () => {
		const chosen = { ...credential, webhookSecret: 'mine' };
		expect(verify(aDelivery({ headers: signed() }), acceptedSecrets(chosen, 'other/trigger')).ok).toBe(false);
	});

	it('never includes the received secret in the reason', () => {
		const verification = verify(aDelivery({ headers: { [HEADER]: 'guessed' } }), acceptedSecrets(credential, SCOPE));
		expect(JSON.stringify(verification)).not.toContain('guessed');
	});
});

describe('unfitForHeader', () => {
	it('accepts every derived secret', () => {
		expect(unfitForHeader(callbackSecret(credential, SCOPE))).toBeUndefined();
	});

	it('accepts printable ASCII with spaces inside', () => {
		expect(unfitForHeader('correct horse: "battery" ~staple')).toBeUndefined();
	});

	it.each([
		['a line break', 'a\nb', 'line breaks'],
		['a character outside ASCII', 'pässword', 'non-ASCII'],
		['a tab', 'a\tb', 'line breaks or non-ASCII characters'],
		['a leading space', ' a', 'space'],
		['a trailing space', 'a ', 'space'],
		['more than 1,000 characters', 'a'.repeat(1001), '1,000'],
	])('rejects %s', (_what, secret, reason) => {
		expect(unfitForHeader(secret)).toContain(reason);
	});

	it('only accepts secrets that the platform’s Headers keep unchanged', () => {
		// Half of the secrets are printable, because almost no random binary string would be accepted.
		const secrets = fc.oneof(
			fc.string({ unit: 'grapheme-ascii', minLength: 1 }),
			fc.string({ unit: 'binary', minLength: 1 }),
		);
		fc.assert(
			fc.property(secrets, (secret) => {
				fc.pre(unfitForHeader(secret) === undefined);
				expect(new Headers({ [HEADER]: secret }).get(HEADER)).toBe(secret);
			}),
		);
	});
});
