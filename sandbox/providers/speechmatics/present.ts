import type { DeliveryRecord } from '../../callbacks/order';
import { resultsOf } from './results';
import type { Entry } from './store';

const DAY_MS = 86_400_000;
/** How long jobs are kept, in days (Speechmatics docs, “Limits”, Data retention limits). */
const KEPT_DAYS = 7;

/** Returns the service's name for a job's status (Speechmatics OpenAPI 2.0.0, JobDetails). */
export function statusOf({ job, deleted }: Entry): 'running' | 'done' | 'rejected' | 'deleted' | 'expired' {
	if (deleted) return 'deleted';
	if (Date.now() - job.createdAt.getTime() > KEPT_DAYS * DAY_MS) return 'expired';
	if (job.status === 'completed') return 'done';
	return job.status === 'failed' ? 'rejected' : 'running';
}

/** Returns a job's summary for transcripts and callbacks (Speechmatics OpenAPI 2.0.0, JobInfo). */
export function jobInfo({ job, config, dataName, heard }: Entry): object {
	return {
		created_at: job.createdAt.toISOString(),
		data_name: dataName,
		duration: Math.round(heard?.durationSeconds ?? 0),
		id: job.id,
		...(config.tracking && { tracking: config.tracking }),
	};
}

/** Returns the job (Speechmatics OpenAPI 2.0.0, JobDetails). The headers of callbacks are returned unchanged. */
export function presentJob(entry: Entry, deliveries: DeliveryRecord[]): object {
	const reasons = entry.job.errorMessage === null ? [] : [entry.job.errorMessage];
	const errors = [
		// The service tries to fetch a recording four times (Speechmatics docs, “Input”, Fetch failure).
		...(entry.failure === 'fetch_error'
			? reasons.flatMap((reason) => Array.from({ length: 4 }, () => reason))
			: reasons),
		...deliveries.filter(({ cause }) => cause === 'job').flatMap(callbackErrors),
	];
	return {
		config: entry.config,
		...jobInfo(entry),
		...(errors.length > 0 && { errors: errors.map((message) => ({ message, timestamp: new Date().toISOString() })) }),
		status: statusOf(entry),
	};
}

/** Returns the job's errors for a callback that couldn't be delivered (Speechmatics docs, “Notifications”, Notification failure). */
function callbackErrors({ attempts, state }: DeliveryRecord): string[] {
	return attempts
		.filter(({ status }) => status === null || status < 200 || status > 299)
		.flatMap(({ number, status, error }) => {
			const what = `unable to send notification: ${status === null ? `HTTPError: ${error}` : `Response status: ${status}`}`;
			const isLast = state === 'exhausted' && number === attempts.length;
			return isLast
				? [`unable to send notification: ${what}`, 'Sending notification failed']
				: [`Error in sending notification: ${what}, retrying`];
		});
}

/** Returns the transcript in json-v2 format (Speechmatics OpenAPI 2.0.0, RetrieveTranscriptResponse). */
export function presentTranscript(entry: Entry): object {
	const { config, heard, job } = entry;
	const { translation_config: translation, transcription_config: asked } = config;
	return {
		format: '2.9',
		job: jobInfo(entry),
		metadata: {
			created_at: (job.finishedAt ?? job.createdAt).toISOString(),
			type: 'transcription',
			transcription_config: asked,
			language_pack_info: { language_description: 'Sandbox', word_delimiter: ' ', writing_direction: 'left-to-right' },
			...(asked.language === 'auto' && {
				language_identification: {
					results: [
						{
							alternatives: [{ language: heard?.language, confidence: 0.98 }],
							start_time: 0,
							end_time: heard?.durationSeconds,
						},
					],
				},
			}),
			...(translation && {
				translation_config: translation,
				translation_errors: [{ type: 'translation_failed', message: 'The sandbox does not translate' }],
			}),
		},
		results: heard ? resultsOf(heard, config) : [],
	};
}
