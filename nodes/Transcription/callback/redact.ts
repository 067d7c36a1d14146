/** What stands in the place of a secret. */
const REDACTED = '[redacted]';

/**
 * A copy of a JSON value in which no string contains any of the secrets. Providers echo requests, callback URLs
 * included, and what they echo ends up in items, in n8n's database and in error messages.
 */
export function redactSecrets(value: unknown, secrets: readonly string[]): unknown {
	// The longest first: a secret may begin with another.
	const known = secrets.filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
	const cleanText = (text: string) => known.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
	const clean = (part: unknown): unknown => {
		if (typeof part === 'string') return cleanText(part);
		if (Array.isArray(part)) return part.map(clean);
		if (part !== null && typeof part === 'object') {
			return Object.fromEntries(Object.entries(part).map(([key, member]) => [cleanText(key), clean(member)]));
		}
		return part;
	};
	return known.length > 0 ? clean(value) : value;
}
