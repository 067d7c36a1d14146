/** Parses JSON, with or without a byte order mark. @returns undefined if the text isn't JSON */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\ufeff+/, '')) as unknown;
	} catch {
		return undefined;
	}
}

/** The member of a parsed JSON value at a path such as `result.session_id`; undefined if it doesn't exist. */
export function memberAt(root: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((value, name) => {
		const isObject = value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, name);
		return isObject ? (value as Record<string, unknown>)[name] : undefined;
	}, root);
}

/** Converts an ID to text. Undefined for anything but text and safe integers: larger numbers have already lost digits. */
export function asIdText(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
}
