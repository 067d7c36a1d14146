import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { UNREADABLE, type Verification } from './delivery';
import type { SecretMaterial } from './secrets';

/**
 * Encrypts a secret issued by a service before it is stored in the workflow's static data, because anyone who can open
 * the workflow can read that data.
 *
 * The encryption is AES-256-GCM with a key derived from the API key (HKDF-SHA256), bound to one trigger's scope. All
 * functions are pure.
 */

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Domain separation: the label names the purpose and the format, so that the derived key is never used for anything
 * else.
 */
const KEY_LABEL = 'n8n-nodes-transcription:issued-secret:v1';

/**
 * The verification result if the signing secret is unreadable. No weaker proof is accepted in place of the signature.
 */
export const REFUSED_AS_UNREADABLE: Verification = {
	ok: false,
	reason:
		'the webhook’s signing secret was encrypted with a different API key. Enter the old API key as Previous Webhook Secret, or unpublish this workflow and publish it again, which registers a new webhook',
};

/**
 * @param secret issued by the service
 * @param scope the path of the callback URL that belongs to one trigger, see `triggerScope` in `url.ts`
 * @returns base64url of IV, authentication tag, and ciphertext; different on every call
 */
export function encryptSecret(secret: string, { apiKey }: Pick<SecretMaterial, 'apiKey'>, scope: string): string {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv(CIPHER, keyFrom(apiKey), iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(scope));
	const encrypted = [cipher.update(secret, 'utf8'), cipher.final()];
	return Buffer.concat([iv, cipher.getAuthTag(), ...encrypted]).toString('base64url');
}

/**
 * Reverses `encryptSecret`. During a rotation, the previous secret may be the old API key, so it is tried too.
 * @returns UNREADABLE for anything that wasn't encrypted with one of these keys for this scope
 */
export function decryptSecret(encrypted: string, material: SecretMaterial, scope: string): string | typeof UNREADABLE {
	const { apiKey, previousWebhookSecret: previous } = material;
	for (const key of previous ? [apiKey, previous] : [apiKey]) {
		const secret = decryptWith(keyFrom(key), Buffer.from(encrypted, 'base64url'), scope);
		if (secret !== undefined) return secret;
	}
	return UNREADABLE;
}

function decryptWith(key: Buffer, bytes: Buffer, scope: string): string | undefined {
	const tagEnd = IV_BYTES + TAG_BYTES;
	if (bytes.length <= tagEnd) return undefined;
	const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
	decipher.setAAD(Buffer.from(scope)).setAuthTag(bytes.subarray(IV_BYTES, tagEnd));
	try {
		return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8');
	} catch {
		// The authentication tag doesn't match: a different key, a different scope, or altered data.
		return undefined;
	}
}

function keyFrom(apiKey: string): Buffer {
	return Buffer.from(hkdfSync('sha256', apiKey, '', KEY_LABEL, KEY_BYTES));
}
