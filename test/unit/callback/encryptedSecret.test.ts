import { UNREADABLE } from '../../../nodes/Transcription/callback/delivery';
import fc from 'fast-check';
import { decryptSecret, encryptSecret } from '../../../nodes/Transcription/callback/encryptedSecret';

const SECRET = 'wsec_0123456789abcdef';
const SCOPE = 'Ab12Cd34/elevenLabs';
const material = { apiKey: 'sk_current' };

describe('encryptSecret', () => {
	it('returns ciphertext that only the API key decrypts', () => {
		const encrypted = encryptSecret(SECRET, material, SCOPE);
		expect(decryptSecret(encrypted, material, SCOPE)).toBe(SECRET);
		expect(decryptSecret(encrypted, { apiKey: 'sk_other' }, SCOPE)).toBe(UNREADABLE);
	});

	it('round-trips any text', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (secret) => {
				expect(decryptSecret(encryptSecret(secret, material, SCOPE), material, SCOPE)).toBe(secret);
			}),
		);
	});

	it('never contains the secret or the API key, in any encoding of its bytes', () => {
		const bytes = Buffer.from(encryptSecret(SECRET, material, SCOPE), 'base64url');
		for (const text of [SECRET, material.apiKey]) expect(bytes.includes(text)).toBe(false);
	});

	it('returns a different result every time, so that it doesn’t reveal whether a secret changed', () => {
		expect(encryptSecret(SECRET, material, SCOPE)).not.toBe(encryptSecret(SECRET, material, SCOPE));
	});
});

describe('decryptSecret', () => {
	const encrypted = encryptSecret(SECRET, material, SCOPE);

	it('accepts the old API key as the previous secret of a rotation', () => {
		expect(decryptSecret(encrypted, { apiKey: 'sk_new', previousWebhookSecret: 'sk_current' }, SCOPE)).toBe(SECRET);
	});

	it('decrypts ciphertext from an older release', () => {
		const stored = 'AAECAwQFBgcICQoLusuW88PfdeqHiPjDwWBNxKnyFy0O8ioU9zUJ';
		expect(decryptSecret(stored, material, SCOPE)).toBe('wsec_stored');
	});

	it('rejects ciphertext for another trigger', () => {
		expect(decryptSecret(encrypted, material, 'another/elevenLabs')).toBe(UNREADABLE);
	});

	it('rejects ciphertext with any byte altered', () => {
		const bytes = Buffer.from(encrypted, 'base64url');
		for (let index = 0; index < bytes.length; index++) {
			const altered = Buffer.from(bytes);
			altered.writeUInt8(altered.readUInt8(index) ^ 1, index);
			expect(decryptSecret(altered.toString('base64url'), material, SCOPE)).toBe(UNREADABLE);
		}
	});

	it.each(['', 'wsec_plain', SECRET.repeat(4), encrypted.slice(0, 20), encrypted.slice(0, -4)])(
		'rejects “%s”',
		(stored) => {
			expect(decryptSecret(stored, material, SCOPE)).toBe(UNREADABLE);
		},
	);
});
