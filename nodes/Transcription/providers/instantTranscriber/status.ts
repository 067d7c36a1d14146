import type { JobStatus } from '../../transcript/model';

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
