import { z } from 'zod';
import { memberAt } from '../../core/json';
import { parseHttpUrl } from '../../core/url';
import { isSafeId } from '../../http/safeId';
import { type JobStatus, type Transcript, withoutAbsent } from '../../transcript/model';
import { idText, lenient, lenientList } from '../common/schemas';
import { isFields } from '../common/wordReader';
import type { FetchedJob } from '../provider';
import { DISPLAY_NAME } from './constants';

/* Reads Rev AI's job. Source: Rev AI docs, “Asynchronous API reference”, `Job`; Rev AI's Node SDK 3.8.5, `RevAiApiJob`. */

const target = z.object({ language: z.string(), status: lenient(z.string()), failure: lenient(z.string()) });

export const jobSchema = z.object({
	id: idText,
	status: z.string().catch(''),
	created_on: lenient(z.string()),
	completed_on: lenient(z.string()),
	duration_seconds: lenient(z.number()),
	name: lenient(z.string()),
	media_url: lenient(z.string()),
	language: lenient(z.string()),
	transcriber: lenient(z.string()),
	failure: lenient(z.string()),
	failure_detail: lenient(z.string()),
	skip_diarization: lenient(z.boolean()),
	speaker_channels_count: lenient(z.number()),
	summarization: lenient(z.object({ status: lenient(z.string()), failure: lenient(z.string()) })),
	translation: lenient(z.object({ target_languages: lenientList(target) })),
});

export type Job = z.output<typeof jobSchema>;

const STATUSES = new Map<string, JobStatus>([
	['in_progress', 'processing'],
	['transcribed', 'completed'],
	['failed', 'failed'],
]);

/** Treats undocumented statuses as still processing, never as final. */
export function toStatus(status: string): JobStatus {
	return STATUSES.get(status) ?? 'processing';
}

/**
 * @param body the job as the service sent it. In a copy whose secrets were redacted, the callback URL lacks n8n's signature,
 *   so that the job couldn't be attributed to its execution.
 */
export function jobOf(body: unknown, transcript: Transcript): FetchedJob {
	const metadata = memberAt(body, 'metadata');
	const callbackUrl = typeof metadata === 'string' ? parseHttpUrl(metadata)?.href : undefined;
	return withoutAbsent<FetchedJob>({ transcript, callbackUrl });
}

/**
 * Returns the values of headers in a job, which are secrets. The service says that it never returns them. Source: Rev AI
 * docs, “Get Language Identification Result”, `source_config`, `notification_config`.
 */
export function headersIn(job: unknown): string[] {
	return ['source_config', 'notification_config'].flatMap((part) => {
		const headers = memberAt(job, `${part}.auth_headers`);
		return isFields(headers) ? Object.values(headers).filter((value) => typeof value === 'string') : [];
	});
}

/** Whether speakers are channels, which is how a job with several channels labels its words. */
export function hasChannels(raw: unknown): boolean {
	const count = memberAt(raw, 'job.speaker_channels_count');
	return typeof count === 'number' && count > 0;
}

const isDone = (status: string | undefined) => status === 'completed';
const isPending = (status: string | undefined) => status !== 'completed' && status !== 'failed';

/** The analyses that can be fetched. Whether callbacks wait for them isn't documented, so their own status is checked. */
export function resultsOf({ summarization, translation }: Job): { hasSummary: boolean; languages: string[] } {
	return {
		hasSummary: isDone(summarization?.status),
		languages: (translation?.target_languages ?? []).flatMap(({ language, status }) =>
			isDone(status) && isSafeId(language) ? [language] : [],
		),
	};
}

/** Whether a completed job still lacks an analysis. */
export function isUnsettled({ summarization, translation }: Job): boolean {
	const statuses = [...(summarization ? [summarization] : []), ...(translation?.target_languages ?? [])];
	return statuses.some(({ status }) => isPending(status));
}

/** Returns a warning for each requested analysis that is missing from the completed job. */
export function warningsOf({ summarization, translation }: Job): Array<string | undefined> {
	return [
		summarization && missing('summary', summarization),
		...(translation?.target_languages ?? []).map((result) => missing(`translation into ${result.language}`, result)),
	];
}

function missing(what: string, { status, failure }: { status?: string; failure?: string }): string | undefined {
	if (isDone(status)) return undefined;
	if (isPending(status)) return `${DISPLAY_NAME} hasn’t finished the ${what} yet. Get the transcript again later.`;
	return `${DISPLAY_NAME} couldn’t create the ${what}${failure === undefined ? '' : ` (${failure})`}.`;
}

/** Explanations for failures, which an account's owner can fix. Source: Rev AI docs, “Asynchronous API reference”, `failure`. */
const REASONS = new Map([
	['insufficient_balance', 'The Rev AI account is out of credits. Top it up and submit the recording again.'],
	['invoicing_limit_exceeded', 'The Rev AI account reached its invoicing limit. Contact Rev AI to raise it.'],
]);

/** Returns the reason a job failed. */
export function reasonOf({ failure, failure_detail: detail }: Job): string | undefined {
	const parts = [REASONS.get(failure ?? ''), detail].filter((part) => part !== undefined && part !== '');
	const text = parts.join(' ') || failure;
	return text === undefined || failure === undefined || text === failure ? text : `${text} (${failure})`;
}
