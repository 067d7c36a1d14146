import { userError } from '../core/userError';

/**
 * What the user attaches to a job, carried in the query string of the callback URL: providers give that back as it is,
 * and it needs no storage on our side.
 */
export type Metadata = Record<string, string>;

/** Used by n8n (`signature`) or by this package. */
const RESERVED_KEYS = ['signature', 'token', 'ref'];

/**
 * Letters, digits, `_`, `-` and `.` survive every URL parser on the way; brackets, for instance, become nested objects
 * in some.
 */
const KEY_PATTERN = /^[A-Za-z0-9_.-]{1,64}$/;

/** The pairs as an object. @throws UserError for metadata that would not come back as it went */
export function toMetadata(pairs: ReadonlyArray<{ key?: unknown; value?: unknown }>): Metadata {
	const metadata = new Map<string, string>();
	for (const pair of pairs) {
		const key = checkedKey(pair.key);
		if (metadata.has(key)) {
			throw userError(`The metadata key “${key}” is used twice`, 'Give every pair a key of its own.');
		}
		metadata.set(key, checkedValue(key, pair.value));
	}
	return Object.fromEntries(metadata);
}

function checkedKey(value: unknown): string {
	const key = String(value ?? '').trim();
	if (RESERVED_KEYS.includes(key.toLowerCase()) || key === '__proto__') {
		throw userError(
			`The metadata key “${key}” is reserved`,
			`Choose another name: ${RESERVED_KEYS.join(', ')} have a meaning in callback URLs.`,
		);
	}
	if (!KEY_PATTERN.test(key)) {
		throw userError(
			key ? `The metadata key “${key}” cannot travel in a callback URL` : 'A metadata pair has no key',
			'Use 1 to 64 letters, digits, “_”, “-” or “.” as the key. Values may contain any text.',
		);
	}
	return key;
}

function checkedValue(key: string, value: unknown): string {
	if (value !== null && typeof value === 'object') {
		throw userError(
			`The metadata value of “${key}” is an object, not text`,
			'Pick one field of it, or turn it into text with {{ JSON.stringify(…) }}.',
		);
	}
	const text = String(value ?? '');
	// Half a surrogate pair has no UTF-8 form; NUL is refused by many servers.
	if (!text.isWellFormed() || text.includes('\0')) {
		throw userError(
			`The metadata value of “${key}” contains a broken character`,
			'It holds half an emoji or a NUL character, often the result of cutting a text. Cut it elsewhere or leave it out.',
		);
	}
	return text;
}
