import fc from 'fast-check';
import {
	acceptedSecrets,
	callbackSecret,
	sameSecret,
	sameSignature,
} from '../../../nodes/Transcription/callback/secrets';

describe('callbackSecret', () => {
	it('is the webhook secret as it stands, blanks included', () => {
		expect(callbackSecret({ apiKey: 'key', webhookSecret: ' mine ' }, 'wf/p')).toBe(' mine ');
	});

	it('is derived from the API key where the user chose none', () => {
		expect(callbackSecret({ apiKey: 'key' }, 'wf/p')).toMatch(/^[0-9a-f]{64}$/);
	});

	it('is derived where the webhook secret is empty', () => {
		expect(callbackSecret({ apiKey: 'key', webhookSecret: '' }, 'wf/p')).toBe(callbackSecret({ apiKey: 'key' }, 'wf/p'));
	});

	it('keeps its value over releases: jobs in flight were submitted by an older one', () => {
		expect(callbackSecret({ apiKey: 'key' }, 'Ab12Cd34/assemblyAi')).toBe(
			'5f4fa3fcfd31dfc257e92255ed5bc0072f70a454e177aafb9861a41b038625ca',
		);
	});

	it('differs between scopes and between keys', () => {
		const secrets = [
			callbackSecret({ apiKey: 'key' }, 'a/p'),
			callbackSecret({ apiKey: 'key' }, 'b/p'),
			callbackSecret({ apiKey: 'other' }, 'a/p'),
		];
		expect(new Set(secrets).size).toBe(3);
	});

	it.each(['', '   '])('refuses to derive anything from the API key “%s”', (apiKey) => {
		expect(() => callbackSecret({ apiKey }, 'wf/p')).toThrow('The credential has no API key');
	});

	it('does not contain the API key', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 4 }), fc.string(), (apiKey, scope) => {
				fc.pre(apiKey.trim().length > 3);
				expect(callbackSecret({ apiKey }, scope)).not.toContain(apiKey);
			}),
		);
	});
});

describe('acceptedSecrets', () => {
	it('is the current one alone outside a rotation', () => {
		expect(acceptedSecrets({ apiKey: 'key' }, 'wf/p')).toEqual([callbackSecret({ apiKey: 'key' }, 'wf/p')]);
	});

	it('adds the previous one, taken as a secret and as an API key', () => {
		expect(acceptedSecrets({ apiKey: 'new', previousWebhookSecret: 'old' }, 'wf/p')).toEqual([
			callbackSecret({ apiKey: 'new' }, 'wf/p'),
			'old',
			callbackSecret({ apiKey: 'old' }, 'wf/p'),
		]);
	});

	it('refuses a credential with a previous secret but no API key', () => {
		expect(() => acceptedSecrets({ apiKey: '', previousWebhookSecret: 'old' }, 'wf/p')).toThrow('The credential has no API key');
	});
});

describe.each([['sameSecret', sameSecret], ['sameSignature', sameSignature]])('%s', (_, same) => {
	it('agrees with equality for any two texts', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (a, b) => {
				expect(same(a, b)).toBe(a === b);
				expect(same(a, a)).toBe(true);
			}),
		);
	});
});
