import { sleep } from 'n8n-workflow';
import { numberOf } from '../../providers/optionValues';
import type { FetchedJob } from '../../providers/provider';
import type { Session } from '../session';
import { endedJob, endsOf } from './ends';
import type { ParkedJob } from './parked';

/** Seconds. */
export const DEFAULT_FIRST_LOOK = 5;
export const LONGEST_FIRST_LOOK = 60;

/** Pauses between looks, in ms; the last one repeats. */
const PAUSES_MS = [500, 1000, 2000];

/** @throws InputError */
export function firstLookSeconds(value: unknown): number {
	return numberOf(value, 'First Look (Seconds)', { min: 0, max: LONGEST_FIRST_LOOK }) ?? DEFAULT_FIRST_LOOK;
}

/**
 * Looks whether all jobs end, with growing pauses, until no further look fits into that time.
 * @returns their ends in order, or undefined where one still runs, or the service did not answer in time
 */
export async function firstLook(
	session: Session,
	jobs: readonly ParkedJob[],
	seconds: number,
	cancelled: AbortSignal | undefined,
): Promise<FetchedJob[] | undefined> {
	if (seconds === 0) return undefined;
	const over = Promise.race([sleep(seconds * 1000), aborted(cancelled)]).then(() => undefined);
	return await Promise.race([over, look(session, jobs, Date.now() + seconds * 1000, cancelled)]);
}

async function look(
	session: Session,
	jobs: readonly ParkedJob[],
	until: number,
	cancelled: AbortSignal | undefined,
): Promise<FetchedJob[] | undefined> {
	const known = new Map<string, FetchedJob>();
	for (let round = 0; !cancelled?.aborted; round++) {
		const pause = PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)] ?? 0;
		// An answer would come too late, and callbacks are refused until the execution is parked.
		if (Date.now() + pause >= until) return undefined;
		await sleep(pause);
		const running = jobs.filter(({ id }) => !known.has(id));
		// Trouble is no reason to fail: the jobs are submitted, and their callbacks will come. Nor is that the service knows
		// nothing of a job yet.
		await endsOf(running, async ({ id }) => {
			const end = await endedJob(session, id);
			if (end) known.set(id, end);
			return end;
		}).catch(() => undefined);
		if (jobs.every(({ id }) => known.has(id))) return jobs.map(({ id }) => known.get(id) as FetchedJob);
	}
	return undefined;
}

async function aborted(signal: AbortSignal | undefined): Promise<void> {
	await new Promise<void>((resolve) => {
		if (signal?.aborted) resolve();
		signal?.addEventListener('abort', () => resolve(), { once: true });
	});
}
