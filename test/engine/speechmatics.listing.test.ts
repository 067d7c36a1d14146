import { listedBy } from './listed';

const T0 = Date.parse('2026-06-01T00:00:00.000Z');
/** Newest first; `n` is also how many of `step` ms it is old. */
const jobs = (count: number, step: number) => Array.from({ length: count }, (_, n) => ({ id: `job-${n}`, status: 'done', created_at: new Date(T0 - n * step).toISOString() }));

/** As documented: those before the cursor, truncated to milliseconds, the newest first. */
const serving = (all: Array<{ created_at: string }>) => (query: URLSearchParams) => {
	const before = Date.parse(query.get('created_before') ?? '9999-01-01');
	return { jobs: all.filter(({ created_at: at }) => Date.parse(at) < before).slice(0, Number(query.get('limit'))) };
};

it('reads on where the page before ended', async () => {
	const { ids } = await listedBy('speechmatics', serving(jobs(250, 1000)));
	expect(ids).toEqual(jobs(250, 1000).map(({ id }) => id));
});

it('loses none of the jobs of one millisecond that stand on both sides of a page’s end', async () => {
	const all = jobs(150, 1).map((job, n) => ({ ...job, created_at: new Date(T0 - Math.floor(n / 7)).toISOString() }));
	expect((await listedBy('speechmatics', serving(all))).ids).toEqual(all.map(({ id }) => id));
});

it('says so where more jobs than a page holds were made in the same millisecond', async () => {
	const { failure } = await listedBy('speechmatics', serving(jobs(150, 0)));
	expect(failure?.message).toContain('goes round in circles');
});

it('says so where full pages name no times', async () => {
	const { failure } = await listedBy('speechmatics', () => ({ jobs: Array.from({ length: 100 }, (_, n) => ({ id: `job-${n}`, status: 'done' })) }));
	expect(failure?.message).toContain('goes round in circles');
});

it('begins where the period ends', async () => {
	const { ids } = await listedBy('speechmatics', serving(jobs(5, 1000)), { createdBefore: new Date(T0 - 1000) });
	expect(ids).toEqual(['job-2', 'job-3', 'job-4']);
});

it('leaves out what is gone or has no transcript, and the headers that other programs gave', async () => {
	const created_at = new Date(T0).toISOString();
	const config = { type: 'transcription', notification_config: [{ url: 'https://x.example/cb', auth_headers: ['Authorization: Bearer of-another-program'] }] };
	const { jobs } = await listedBy('speechmatics', () => ({
		jobs: [
			{ id: 'a', status: 'deleted', created_at },
			{ id: 'b', status: 'expired', created_at },
			{ id: 'c', status: 'done', created_at, config: { type: 'alignment' } },
			{ id: 'd', status: 'done', created_at, config },
			{ id: 'e', status: 'rejected', created_at },
		],
	}));
	expect(jobs.map(({ transcript }) => [transcript.id, transcript.status])).toEqual([['d', 'completed'], ['e', 'failed']]);
	expect(jobs[0]?.callbackUrl).toBe('https://x.example/cb');
	expect(JSON.stringify(jobs)).not.toContain('of-another-program');
});
