/** What stands in the place of a secret. */
const REDACTED = '[redacted]';

/** No service nests its answers like this; what lies deeper could only exhaust the stack. */
const DEEPEST = 200;

/**
 * A copy of a JSON value in which no string contains any of the secrets. Providers echo requests, callback URLs
 * included, and what they echo ends up in items, in n8n's database and in error messages.
 */
export function redactSecrets(value: unknown, secrets: readonly string[]): unknown {
	// The longest first: a secret may begin with another.
	const known = secrets.filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
	const cleanText = (text: string) => known.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
	const clean = (part: unknown, depth: number): unknown => {
		if (typeof part === 'string') return cleanText(part);
		if (part === null || typeof part !== 'object') return part;
		if (depth > DEEPEST) return REDACTED;
		if (Array.isArray(part)) return part.map((member) => clean(member, depth + 1));
		return Object.fromEntries(Object.entries(part).map(([key, member]) => [cleanText(key), clean(member, depth + 1)]));
	};
	return known.length > 0 ? clean(value, 0) : value;
}
