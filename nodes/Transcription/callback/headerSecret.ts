/**
 * Verifies callbacks using a secret in a custom header, for providers that don't sign callbacks but can send a header
 * that we choose. All functions are pure, and `verify` accepts the headers that `sign` creates.
 */

import { provenSecret, sameSecret } from './secrets';
import { type Delivery, singleHeader, type Verification } from './delivery';
import { SECRET_HEADER } from '../core/redact';

/** Returns the headers that a provider sends with a callback. */
export function sign(secret: string): Record<string, string> {
	return { [SECRET_HEADER]: secret };
}

export function verify(delivery: Delivery, secrets: readonly string[]): Verification {
	const received = singleHeader(delivery, SECRET_HEADER);
	if (received === undefined) return { ok: false, reason: `the ${SECRET_HEADER} header is missing or empty` };
	return provenSecret(secrets, (secret) => sameSecret(secret, received)) === undefined
		? { ok: false, reason: `the ${SECRET_HEADER} header contains a different secret` }
		: { ok: true };
}

/**
 * Returns the reason a secret can't be sent unchanged in a header, or undefined if it can. HTTP trims whitespace at
 * both ends, forbids line breaks, and doesn't define an encoding for characters outside ASCII.
 */
export function unfitForHeader(secret: string): string | undefined {
	if (secret.length > 1000) return 'it is longer than 1,000 characters';
	if (/[^\x20-\x7e]/.test(secret)) return 'it contains line breaks or non-ASCII characters';
	if (secret !== secret.trim()) return 'it begins or ends with a space';
	return undefined;
}
