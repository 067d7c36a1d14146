import { createHmac } from 'node:crypto';
import type { Delivery } from './delivery';
import { provenSecret, sameSignature } from './secrets';
import { TOKEN } from './url';

/**
 * Verification by a token in the callback URL, for services that neither sign nor send along a header of our choice.
 * Weaker than those, since URLs end up in logs. Pure.
 */

/** Names the purpose, so that the token says nothing about the secret, which may sign as well. */
const LABEL = 'n8n-nodes-transcription:callback-token:v1';

/** What stands in a callback URL in place of the secret. */
export function tokenFor(secret: string): string {
	return createHmac('sha256', secret).update(LABEL).digest('base64url');
}

/** The callback URL with the token in it. Keeps what the URL already carries. */
export function withToken(url: string, secret: string): string {
	const result = new URL(url);
	result.searchParams.set(TOKEN, tokenFor(secret));
	return result.href;
}

/** @returns the secret that the token was made of: a job whose callback is signed as well is signed with it */
export function verifyToken(
	{ query }: Delivery,
	secrets: readonly string[],
): { ok: true; madeOf: string } | { ok: false; reason: string } {
	const given = query.getAll(TOKEN);
	if (given.length !== 1 || given[0] === '') {
		return { ok: false, reason: 'the token in the URL is missing, or there are several' };
	}
	const madeOf = provenSecret(secrets, (secret) => sameSignature(tokenFor(secret), given[0] as string));
	return madeOf === undefined ? { ok: false, reason: 'the token in the URL is another' } : { ok: true, madeOf };
}
