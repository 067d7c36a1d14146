/** Fields in which services put error messages, most useful first. `title` is from RFC 9457, “Problem Details”. */
const MESSAGE_FIELDS = [
	...['message', 'msg', 'error_message', 'detail', 'details', 'error', 'errors', 'validation_errors'],
	'title',
];

/** Fields that are only present, or only set, if there was an error. */
const ERROR_FIELDS = ['error', 'errors', 'error_message', 'detail', 'details'];

/** Fields with an error code. Some services use the same message for different errors. */
const CODE_FIELDS = ['code', 'error_type', 'status', 'type'];

/** Fields with a request ID, which the service's support team asks for. */
const REQUEST_ID_FIELDS = ['request_id'];

/** Fields that name the invalid field of the request. */
const LOCATION_FIELDS = ['loc', 'location', 'param'];

/** Limits for searching a response: error messages are near the top. */
const MAX_DEPTH = 10;
const MAX_ENTRIES = 50;

/** Returns the service's message in an error response, at most 500 characters, or an empty string if there is none. */
export function errorTextOf(body: unknown): string {
	// An HTML page comes from a proxy, not from the service.
	if (typeof body === 'string') return body.trimStart().startsWith('<') ? '' : body.slice(0, 500);
	return textIn(body).slice(0, 500);
}

/**
 * Returns the error message in a response with a success status, at most 500 characters, or an empty string if it
 * reports no error.
 */
export function reportedError(body: unknown): string {
	return reportsError(body) ? errorTextOf(body) : '';
}

/** If the response body reports an error, returns a copy whose error fields are redacted by `clean`. */
export function redactErrorText(body: unknown, clean: (fields: unknown) => unknown): unknown {
	if (!reportsError(body)) return body;
	const fields = Object.entries(body).filter(([name]) => MESSAGE_FIELDS.includes(name));
	return { ...body, ...(clean(Object.fromEntries(fields)) as object) };
}

function reportsError(body: unknown): body is Record<string, unknown> {
	if (body === null || typeof body !== 'object') return false;
	return ERROR_FIELDS.some((name) => {
		const value = (body as Record<string, unknown>)[name];
		return Array.isArray(value) ? value.length > 0 : Boolean(value);
	});
}

function textIn(value: unknown, depth = 0): string {
	if (typeof value === 'string') return value;
	if (value === null || typeof value !== 'object' || depth > MAX_DEPTH) return '';
	const inner = (part: unknown) => textIn(part, depth + 1);
	if (Array.isArray(value)) return joined(value.slice(0, MAX_ENTRIES).map(inner).filter(Boolean));
	const members = value as Record<string, unknown>;
	const parts = new Set(MESSAGE_FIELDS.map((name) => inner(members[name])).filter(Boolean));
	if (parts.size === 0) return Object.keys(value).length > 0 ? asJson(value) : '';
	const text = joined([...parts]);
	const place = LOCATION_FIELDS.map((name) => [members[name]].flat().filter(isPlain).join('.')).find(Boolean);
	const kind = CODE_FIELDS.map((name) => members[name]).find(
		(candidate) => isCode(candidate) && !text.includes(candidate),
	);
	const requestId = REQUEST_ID_FIELDS.map((name) => members[name]).find(isPlain);
	const notes = [kind, requestId === undefined ? undefined : `request ID ${String(requestId)}`].filter(Boolean);
	return `${place ? `${place}: ` : ''}${text}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

/** Like `JSON.stringify`, but returns an empty string if the value is nested too deeply. */
function asJson(value: object): string {
	try {
		return JSON.stringify(value);
	} catch {
		return '';
	}
}

function joined(parts: string[]): string {
	return parts.join('; ').replaceAll('.; ', '. ');
}

function isPlain(value: unknown): boolean {
	return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

/** Whether a value is a machine-readable code such as `quota_exceeded`. “error” isn't specific enough to count. */
function isCode(value: unknown): value is string {
	return typeof value === 'string' && /^[a-z][a-z0-9_.-]{2,80}$/i.test(value) && value !== 'error';
}
