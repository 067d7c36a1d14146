import type { JobStatus } from '../../../transcript/model';
import { mapFields } from '../../../core/redact';
import { type Fields, isFields } from '../../common/wordReader';
import { TOKEN } from '../../../callback/url';

/**
 * InstantTranscriber's pages only show the status `completed` and mention failure without naming its status. Therefore all
 * common names for final statuses are accepted; any other status is treated as still processing, never as final.
 */
const STATUSES = new Map<string, JobStatus>([
	...words('completed', 'completed complete done finished succeeded success'),
	...words('failed', 'failed failure fail error errored cancelled canceled'),
	...words('queued', 'queued pending created submitted waiting'),
]);

function words(status: JobStatus, list: string): Array<[string, JobStatus]> {
	return list.split(' ').map((word) => [word, status]);
}

export function toStatus(status: string): JobStatus {
	return STATUSES.get(status.trim().toLowerCase()) ?? 'processing';
}

/**
 * The structure of the response is undocumented: the fields of a job may be at the top level or in an envelope, and the
 * transcript next to them or in a nested object, under one of several common names.
 */

/**
 * Returns the job, unwrapped from its envelope if there is one. The status in `{"status":"success","data":{…}}` is
 * about the request.
 */
export function jobIn(response: Fields): Fields {
	const envelopes = ['data', 'transcription', 'job'].map((name) => response[name]).filter(isFields);
	const withStatus = envelopes.find((inner) => 'status' in inner);
	if (withStatus) return withStatus;
	// An object with an ID and a status is the job itself, regardless of nested objects.
	if ('id' in response && 'status' in response) return response;
	return envelopes.find((inner) => 'id' in inner) ?? response;
}

/** Returns the job, followed by its nested objects that may contain the transcript. */
export function candidateObjects(job: Fields): Fields[] {
	return [
		job,
		...['result', 'results', 'transcript', 'transcription', 'output'].map((name) => job[name]).filter(isFields),
	];
}

/** Returns the first readable field with one of these names. Earlier candidates and earlier names take precedence. */
export function firstValue<T>(
	candidates: readonly Fields[],
	names: readonly string[],
	read: (value: unknown) => T | undefined,
): T | undefined {
	for (const candidate of candidates) {
		const value = firstIn(candidate, names, read);
		if (value !== undefined) return value;
	}
	return undefined;
}

export function firstIn<T>(
	fields: Fields,
	names: readonly string[],
	read: (value: unknown) => T | undefined,
): T | undefined {
	for (const name of names) {
		const value = read(fields[name]);
		if (value !== undefined) return value;
	}
	return undefined;
}

/** Values of the option `summaries`, which a response may repeat. Source: instanttranscriber.com, “API”. */
export const SUMMARY_CHOICES: readonly string[] = ['none', 'short', 'detailed', 'both'];

/** Returns the text unless it is blank. */
export function asNonBlankText(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Reads a number, even if it is formatted as text. */
export function asNumeric(value: unknown): number | undefined {
	const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

/** Reads seconds from one of `names`, or converts milliseconds from one of `inMilliseconds`. */
export function readSeconds(
	fields: Fields,
	names: readonly string[],
	inMilliseconds: readonly string[],
): number | undefined {
	const value = firstIn(fields, names, asNumeric);
	if (value !== undefined) return value;
	const ms = firstIn(fields, inMilliseconds, asNumeric);
	return ms === undefined ? undefined : ms / 1000;
}

/** Reads an ISO 8601 time. Numbers are ignored because they could be seconds or milliseconds. */
export function asIsoTime(value: unknown): string | undefined {
	return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value))
		? value
		: undefined;
}

/** Reads an error message from text or an object. */
export function asErrorText(value: unknown): string | undefined {
	return (
		asNonBlankText(value) ??
		(isFields(value) ? firstValue([value], ['message', 'detail', 'code'], asNonBlankText) : undefined)
	);
}

/** Most useful first. `message` is last because it may just be “OK”. */
export const ERROR_FIELDS = ['error', 'error_message', 'failure_reason', 'message'] as const;

const TOKEN_IN_QUERY = new RegExp(`([?&]${TOKEN}=)[^&#\\s"'<>]+`, 'g');

/**
 * Redacts the callback URL's secret and token anywhere in the value, since it is undocumented whether and where the
 * service repeats them. This also removes the token of a signed download link.
 */
export function redactCallbackSecrets(value: unknown): unknown {
	if (typeof value === 'string')
		return value.includes(`${TOKEN}=`) ? value.replace(TOKEN_IN_QUERY, '$1[redacted]') : value;
	if (value === null || typeof value !== 'object') return value;
	return mapFields(value, (member, key) => (key === 'callback_secret' ? '[redacted]' : redactCallbackSecrets(member)));
}
