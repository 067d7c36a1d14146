import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { userError } from '../core/userError';

/** What the credential holds that a callback can be verified with. */
export interface SecretMaterial {
	apiKey: string;
	/** The user's own secret. Used as it stands. */
	webhookSecret?: string;
	/** The secret or the API key that was valid before a rotation. */
	previousWebhookSecret?: string;
}

/** Names the purpose, so that the same key never yields the same value for something else. */
const DERIVATION_LABEL = 'n8n-nodes-transcription:callback-secret:v1:';

/**
 * The secret that a provider is asked to prove itself with, for callbacks to one place.
 *
 * Derived from the API key and bound to `scope` unless the user set one: a host that once received a derived secret
 * cannot forge callbacks for another workflow with it. Every process computes the same value; nothing is stored.
 *
 * @param scope the path of the callback URL that belongs to one trigger, see `scopeOf` in `url.ts`
 * @throws UserError without an API key or a webhook secret
 */
export function callbackSecret(material: SecretMaterial, scope: string): string {
	if (material.webhookSecret) return material.webhookSecret;
	if (!material.apiKey.trim()) throw userError('The credential has no API key, so callbacks could not be verified', 'Open the credential and enter the API Key.');
	return derive(material.apiKey, scope);
}

/**
 * Every secret that a callback may prove now: the current one first, then those that jobs may still carry that were
 * submitted before something changed.
 *
 * - The one derived from the API key, which was current until the user set a webhook secret.
 * - The previous one of a rotation under way, which was a webhook secret (proved as it stands) or an API key (proved by
 *   what was derived from it).
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
 * The secret that something was proved with, if any. The first that matches ends the search: what is forged is compared
 * with all of them, and whoever has a genuine proof knows which secret it was made with, so that the time tells nothing.
 * @param matches compares in constant time
 */
export function provenSecret(secrets: readonly string[], matches: (secret: string) => boolean): string | undefined {
	return secrets.find(matches);
}

/**
 * Whether a signature is the expected one, in a time that tells nothing about where they differ. How long signatures are
 * is no secret: one of another length is refused at once.
 */
export function sameSignature(expected: string, given: string): boolean {
	const [left, right] = [Buffer.from(expected), Buffer.from(given)];
	return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Whether two secrets are the same, in a time that tells nothing about where they differ, nor how long they are: both
 * are hashed first.
 */
export function sameSecret(a: string, b: string): boolean {
	return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
