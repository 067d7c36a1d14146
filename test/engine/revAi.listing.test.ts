import { listedBy } from './listed';

/** Creates jobs, newest first. */
const jobs = (count: number) =>
	Array.from({ length: count }, (_, n) => ({
		id: `job-${n}`,
		status: 'transcribed',
		created_on: new Date(Date.parse('2026-06-01T00:00:00Z') - n * 1000).toISOString(),
	}));

/** Lists jobs as documented: after the last ID of the previous page, newest first. */
const serving =
	(all: Array<{ id: string }>, most = Infinity) =>
	(query: URLSearchParams) => {
		const after = query.get('starting_after');
		const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
		return all.slice(start, start + Math.min(most, Number(query.get('limit'))));
	};

it('continues where the previous page ended', async () => {
	expect((await listedBy('revAi', serving(jobs(250)))).ids).toEqual(jobs(250).map(({ id }) => id));
});

it('continues if pages are shorter than requested', async () => {
	expect((await listedBy('revAi', serving(jobs(7), 3))).ids).toEqual(jobs(7).map(({ id }) => id));
});

it('fails if the list repeats itself', async () => {
	const { failure } = await listedBy('revAi', () => jobs(3));
	expect(failure?.message).toContain('repeats itself');
});

it('returns each job’s state and callback URL, and redacts tokens', async () => {
	const token = 'a'.repeat(43);
	const { jobs: listed } = await listedBy('revAi', (query) =>
		query.has('starting_after')
			? []
			: [
					{ id: 'a', status: 'in_progress', metadata: `https://n8n.example.com/webhook/w/revAi?token=${token}` },
					{ id: 'b', status: 'failed', failure: 'invalid_media', metadata: 'call 7' },
					{ status: 'no ID' },
				],
	);
	expect(listed.map(({ transcript }) => [transcript.id, transcript.status, transcript.errorMessage])).toEqual([
		['a', 'processing', undefined],
		['b', 'failed', 'invalid_media'],
	]);
	expect(listed.map(({ callbackUrl }) => callbackUrl)).toEqual([expect.stringContaining('/w/revAi'), undefined]);
	expect(JSON.stringify(listed.map(({ transcript }) => transcript.raw))).not.toContain(token);
});
