import { createHmac } from 'node:crypto';
import type { Delivery, Proof } from './delivery';
import { provenSecret, sameSignature } from './secrets';
import { scopeOf, TOKEN } from './url';

/**
 * Verifies callbacks using a token in the callback URL, for services that neither sign callbacks nor send a custom
 * header. This is weaker than both, since URLs end up in logs. All functions are pure.
 */

/** Domain separation: the token reveals nothing about the secret, which may also sign callbacks. */
const LABEL = 'n8n-nodes-transcription:callback-token:v1:';

/**
 * Returns the token that a callback URL contains in place of the secret. It is bound to `scope`, because workflows may
 * share a secret that the user chose: a token from one trigger's URL must not be valid for another trigger.
 *
 * @param scope see `scopeOf` in `url.ts`
 */
export function tokenFor(secret: string, scope: string): string {
	return createHmac('sha256', secret).update(LABEL).update(scope).digest('base64url');
}

/** Adds the token to the callback URL. Keeps existing query parameters. */
export function withToken(url: string, secret: string): string {
	const result = new URL(url);
	result.searchParams.set(TOKEN, tokenFor(secret, scopeOf(url)));
	return result.href;
}

/**
 * @returns `matchedSecret`: the secret that the token was derived from. A callback that is also signed must be signed with
 *   it.
 */
export function verifyToken(
	{ query }: Delivery,
	{ secrets, scope }: Pick<Proof, 'secrets' | 'scope'>,
): { ok: true; matchedSecret: string } | { ok: false; reason: string } {
	const tokens = query.getAll(TOKEN);
	if (tokens.length !== 1 || tokens[0] === '') {
		return { ok: false, reason: 'the token in the URL is missing or appears more than once' };
	}
	const matchedSecret = provenSecret(secrets, (secret) => sameSignature(tokenFor(secret, scope), tokens[0] as string));
	return matchedSecret === undefined
		? { ok: false, reason: 'the token in the URL was derived from a different secret' }
		: { ok: true, matchedSecret };
}
