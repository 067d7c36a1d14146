import fc from 'fast-check';
import {
	acceptedSecrets,
	callbackSecret,
	sameSecret,
	sameSignature,
} from '../../../nodes/Transcription/callback/secrets';

describe('callbackSecret', () => {
	it('is the unchanged webhook secret, including spaces', () => {
		expect(callbackSecret({ apiKey: 'key', webhookSecret: ' mine ' }, 'wf/p')).toBe(' mine ');
	});

	it('is derived from the API key if the user chose none', () => {
		expect(callbackSecret({ apiKey: 'key' }, 'wf/p')).toMatch(/^[0-9a-f]{64}$/);
	});

	it('is derived from the API key if the webhook secret is empty', () => {
		expect(callbackSecret({ apiKey: 'key', webhookSecret: '' }, 'wf/p')).toBe(
			callbackSecret({ apiKey: 'key' }, 'wf/p'),
		);
	});

	it('is the same in every release, because jobs in progress may have been submitted by an older one', () => {
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

	it.each(['', '   '])('can’t be derived from the API key “%s”', (apiKey) => {
		expect(() => callbackSecret({ apiKey }, 'wf/p')).toThrow('The credential has no API key');
	});

	it('doesn’t contain the API key', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 4 }), fc.string(), (apiKey, scope) => {
				fc.pre(apiKey.trim().length > 3);
				expect(callbackSecret({ apiKey }, scope)).not.toContain(apiKey);
			}),
		);
	});
});

describe('acceptedSecrets', () => {
	it('returns only the current secret outside of a rotation', () => {
		expect(acceptedSecrets({ apiKey: 'key' }, 'wf/p')).toEqual([callbackSecret({ apiKey: 'key' }, 'wf/p')]);
	});

	it('adds the previous secret, used as a webhook secret and as an API key', () => {
		expect(acceptedSecrets({ apiKey: 'new', previousWebhookSecret: 'old' }, 'wf/p')).toEqual([
			callbackSecret({ apiKey: 'new' }, 'wf/p'),
			'old',
			callbackSecret({ apiKey: 'old' }, 'wf/p'),
		]);
	});

	it('rejects a credential with a previous secret but no API key', () => {
		expect(() => acceptedSecrets({ apiKey: '', previousWebhookSecret: 'old' }, 'wf/p')).toThrow(
			'The credential has no API key',
		);
	});
});

describe.each([
	['sameSecret', sameSecret],
	['sameSignature', sameSignature],
])('%s', (_, same) => {
	it('matches strict equality for any two strings', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (a, b) => {
				expect(same(a, b)).toBe(a === b);
				expect(same(a, a)).toBe(true);
			}),
		);
	});
});
