import { resultOf } from './results';
import type { Entry } from './store';

/** Returns the service's name for a job's status (Gladia OpenAPI, PreRecordedResponse). */
export function statusOf({ job }: Entry): 'queued' | 'processing' | 'done' | 'error' {
	if (job.status === 'completed') return 'done';
	return job.status === 'failed' ? 'error' : job.status;
}

/**
 * Returns the job. A failed one contains only a code (Gladia OpenAPI, example). Whether it can contain more isn't
 * documented.
 * @param bareFailures whether a failed job contains neither its metadata nor its request nor its file
 */
export function presentJob(entry: Entry, bareFailures: boolean): object {
	const { job, params, file, heard, requestId, errorCode } = entry;
	const hasFailed = job.status === 'failed';
	const isBare = hasFailed && bareFailures;
	const { custom_metadata: metadata, ...requested } = params;
	return {
		id: job.id,
		request_id: requestId,
		version: 2,
		status: statusOf(entry),
		created_at: job.createdAt.toISOString(),
		completed_at: job.finishedAt?.toISOString() ?? null,
		custom_metadata: (isBare ? undefined : metadata) ?? null,
		error_code: hasFailed ? errorCode : null,
		kind: 'pre-recorded',
		file:
			heard && !isBare
				? {
						id: file?.id ?? job.id,
						filename: file?.fileName ?? null,
						source: file ? null : params.audio_url,
						audio_duration: heard.durationSeconds,
						number_of_channels: heard.channels,
					}
				: null,
		request_params: isBare ? null : { model: 'solaria-1', ...requested },
		result: heard && job.status === 'completed' ? resultOf(heard, params) : null,
	};
}
