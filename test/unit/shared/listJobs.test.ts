import type { FetchedJob, JobPage, ListFilter, Listing } from '../../../nodes/Transcription/providers/provider';
import { listPart, newestJobs } from '../../../nodes/Transcription/shared/listJobs';
import type { Session } from '../../../nodes/Transcription/shared/session';

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS);

/** An account with a completed job for each age in days, in the given order. Records how far back its list was read. */
function account(ages: readonly number[], listing: Partial<Listing>) {
	const requested: Array<number | 'all'> = [];
	const jobs = ages.map((age): FetchedJob => {
		const id = `${age} days`;
		return {
			transcript: { id, status: 'completed', provider: 'p', eventId: id, createdAt: ago(age).toISOString() },
		};
	});
	const provider = {
		listing: {
			newestFirst: false,
			...listing,
			async *pages(_: unknown, { createdAfter }: ListFilter): AsyncGenerator<JobPage> {
				requested.push(createdAfter ? Math.round((Date.now() - createdAfter.getTime()) / DAY_MS) : 'all');
				yield { jobs: jobs.filter((_job, index) => !createdAfter || ago(ages[index] ?? 0) >= createdAfter) };
			},
		},
	};
	return { requested, session: { provider, connection: { settings: {} } } as unknown as Session };
}

const idsOf = (jobs: readonly FetchedJob[]) => jobs.map(({ transcript }) => transcript.id);

describe('a list that contains whole transcripts', () => {
	it.each([
		[[3, 0.5, 40], [1], ['0.5 days']],
		[[40, 3, 5], [1, 7], ['3 days']],
		[[40, 20], [1, 7, 30], ['20 days']],
		[[40], [1, 7, 30], []],
	])('of jobs that are %p days old is read %p days back for the newest job', async (ages, periods, ids) => {
		const { requested, session } = account(ages, { containsTranscripts: true });
		expect(idsOf(await newestJobs(session, 1, { status: 'completed' }))).toEqual(ids);
		expect(requested).toEqual(periods);
	});

	it('is one part of a menu, newest first, without jobs older than 30 days', async () => {
		const { session } = account([20, 0.5, 40, 3], { containsTranscripts: true });
		const { jobs, next } = await listPart(session);
		expect(idsOf(jobs)).toEqual(['0.5 days', '3 days', '20 days']);
		expect(next).toBeUndefined();
	});

	it('is searched', async () => {
		const { session } = account([20, 0.5, 3], { containsTranscripts: true });
		const { jobs } = await listPart(session, ({ transcript }) => transcript.id.startsWith('20'));
		expect(idsOf(jobs)).toEqual(['20 days']);
	});
});

it('reads other lists without a limit', async () => {
	const { requested, session } = account([400, 200], {});
	expect(idsOf(await newestJobs(session, 1))).toEqual(['200 days']);
	expect(idsOf((await listPart(session)).jobs)).toEqual(['200 days', '400 days']);
	expect(requested).toEqual(['all', 'all']);
});
