const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Names of fields that contain an ID, such as `id`, `project_id`, or `requestId`. */
const ID_FIELD = /(^|[_-])(id|uuid|ref|reference)$|[a-z](Id|Uuid|Ref)$/;

/** Names of fields that refer to something public, such as a model. */
const PUBLIC = /model|language|voice|format|speaker/i;

/** Whether a text looks like an ID: a UUID, a number, a long hexadecimal or mixed token, or one of our placeholders. */
export function looksLikeId(text: string): boolean {
	if (UUID.test(text) || /^\d+$/.test(text) || /^id0+\d+$/.test(text)) return true;
	return (
		/^[A-Za-z0-9_-]{16,}$/.test(text) &&
		/\d/.test(text) &&
		/[A-Za-z]/.test(text) &&
		!/^[a-z]+([-_][a-z0-9]+)+$/.test(text)
	);
}

/** Adds all IDs in a JSON value to `found`. */
export function collectIds(value: unknown, found: Set<string>, field = ''): void {
	if (value === null || typeof value === 'boolean') return;
	if (typeof value === 'object') {
		for (const [name, member] of Object.entries(value as object)) {
			collectIds(member, found, Array.isArray(value) ? field : name);
		}
		return;
	}
	const text = String(value);
	const isNamed = ID_FIELD.test(field) && !PUBLIC.test(field) && text.length >= 6 && /^[\w-]+$/.test(text);
	if (isNamed || (typeof value === 'string' && text.length >= 16 && looksLikeId(text))) found.add(text);
}

/** Returns a value that has the same form, but doesn't identify anything. @param number distinguishes the placeholders of one recording */
export function placeholderFor(id: string, number: number): string {
	const digits = String(number);
	if (UUID.test(id)) return `00000000-0000-4000-8000-${digits.padStart(12, '0')}`;
	if (/^\d+$/.test(id)) return `9${digits.padStart(id.length - 1, '0')}`;
	if (/^[0-9a-f]{16,}$/i.test(id)) return digits.padStart(id.length, '0');
	return `id${digits.padStart(Math.max(4, id.length - 2), '0')}`;
}

/** The minimum length of an ID prefix that is recognized, e.g. in the file name `1cdb0f9c.srt`. */
const MIN_PREFIX = 6;

/** Returns the known ID that equals a path segment or begins with it, ignoring any file name extension. */
export function idInSegment(segment: string, known: Iterable<string>): { id: string; prefix: string } | undefined {
	const [prefix = ''] = segment.split('.');
	if (prefix.length < MIN_PREFIX) return undefined;
	const id = [...known].find((candidate) => candidate.startsWith(prefix));
	return id === undefined ? undefined : { id, prefix };
}

/**
 * Returns a request's path without the query and with its IDs replaced, e.g. `/v2/transcript/:id`.
 * @param known IDs to replace even if they don't look like IDs
 */
export function pathTemplate(url: string, baseUrl: string, known: ReadonlySet<string>): string {
	const [path = ''] = (url.startsWith(baseUrl) ? url.slice(baseUrl.length) : new URL(url).pathname).split('?');
	return path
		.split('/')
		.map((segment) => {
			const [name = '', ...extension] = segment.split('.');
			return looksLikeId(name) || idInSegment(segment, known) ? [':id', ...extension].join('.') : segment;
		})
		.join('/');
}
