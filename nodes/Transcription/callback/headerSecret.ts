import { provenSecret, sameSecret } from './secrets';
import { type Delivery, singleHeader, type Verification } from './delivery';
import { SECRET_HEADER } from '../core/redact';

/** Headers that a provider which knows the secret would send. */
export function sign(secret: string): Record<string, string> {
	return { [SECRET_HEADER]: secret };
}

export function verify(delivery: Delivery, secrets: readonly string[]): Verification {
	const given = singleHeader(delivery, SECRET_HEADER);
	if (given === undefined) return { ok: false, reason: `the header ${SECRET_HEADER} is missing or empty` };
	return provenSecret(secrets, (secret) => sameSecret(secret, given)) === undefined
		? { ok: false, reason: `the header ${SECRET_HEADER} carries another secret` }
		: { ok: true };
}

/**
 * Why a secret cannot travel in a header unchanged, or undefined if it can. HTTP trims blanks at both ends and
 * forbids line breaks; beyond ASCII the encoding is anyone's guess.
 */
export function unfitForHeader(secret: string): string | undefined {
	if (secret.length > 1000) return 'it is longer than 1,000 characters';
	if (/[^\x20-\x7e]/.test(secret)) return 'it contains line breaks or characters outside ASCII';
	if (secret !== secret.trim()) return 'it begins or ends with a blank';
	return undefined;
}
