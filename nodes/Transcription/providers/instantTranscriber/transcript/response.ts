import type { JobStatus } from '../../../transcript/model';
import { rewriteMembers } from '../../../core/redact';
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
 * Members of a response with an undocumented structure: the fields of a job may be at the top level or in an envelope, and
 * the transcript next to them or in a nested object, under one of several common names.
 */
export type Members = Record<string, unknown>;

/** The job, unwrapped from its envelope if there is one. The status in `{"status":"success","data":{…}}` is about the request. */
export function jobIn(response: Members): Members {
	const envelopes = ['data', 'transcription', 'job'].map((name) => response[name]).filter(isMembers);
	const withStatus = envelopes.find((inner) => 'status' in inner);
	if (withStatus) return withStatus;
	// An object with an ID and a status is the job itself, regardless of nested objects.
	if ('id' in response && 'status' in response) return response;
	return envelopes.find((inner) => 'id' in inner) ?? response;
}

/** The job, followed by its nested objects that may contain the transcript. */
export function layersOf(job: Members): Members[] {
	return [
		job,
		...['result', 'results', 'transcript', 'transcription', 'output'].map((name) => job[name]).filter(isMembers),
	];
}

/** The first readable member with one of these names. Outer layers and earlier names take precedence. */
export function firstOf<T>(
	layers: readonly Members[],
	names: readonly string[],
	read: (value: unknown) => T | undefined,
): T | undefined {
	for (const layer of layers) {
		const value = firstIn(layer, names, read);
		if (value !== undefined) return value;
	}
	return undefined;
}

export function firstIn<T>(
	members: Members,
	names: readonly string[],
	read: (value: unknown) => T | undefined,
): T | undefined {
	for (const name of names) {
		const value = read(members[name]);
		if (value !== undefined) return value;
	}
	return undefined;
}

export function isMembers(value: unknown): value is Members {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Text that isn't blank. */
export function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A number, also if formatted as text. */
export function number(value: unknown): number | undefined {
	const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

/** Reads seconds from one of `names`, or converts milliseconds from one of `inMilliseconds`. */
export function seconds(
	members: Members,
	names: readonly string[],
	inMilliseconds: readonly string[],
): number | undefined {
	const value = firstIn(members, names, number);
	if (value !== undefined) return value;
	const ms = firstIn(members, inMilliseconds, number);
	return ms === undefined ? undefined : ms / 1000;
}

/** An ISO 8601 time. Numbers are ignored because they could be seconds or milliseconds. */
export function time(value: unknown): string | undefined {
	return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value))
		? value
		: undefined;
}

/** An error message, from text or from an object. */
export function reason(value: unknown): string | undefined {
	return text(value) ?? (isMembers(value) ? firstOf([value], ['message', 'detail', 'code'], text) : undefined);
}

/** By descending usefulness. `message` is last because it may just be “OK”. */
export const REASONS = ['error', 'error_message', 'failure_reason', 'message'] as const;

const IN_QUERY = new RegExp(`([?&]${TOKEN}=)[^&#\\s"'<>]+`, 'g');

/**
 * Redacts the secret and the token of the callback URL anywhere in the value, since it is undocumented whether and where the
 * service repeats them. This also removes the token of a signed download link.
 */
export function withoutProof(value: unknown): unknown {
	if (typeof value === 'string') return value.includes(`${TOKEN}=`) ? value.replace(IN_QUERY, '$1[redacted]') : value;
	if (value === null || typeof value !== 'object') return value;
	return rewriteMembers(value, (member, key) => (key === 'callback_secret' ? '[redacted]' : withoutProof(member)));
}
