/** The JSON value of a text, with or without a byte order mark. @returns undefined for any other text */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
	} catch {
		return undefined;
	}
}

/** The member of a parsed answer at a path such as `result.session_id`; undefined where it doesn't exist. */
export function memberAt(answer: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((value, name) => {
		const isObject = value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, name);
		return isObject ? (value as Record<string, unknown>)[name] : undefined;
	}, answer);
}

/** An ID as text. Larger numbers have lost digits already. Undefined for anything else. */
export function asIdText(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
}
