import type { JobStatus } from '../../../transcript/model';
import { rewriteMembers } from '../../../core/redact';
import { TOKEN } from '../../../callback/url';

/**
 * InstantTranscriber's pages show one status, `completed`, and speak of failure without naming its status. So every
 * usual word for an end is understood; any other is taken for one on the way, never for an end.
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
 * Reading answers whose shape nobody has documented: the members of a job may stand at the top or in an envelope, the
 * transcript beside them or in a member of its own, under one of several usual names.
 */
export type Members = Record<string, unknown>;

/** The job itself, out of the envelope if there is one: `{"status":"success","data":{…}}` speaks of the request. */
export function jobIn(answer: Members): Members {
	const envelopes = ['data', 'transcription', 'job'].map((name) => answer[name]).filter(isMembers);
	const withStatus = envelopes.find((inner) => 'status' in inner);
	if (withStatus) return withStatus;
	// What names itself and its status is the job, whatever it has inside.
	if ('id' in answer && 'status' in answer) return answer;
	return envelopes.find((inner) => 'id' in inner) ?? answer;
}

/** The job, and whatever in it may hold the transcript. */
export function layersOf(job: Members): Members[] {
	return [job, ...['result', 'results', 'transcript', 'transcription', 'output'].map((name) => job[name]).filter(isMembers)];
}

/** The first member of these names that can be read; the outer layers and the first names come first. */
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

/** The first member of these names that can be read. */
export function firstIn<T>(members: Members, names: readonly string[], read: (value: unknown) => T | undefined): T | undefined {
	for (const name of names) {
		const value = read(members[name]);
		if (value !== undefined) return value;
	}
	return undefined;
}

export function isMembers(value: unknown): value is Members {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Text that says something. */
export function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A number, also one that is written as text. */
export function number(value: unknown): number | undefined {
	const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

/** Seconds, under a name that says so or says nothing, or under one that says milliseconds. */
export function seconds(members: Members, names: readonly string[], inMilliseconds: readonly string[]): number | undefined {
	const given = firstIn(members, names, number);
	if (given !== undefined) return given;
	const ms = firstIn(members, inMilliseconds, number);
	return ms === undefined ? undefined : ms / 1000;
}

/** An ISO 8601 time; numbers could be seconds or milliseconds and are left out. */
export function time(value: unknown): string | undefined {
	return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** Why something failed: text, or an object with a message. */
export function reason(value: unknown): string | undefined {
	return text(value) ?? (isMembers(value) ? firstOf([value], ['message', 'detail', 'code'], text) : undefined);
}

/** In the order in which a reason is worth reading. `message` last: it may be a mere “OK”. */
export const REASONS = ['error', 'error_message', 'failure_reason', 'message'] as const;

const IN_QUERY = new RegExp(`([?&]${TOKEN}=)[^&#\\s"'<>]+`, 'g');

/**
 * The value without what a callback proves itself with, wherever it stands: nobody knows whether and where this service
 * repeats the callback URL and the secret that it was given. The token of a signed download link goes with them.
 */
export function withoutProof(value: unknown): unknown {
	if (typeof value === 'string') return value.includes(`${TOKEN}=`) ? value.replace(IN_QUERY, '$1[redacted]') : value;
	if (value === null || typeof value !== 'object') return value;
	return rewriteMembers(value, (member, key) => (key === 'callback_secret' ? '[redacted]' : withoutProof(member)));
}
