import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { userError } from '../core/userError';

/** The credential fields used to verify callbacks. */
export interface SecretMaterial {
	apiKey: string;
	/** The user's own secret, used unchanged. */
	webhookSecret?: string;
	/** The secret or the API key that was valid before a rotation. */
	previousWebhookSecret?: string;
}

/** Domain separation: the same key never yields the same value for a different purpose. */
const DERIVATION_LABEL = 'n8n-nodes-transcription:callback-secret:v1:';

/**
 * Returns the secret that a provider uses to authenticate callbacks to one URL.
 *
 * Unless the user set a secret, it is derived from the API key and bound to `scope`, so that a host that once received
 * a derived secret can't use it to forge callbacks for a different workflow. Every process computes the same value;
 * nothing is stored.
 *
 * @param scope the path of the callback URL that belongs to one trigger, see `scopeOf` in `url.ts`
 * @throws UserError without an API key or a webhook secret
 */
export function callbackSecret(material: SecretMaterial, scope: string): string {
	if (material.webhookSecret) return material.webhookSecret;
	if (!material.apiKey.trim())
		throw userError(
			'The credential has no API key, so callbacks can’t be verified',
			'Open the credential and enter the API Key.',
		);
	return derive(material.apiKey, scope);
}

/**
 * Returns every secret that is accepted for a callback: the current one first, then those that jobs submitted before a
 * change may still use.
 *
 * - The secret derived from the API key, which was current until the user set a webhook secret.
 * - The previous secret of a rotation in progress: a webhook secret (accepted unchanged) or an API key (the secret
 *   derived from it is accepted).
 */
export function acceptedSecrets(material: SecretMaterial, scope: string): string[] {
	const { apiKey, previousWebhookSecret: previous } = material;
	const accepted = new Set([callbackSecret(material, scope)]);
	if (apiKey.trim()) accepted.add(derive(apiKey, scope));
	if (previous) accepted.add(previous).add(derive(previous, scope));
	return [...accepted];
}

function derive(key: string, scope: string): string {
	return createHmac('sha256', key).update(DERIVATION_LABEL).update(scope).digest('hex');
}

/**
 * Returns the secret that was used to create a proof, if any. Stopping at the first match leaks nothing through timing:
 * a forged proof is compared with all secrets, and the sender of a valid one already knows which secret it used.
 * @param matches compares in constant time
 */
export function provenSecret(secrets: readonly string[], matches: (secret: string) => boolean): string | undefined {
	return secrets.find(matches);
}

/**
 * Compares signatures in constant time. The length of a signature isn't secret, so signatures of a different length are
 * rejected immediately.
 */
export function sameSignature(expected: string, received: string): boolean {
	const [left, right] = [Buffer.from(expected), Buffer.from(received)];
	return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Compares secrets in constant time. Both are hashed first, so that the time doesn't depend on their length either.
 */
export function sameSecret(a: string, b: string): boolean {
	return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
