import { sleep } from 'n8n-workflow';
import { ServiceRefusal } from '../../http/refusal';
import type { FetchedJob } from '../../providers/provider';
import { eventIdOf, isFinal, type Transcript, withoutAbsent } from '../../transcript/model';
import type { Session } from '../session';
import type { ParkedJob } from './parked';

/** What a verified callback said about a job. */
export interface Announcement {
	event: string;
	details?: Readonly<Record<string, string>>;
}

/** Waits before asking again, in ms, where the service announced an end that its own answer does not show yet. */
const SETTLING_DELAYS_MS = [1000, 2000, 4000];

/**
 * The job if it has ended, undefined while it runs. A job that the service no longer has counts as failed: its
 * `errorMessage` says so and names it.
 * @throws ServiceRefusal where the service cannot tell at the moment
 */
export async function endOf(session: Session, id: string, announced?: Announcement): Promise<FetchedJob | undefined> {
	const { provider, api } = session;
	const said = announced && { ...announced.details, status: announced.event };
	const job = await provider.fetchJob(api, id, said).catch((error: unknown) => {
		if (!(error instanceof ServiceRefusal && error.gone)) throw error;
		const mayRun = provider.hidesUnfinished && announced === undefined;
		return mayRun ? undefined : { transcript: lost(provider.name, id, error, announced) };
	});
	return job && isFinal(job.transcript.status) ? job : undefined;
}

/** The end of a job that a callback announced, which the service may take some seconds to show. */
export async function announcedEnd(session: Session, id: string, announced: Announcement): Promise<FetchedJob | undefined> {
	for (const delay of [...SETTLING_DELAYS_MS, undefined]) {
		const job = await endOf(session, id, announced);
		const mayAppear = announced.event === 'completed' && job?.transcript.status !== 'completed';
		if ((job && !mayAppear) || delay === undefined) return job;
		await sleep(delay);
	}
	return undefined;
}

/** How many jobs are asked for at the same time. */
const AT_ONCE = 8;

/**
 * The ends of all these jobs, in their order; undefined as soon as one still runs. Usually the first does: hence one is
 * asked for, then two, and so on.
 * @param found is told every end that was seen
 * @throws ServiceRefusal
 */
export async function endsOf(
	session: Session,
	jobs: readonly ParkedJob[],
	found: (id: string, end: FetchedJob) => void = () => {},
): Promise<FetchedJob[] | undefined> {
	const ends: FetchedJob[] = [];
	for (let next = 0, count = 1; next < jobs.length; next += count, count = Math.min(AT_ONCE, count * 2)) {
		const batch = jobs.slice(next, next + count);
		const answers = await inParallel(batch, async ({ id }) => {
			const end = await endOf(session, id);
			if (end) found(id, end);
			return end;
		});
		for (const end of answers) {
			if (!end) return undefined;
			ends.push(end);
		}
	}
	return ends;
}

/** Does the work for all, a few at a time, and keeps their order. The first failure ends it, when what was begun has ended. */
export async function inParallel<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	let next = 0;
	const lane = async () => {
		while (next < all.length) {
			const index = next++;
			results[index] = await work(all[index] as T).catch((error: unknown) => {
				next = all.length;
				throw error;
			});
		}
	};
	const lanes = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, all.length) }, lane));
	const failed = lanes.find((outcome) => outcome.status === 'rejected');
	if (failed) throw failed.reason;
	return results;
}

function lost(provider: string, id: string, refusal: ServiceRefusal, announced: Announcement | undefined): Transcript {
	const { message, description } = refusal.explanation;
	const why = announced?.event === 'failed' ? announced.details?.errorMessage : undefined;
	const reason = why ?? `${message}. ${description}`.trim();
	return withoutAbsent<Transcript>({
		status: 'failed',
		errorMessage: reason.includes(id) ? reason : `${reason} (${id})`,
		provider,
		id,
		eventId: eventIdOf(provider, id, 'failed'),
	});
}
