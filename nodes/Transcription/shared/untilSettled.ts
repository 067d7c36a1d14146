import { sleep } from 'n8n-workflow';
import type { FetchedJob } from '../providers/provider';
import { isFinal } from '../transcript/model';

/** Maximum time to wait for the late results of a completed job, in ms. */
export const MAX_SETTLE_MS = 120_000;

/** Pauses before each request, in ms. The last one repeats. */
const PAUSES_MS = [1000, 2000, 4000, 8000, 15_000];

/** Whether the job has ended and has all its results. */
export function isSettled({ transcript, isUnsettled }: FetchedJob): boolean {
	return isFinal(transcript.status) && !isUnsettled;
}

/**
 * Waits for the late results of a completed job. If they don't arrive in time, or the service no longer responds, the job is
 * returned as it is, with the warning that its provider added.
 * @param refetch fetches the job again
 * @param limitMs maximum time to wait
 */
export async function untilSettled(
	job: FetchedJob,
	refetch: () => Promise<FetchedJob>,
	limitMs = MAX_SETTLE_MS,
): Promise<FetchedJob> {
	let latest = job;
	let remainingMs = limitMs;
	for (let attempt = 0; latest.isUnsettled && remainingMs > 0; attempt++) {
		const pause = Math.min(PAUSES_MS[attempt] ?? PAUSES_MS.at(-1) ?? 0, remainingMs);
		await sleep(pause);
		remainingMs -= pause;
		const fetched = await refetch().catch(() => undefined);
		if (fetched && isFinal(fetched.transcript.status)) latest = fetched;
	}
	return latest;
}
