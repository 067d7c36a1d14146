import { NAME } from '../constants';
import { z } from 'zod';
import { pointsToTrigger } from '../../../callback/url';
import { type JobStatus, type Transcript, withoutAbsent } from '../../../transcript/model';
import { idText, lenient, lenientList } from '../../common/schemas';
import type { FetchedJob } from '../../provider';
import { unwrapped } from '../callback';

/* Reads Speechmatics' job. Source: Speechmatics OpenAPI 2.0.0, `JobDetails`. */

const withHeaders = z.object({ url: lenient(z.string()), auth_headers: lenientList(z.string()) });

export const jobSchema = z.object({
	id: idText,
	status: z.string(),
	created_at: lenient(z.string()),
	duration: lenient(z.number()),
	data_name: lenient(z.string()),
	config: lenient(
		z.object({
			type: lenient(z.string()),
			fetch_data: lenient(withHeaders),
			notification_config: lenientList(withHeaders),
		}),
	),
	errors: lenientList(z.object({ message: z.string() })),
});

export const jobResponseSchema = z.object({ job: jobSchema });

export type Job = z.output<typeof jobSchema>;

const STATUSES = new Map<string, JobStatus>([
	['running', 'processing'],
	['done', 'completed'],
	['rejected', 'failed'],
]);

/** Treats undocumented statuses as still processing, never as final. */
export function toStatus(status: string): JobStatus {
	return STATUSES.get(status) ?? 'processing';
}

/** Whether the job's data was deleted, so that only its entry is left. */
export function isGone({ status }: Job): boolean {
	return status === 'deleted' || status === 'expired';
}

export function jobOf(job: Job, transcript: Transcript): FetchedJob {
	return withoutAbsent<FetchedJob>({
		transcript,
		callbackUrl: callbackUrlOf(job),
		callbackStatus: callbackStatusOf(job),
	});
}

/** Returns the callback URL of a job. A job can have up to three; the trigger's URL takes precedence. */
export function callbackUrlOf({ config }: Job): string | undefined {
	const urls = (config?.notification_config ?? []).flatMap(({ url }) => url ?? []);
	const url = urls.find((candidate) => pointsToTrigger(candidate, NAME)) ?? urls[0];
	return url === undefined ? undefined : unwrapped(url);
}

/**
 * Returns the headers for callbacks and downloads that the service repeats in its responses. They usually contain
 * secrets.
 */
export function headersIn({ config }: Job): string[] {
	return [config?.fetch_data, ...(config?.notification_config ?? [])].flatMap((part) => part?.auth_headers ?? []);
}

/** Matches errors that are about callbacks. Source: Speechmatics docs, “Notifications”, Notification failure. */
const ABOUT_CALLBACK = /\bsend(ing)? notification\b/i;

/** Returns the reasons the job failed, without duplicates: the service lists every attempt to fetch the recording. */
export function reasonOf({ errors = [] }: Job): string | undefined {
	const reasons = errors.map(({ message }) => message).filter((message) => !ABOUT_CALLBACK.test(message));
	return reasons.length > 0 ? [...new Set(reasons)].join('; ') : undefined;
}

/**
 * Returns the final response status of a callback that could not be delivered. Entries for attempts that were retried
 * end in “retrying”. Source: Speechmatics docs, “Notifications”, Notification failure.
 */
export function callbackStatusOf({ errors = [] }: Job): number | undefined {
	const status = errors
		.filter(({ message }) => ABOUT_CALLBACK.test(message))
		.map(({ message }) => /Response status: (\d{3})$/.exec(message.trim())?.[1])
		.findLast((match) => match !== undefined);
	return status === undefined ? undefined : Number(status);
}
