import { createHmac } from 'node:crypto';
import type { Delivery, Proof } from './delivery';
import { provenSecret, sameSignature } from './secrets';
import { scopeOf, TOKEN } from './url';

/**
 * Verification by a token in the callback URL, for services that neither sign nor send along a header of our choice.
 * Weaker than those, since URLs end up in logs. Pure.
 */

/** Names the purpose, so that the token says nothing about the secret, which may sign as well. */
const LABEL = 'n8n-nodes-transcription:callback-token:v1:';

/**
 * What a callback URL contains in place of the secret. Bound to `scope`, since workflows may share a secret that a user
 * chose: a token from the URL of one trigger must not be valid at another.
 *
 * @param scope see `scopeOf` in `url.ts`
 */
export function tokenFor(secret: string, scope: string): string {
	return createHmac('sha256', secret).update(LABEL).update(scope).digest('base64url');
}

/** The callback URL with the token in it. Keeps what the URL already carries. */
export function withToken(url: string, secret: string): string {
	const result = new URL(url);
	result.searchParams.set(TOKEN, tokenFor(secret, scopeOf(url)));
	return result.href;
}

/** @returns the secret that the token was made of: a job whose callback is signed as well is signed with it */
export function verifyToken(
	{ query }: Delivery,
	{ secrets, scope }: Pick<Proof, 'secrets' | 'scope'>,
): { ok: true; madeOf: string } | { ok: false; reason: string } {
	const given = query.getAll(TOKEN);
	if (given.length !== 1 || given[0] === '') {
		return { ok: false, reason: 'the token in the URL is missing, or there are several' };
	}
	const madeOf = provenSecret(secrets, (secret) => sameSignature(tokenFor(secret, scope), given[0] as string));
	return madeOf === undefined ? { ok: false, reason: 'the token in the URL is another' } : { ok: true, madeOf };
}
