import { downloadUrls } from './exports';
import type { Entry } from './store';

/** For this account, responses contain only links, because it isn't known which fields the service returns. */
export const BARE_ACCOUNT = 'bare';

/**
 * Returns a transcription in the service's format. All fields are assumptions except `id`, `status`, and `download_urls`, which are
 * the same as in the callback (instanttranscriber.com, Completion callback example).
 */
export function presentTranscription(entry: Entry, baseUrl: string): Record<string, unknown> {
	const { job, params, result } = entry;
	const head = { id: job.id, status: job.status };
	const links = { download_urls: downloadUrls(entry, baseUrl, ['txt', 'srt', 'vtt']) };
	const isCompleted = job.status === 'completed' && result !== null;
	const isReady = isCompleted && !entry.isPostProcessing;
	if (job.account === BARE_ACCOUNT) return { ...head, ...(isReady && links), ...errorOf(entry) };
	return {
		...head,
		created_at: job.createdAt.toISOString(),
		completed_at: job.finishedAt?.toISOString() ?? null,
		options: optionsOf(params),
		...(isCompleted && { ...result, ...(isReady ? links : { summaries: null }) }),
		...errorOf(entry),
	};
}

/** Returns the error of a failed job, for responses and callbacks. */
export function errorOf({ job }: Entry): { error?: { code: string; message: string } } {
	return job.status === 'failed'
		? { error: { code: 'transcription_failed', message: job.errorMessage ?? 'Unknown' } }
		: {};
}

function optionsOf({
	callback_url: _url,
	callback_secret: _secret,
	file_url: _file,
	wait: _wait,
	...options
}: Entry['params']) {
	return options;
}
