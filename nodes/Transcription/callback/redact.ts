import { rewriteMembers } from './rewrite';

/** What stands in the place of a secret. */
const REDACTED = '[redacted]';

/** No service nests its answers like this; what lies deeper could only exhaust the stack. */
const DEEPEST = 200;

/**
 * A JSON value in which no string contains any of the secrets; what holds none is shared with the given one. Providers
 * echo requests, callback URLs included, and what they echo ends up in items, in n8n's database and in error messages.
 */
export function redactSecrets(value: unknown, secrets: readonly string[]): unknown {
	// The longest first: a secret may begin with another.
	const known = secrets.filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
	const shortest = known.at(-1)?.length ?? Infinity;
	const cleanText = (text: string) => (text.length < shortest ? text : known.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text));
	const clean = (part: unknown, depth: number): unknown => {
		if (typeof part === 'string') return cleanText(part);
		if (part === null || typeof part !== 'object') return part;
		if (depth > DEEPEST) return REDACTED;
		const cleaned = rewriteMembers(part, (member) => clean(member, depth + 1));
		return Array.isArray(cleaned) ? cleaned : withCleanKeys(cleaned, cleanText);
	};
	return known.length > 0 ? clean(value, 0) : value;
}

function withCleanKeys(value: object, cleanText: (text: string) => string): object {
	const isClean = Object.keys(value).every((key) => cleanText(key) === key);
	return isClean ? value : Object.fromEntries(Object.entries(value).map(([key, member]) => [cleanText(key), member]));
}
