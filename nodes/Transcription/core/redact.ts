/**
 * The header that carries the secret. Contains only letters and hyphens, because the strictest provider allows only
 * `[A-Za-z0-9_-]`.
 */
export const SECRET_HEADER = 'X-Transcription-Webhook-Secret';

const REDACTED = '[redacted]';

/** No service nests its responses this deeply. The limit prevents a stack overflow. */
const MAX_DEPTH = 200;

/**
 * This package's tokens (43 characters of base64url) and n8n's tokens (hex digits) in a callback URL, plain or
 * percent-encoded once or twice.
 */
const URL_TOKENS =
	/(?<![a-z])(token(?:=|%(?:25)?3D))[\w-]{43}(?![\w-])|(?<![a-z])(signature(?:=|%(?:25)?3D))[0-9a-f]{32,}/gi;

/** The secret header as `name: value`, in JSON, or in a query string. */
const HEADER_IN_TEXT = new RegExp(`(${SECRET_HEADER}\\\\*"?\\s*[:=]\\s*\\\\*"?)[^\\s"\\\\,}]+`, 'gi');

/**
 * Replaces secrets in every string in a JSON value. Parts that contain none are shared with the original value.
 * Providers echo requests, including callback URLs, and the echo ends up in items, in n8n's database, and in error
 * messages. Tokens in callback URLs and the value of our secret header are replaced even if they aren't listed in
 * `secrets`, since the job that they belong to may be unknown.
 */
export function redactSecrets(value: unknown, secrets: readonly string[]): unknown {
	// Longest first, because one secret may be a prefix of another.
	const known = secrets.filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
	const shortest = known.at(-1)?.length ?? Infinity;
	const withoutSecrets = (text: string) =>
		text.length < shortest ? text : known.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
	const cleanText = (text: string) => withoutTokens(withoutSecrets(text));
	const clean = (part: unknown, depth: number): unknown => {
		if (typeof part === 'string') return cleanText(part);
		if (part === null || typeof part !== 'object') return part;
		if (depth > MAX_DEPTH) return REDACTED;
		const cleaned = mapFields(part, (member, key) =>
			key !== undefined && isSecretHeader(key) ? REDACTED : clean(member, depth + 1),
		);
		return Array.isArray(cleaned) ? cleaned : withCleanKeys(cleaned, cleanText);
	};
	return clean(value, 0);
}

/** Replaces every string in a JSON value that contains the text, such as all forms of a URL with a certain ID. */
export function redactTextsContaining(value: unknown, text: string): unknown {
	const clean = (part: unknown, depth: number): unknown => {
		if (typeof part === 'string') return part.includes(text) ? REDACTED : part;
		if (part === null || typeof part !== 'object') return part;
		return depth > MAX_DEPTH ? REDACTED : mapFields(part, (member) => clean(member, depth + 1));
	};
	return clean(value, 0);
}

const isSecretHeader = (name: string) =>
	name.length === SECRET_HEADER.length && name.toLowerCase() === SECRET_HEADER.toLowerCase();

function withoutTokens(text: string): string {
	if (text.length < SECRET_HEADER.length) return text;
	return text
		.replace(
			URL_TOKENS,
			(_, token: string | undefined, signature: string | undefined) => `${token ?? signature}${REDACTED}`,
		)
		.replace(HEADER_IN_TEXT, (_, name: string) => `${name}${REDACTED}`);
}

function withCleanKeys(value: object, cleanText: (text: string) => string): object {
	const isClean = Object.keys(value).every((key) => cleanText(key) === key);
	return isClean ? value : Object.fromEntries(Object.entries(value).map(([key, member]) => [cleanText(key), member]));
}

type Rewrite = (member: unknown, key?: string) => unknown;

/**
 * Replaces some members of a JSON array or object. Returns the original if nothing changes, because copying a long
 * transcript takes longer than reading it.
 *
 * @param rewrite returns the replacement, or the member itself; `key` is undefined for array items
 */
export function mapFields(value: object, rewrite: Rewrite): object {
	return Array.isArray(value) ? mapItems(value, rewrite) : mapObject(value as Record<string, unknown>, rewrite);
}

function mapItems(items: readonly unknown[], rewrite: Rewrite): readonly unknown[] {
	let copy: unknown[] | undefined;
	for (const [index, item] of items.entries()) {
		const rewritten = rewrite(item);
		if (rewritten !== item) (copy ??= [...items])[index] = rewritten;
	}
	return copy ?? items;
}

function mapObject(fields: Readonly<Record<string, unknown>>, rewrite: Rewrite): object {
	let copy: Record<string, unknown> | undefined;
	for (const key of Object.keys(fields)) {
		const rewritten = rewrite(fields[key], key);
		if (rewritten !== fields[key]) (copy ??= { ...fields })[key] = rewritten;
	}
	return copy ?? fields;
}
