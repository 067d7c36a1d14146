/**
 * Parses JSON, with or without a byte order mark. `NaN`, `Infinity`, and `-Infinity`, which some libraries write
 * although they aren't JSON, become null.
 * @returns undefined if the text isn't JSON
 */
export function parseJson(text: string): unknown {
	const json = text.replace(/^\ufeff+/, '');
	const value = tryParse(json);
	return value === undefined ? parseRepaired(json) : value;
}

function tryParse(json: string): unknown {
	try {
		return JSON.parse(json) as unknown;
	} catch {
		return undefined;
	}
}

const repaired = new WeakSet();

/** Whether a value that {@link parseJson} returned contains null in place of `NaN` or an infinite number. */
export function isRepaired(value: unknown): boolean {
	return value !== null && typeof value === 'object' && repaired.has(value);
}

/** Matches a string, which is kept, or a number that JSON doesn't support. */
const STRING_OR_INVALID_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.-])-?(?:NaN|Infinity)(?![\w.-])/gs;

function parseRepaired(json: string): unknown {
	if (!/NaN|Infinity/.test(json)) return undefined;
	const value = tryParse(json.replace(STRING_OR_INVALID_NUMBER, (match) => (match.startsWith('"') ? match : 'null')));
	if (value !== null && typeof value === 'object') repaired.add(value);
	return value;
}

/**
 * Returns the member of a parsed JSON value at a path such as `result.session_id`, or undefined if it doesn't exist.
 */
export function memberAt(root: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((value, name) => {
		const isObject = value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, name);
		return isObject ? (value as Record<string, unknown>)[name] : undefined;
	}, root);
}

/**
 * Converts an ID to text. Returns undefined for anything except text and safe integers, because larger numbers have
 * already lost digits.
 */
export function asIdText(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
}
