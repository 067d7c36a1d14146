import { SECRET_HEADER } from './headerSecret';

/** What stands in the place of a secret. */
const REDACTED = '[redacted]';

/** No service nests its answers like this; what lies deeper could only exhaust the stack. */
const DEEPEST = 200;

/**
 * The tokens of this package and of n8n in a callback URL, wherever it is repeated, also if it was percent-encoded once
 * or twice: 43 characters of base64url, and hex digits.
 */
const URL_TOKENS = /(?<![a-z])(token(?:=|%(?:25)?3D))[\w-]{43}(?![\w-])|(?<![a-z])(signature(?:=|%(?:25)?3D))[0-9a-f]{32,}/gi;

/** The header that carries a secret, as `name: value`, in JSON, or in a query string. */
const HEADER_IN_TEXT = new RegExp(`(${SECRET_HEADER}\\\\*"?\\s*[:=]\\s*\\\\*"?)[^\\s"\\\\,}]+`, 'gi');

/**
 * A copy of a JSON value in which no string contains any of the secrets. Providers echo requests, callback URLs
 * included, and what they echo ends up in items, in n8n's database and in error messages. Tokens in callback URLs and the
 * value of our secret header are recognized without being among the secrets: which job they belong to may be unknown.
 */
export function redactSecrets(value: unknown, secrets: readonly string[]): unknown {
	// The longest first: a secret may begin with another.
	const known = secrets.filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
	const cleanText = (text: string) => withoutTokens(known.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text));
	const clean = (part: unknown, depth: number): unknown => {
		if (typeof part === 'string') return cleanText(part);
		if (part === null || typeof part !== 'object') return part;
		if (depth > DEEPEST) return REDACTED;
		if (Array.isArray(part)) return part.map((member) => clean(member, depth + 1));
		return Object.fromEntries(Object.entries(part).map(([key, member]) => [cleanText(key), isSecretHeader(key) ? REDACTED : clean(member, depth + 1)]));
	};
	return clean(value, 0);
}

const isSecretHeader = (name: string) => name.length === SECRET_HEADER.length && name.toLowerCase() === SECRET_HEADER.toLowerCase();

function withoutTokens(text: string): string {
	if (text.length < SECRET_HEADER.length) return text;
	return text
		.replace(URL_TOKENS, (_, token: string | undefined, signature: string | undefined) => `${token ?? signature}${REDACTED}`)
		.replace(HEADER_IN_TEXT, (_, name: string) => `${name}${REDACTED}`);
}
