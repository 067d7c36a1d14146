import { userError } from '../core/userError';

/**
 * Values that the user attaches to a job. They are stored in the query string of the callback URL, which providers
 * return unchanged, so this package needs no storage for them.
 */
export type Metadata = Record<string, string>;

/** Query parameters used by n8n (`signature`) or by this package. */
const RESERVED_KEYS = ['signature', 'token', 'ref', 'postprocessing'];

/**
 * Letters, digits, `_`, `-`, and `.` survive every URL parser along the way. Brackets, for example, become nested
 * objects in some of them.
 */
const KEY_PATTERN = /^[A-Za-z0-9_.-]{1,64}$/;

/** Converts the pairs to an object. @throws UserError for metadata that wouldn't survive the round trip unchanged */
export function toMetadata(pairs: ReadonlyArray<{ key?: unknown; value?: unknown }>): Metadata {
	const metadata = new Map<string, string>();
	for (const pair of pairs) {
		const key = checkedKey(pair.key);
		if (metadata.has(key)) {
			throw userError(`The metadata key “${key}” is used twice`, 'Use a unique key for every pair.');
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
			`Choose a different name: ${RESERVED_KEYS.join(', ')} have a special meaning in callback URLs.`,
		);
	}
	if (!KEY_PATTERN.test(key)) {
		throw userError(
			key ? `The metadata key “${key}” contains unsupported characters or is too long` : 'A metadata pair has no key',
			'Use 1 to 64 letters, digits, “_”, “-”, or “.” as the key. Values may contain any text.',
		);
	}
	return key;
}

function checkedValue(key: string, value: unknown): string {
	if (value !== null && typeof value === 'object') {
		throw userError(
			`The metadata value of “${key}” is an object, not text`,
			'Select one of its fields, or convert it to text with {{ JSON.stringify(…) }}.',
		);
	}
	const text = String(value ?? '');
	// A lone surrogate can't be encoded as UTF-8, and many servers reject NUL.
	if (!text.isWellFormed() || text.includes('\0')) {
		throw userError(
			`The metadata value of “${key}” contains an invalid character`,
			'It contains half an emoji or a NUL character, often because text was cut off in the middle of a character. Cut the text at a different position, or remove the character.',
		);
	}
	return text;
}
