
/** Where services put what they have to say about a refusal, in the order in which it is worth reading. */
const MESSAGE_FIELDS = ['message', 'msg', 'error_message', 'detail', 'details', 'error', 'errors', 'validation_errors'];

/** Those that are only there, or only filled, where something went wrong. */
const ERROR_FIELDS = ['error', 'errors', 'error_message', 'detail', 'details'];

/** Where they name its kind. Without it some say nothing that could be told apart. */
const CODE_FIELDS = ['code', 'error_type', 'status', 'type'];

/** Which field of the request is meant. */
const LOCATION_FIELDS = ['loc', 'location', 'param'];

/** Nobody reads on below or behind these: what a service has to say stands near the top. */
const MAX_DEPTH = 10;
const MAX_ENTRIES = 50;

/** The service's own words in an answer that is no success, at most 500 characters; empty where it says nothing. */
export function errorTextOf(body: unknown): string {
	// A page of HTML comes from something in between.
	if (typeof body === 'string') return body.trimStart().startsWith('<') ? '' : body.slice(0, 500);
	return textIn(body).slice(0, 500);
}

/** What a service reports as an error in an answer whose status says success, at most 500 characters; else empty. */
export function reportedError(body: unknown): string {
	return reportsError(body) ? errorTextOf(body) : '';
}

/** A copy of an answer in which what is said about an error is replaced by what `clean` makes of it. */
export function withErrorCleaned(body: unknown, clean: (words: unknown) => unknown): unknown {
	if (!reportsError(body)) return body;
	const words = Object.entries(body).filter(([name]) => MESSAGE_FIELDS.includes(name));
	return { ...body, ...(clean(Object.fromEntries(words)) as object) };
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
	const kind = CODE_FIELDS.map((name) => members[name]).find((candidate) => isCode(candidate) && !text.includes(candidate));
	return `${place ? `${place}: ` : ''}${text}${kind ? ` (${kind as string})` : ''}`;
}

/** Nothing for what is nested so deeply that it has no text. */
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

/** A machine's word such as `quota_exceeded`; “error” says nothing. */
function isCode(value: unknown): value is string {
	return typeof value === 'string' && /^[a-z][a-z0-9_.-]{2,80}$/i.test(value) && value !== 'error';
}
