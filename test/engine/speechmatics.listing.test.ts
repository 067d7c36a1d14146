import { listedBy } from './listed';

const T0 = Date.parse('2026-06-01T00:00:00.000Z');
/** Creates jobs, newest first. Each one is `step` ms older than the previous one. */
const jobs = (count: number, step: number) =>
	Array.from({ length: count }, (_, n) => ({
		id: `job-${n}`,
		status: 'done',
		created_at: new Date(T0 - n * step).toISOString(),
	}));

/** Lists jobs as documented: before the cursor, truncated to milliseconds, newest first. */
const serving = (all: Array<{ created_at: string }>) => (query: URLSearchParams) => {
	const before = Date.parse(query.get('created_before') ?? '9999-01-01');
	return { jobs: all.filter(({ created_at: at }) => Date.parse(at) < before).slice(0, Number(query.get('limit'))) };
};

it('continues where the previous page ended', async () => {
	const { ids } = await listedBy('speechmatics', serving(jobs(250, 1000)));
	expect(ids).toEqual(jobs(250, 1000).map(({ id }) => id));
});

it('skips no job of the same millisecond on both sides of a page boundary', async () => {
	const all = jobs(150, 1).map((job, n) => ({ ...job, created_at: new Date(T0 - Math.floor(n / 7)).toISOString() }));
	expect((await listedBy('speechmatics', serving(all))).ids).toEqual(all.map(({ id }) => id));
});

it('fails if a page is full of jobs from the same millisecond', async () => {
	const { failure } = await listedBy('speechmatics', serving(jobs(150, 0)));
	expect(failure?.message).toContain('repeats itself');
});

it('fails if full pages contain no times', async () => {
	const { failure } = await listedBy('speechmatics', () => ({
		jobs: Array.from({ length: 100 }, (_, n) => ({ id: `job-${n}`, status: 'done' })),
	}));
	expect(failure?.message).toContain('repeats itself');
});

it('starts at the end of the period', async () => {
	const { ids } = await listedBy('speechmatics', serving(jobs(5, 1000)), { createdBefore: new Date(T0 - 1000) });
	expect(ids).toEqual(['job-2', 'job-3', 'job-4']);
});

it('omits deleted jobs, jobs without a transcript, and headers of other programs', async () => {
	const created_at = new Date(T0).toISOString();
	const config = {
		type: 'transcription',
		notification_config: [{ url: 'https://x.example/cb', auth_headers: ['Authorization: Bearer of-another-program'] }],
	};
	const { jobs } = await listedBy('speechmatics', () => ({
		jobs: [
			{ id: 'a', status: 'deleted', created_at },
			{ id: 'b', status: 'expired', created_at },
			{ id: 'c', status: 'done', created_at, config: { type: 'alignment' } },
			{ id: 'd', status: 'done', created_at, config },
			{ id: 'e', status: 'rejected', created_at },
		],
	}));
	expect(jobs.map(({ transcript }) => [transcript.id, transcript.status])).toEqual([
		['d', 'completed'],
		['e', 'failed'],
	]);
	expect(jobs[0]?.callbackUrl).toBe('https://x.example/cb');
	expect(JSON.stringify(jobs)).not.toContain('of-another-program');
});
