import { NAME } from '../constants';
import { z } from 'zod';
import { pointsToTrigger } from '../../../callback/url';
import { type JobStatus, type Transcript, withoutAbsent } from '../../../transcript/model';
import { idText, lenient, lenientList } from '../../common/schemas';
import type { FetchedJob } from '../../provider';
import { unwrapped } from '../callback';

/** Speechmatics' job, and what can be learned from it. Source: Speechmatics OpenAPI 2.0.0, `JobDetails`. */

const withHeaders = z.object({ url: lenient(z.string()), auth_headers: lenientList(z.string()) });

export const jobSchema = z.object({
	id: idText,
	status: z.string(),
	created_at: lenient(z.string()),
	duration: lenient(z.number()),
	config: lenient(
		z.object({
			type: lenient(z.string()),
			fetch_data: lenient(withHeaders),
			notification_config: lenientList(withHeaders),
		}),
	),
	errors: lenientList(z.object({ message: z.string() })),
});

export const jobAnswer = z.object({ job: jobSchema });

export type Job = z.output<typeof jobSchema>;

const STATUSES = new Map<string, JobStatus>([
	['running', 'processing'],
	['done', 'completed'],
	['rejected', 'failed'],
]);

/** A status that is not documented is taken for one on the way, never for an end. */
export function toStatus(status: string): JobStatus {
	return STATUSES.get(status) ?? 'processing';
}

/** Whether nothing is left of the job but its entry. */
export function isGone({ status }: Job): boolean {
	return status === 'deleted' || status === 'expired';
}

export function jobOf(job: Job, transcript: Transcript): FetchedJob {
	return withoutAbsent<FetchedJob>({ transcript, callbackUrl: callbackUrlOf(job), callbackStatus: callbackStatusOf(job) });
}

/** The trigger's URL where the job has several: other programs may name up to three. */
export function callbackUrlOf({ config }: Job): string | undefined {
	const urls = (config?.notification_config ?? []).flatMap(({ url }) => url ?? []);
	const url = urls.find((candidate) => pointsToTrigger(candidate, NAME)) ?? urls[0];
	return url === undefined ? undefined : unwrapped(url);
}

/** The headers that the service was given for callbacks and downloads, and repeats in its answers: passwords, mostly. */
export function headersIn({ config }: Job): string[] {
	return [config?.fetch_data, ...(config?.notification_config ?? [])].flatMap((part) => part?.auth_headers ?? []);
}

/** The list of errors also tells of callbacks. Source: Speechmatics docs, “Notifications”, Notification failure. */
const ABOUT_CALLBACK = /\bsend(ing)? notification\b/i;

/** Why the job failed: every reason once, for the service notes each attempt to fetch a recording. */
export function reasonOf({ errors = [] }: Job): string | undefined {
	const reasons = errors.map(({ message }) => message).filter((message) => !ABOUT_CALLBACK.test(message));
	return reasons.length > 0 ? [...new Set(reasons)].join('; ') : undefined;
}

/**
 * With what status the callback was answered in the end, where it could not be delivered. Entries of attempts that were
 * followed by another end in “retrying”. Source: the same.
 */
export function callbackStatusOf({ errors = [] }: Job): number | undefined {
	const given = errors
		.filter(({ message }) => ABOUT_CALLBACK.test(message))
		.map(({ message }) => /Response status: (\d{3})$/.exec(message.trim())?.[1])
		.findLast((status) => status !== undefined);
	return given === undefined ? undefined : Number(given);
}
